import type { Position } from '../../statements/statement-query.ts';
import { agentTerms, referenceTerm, termsOf } from '../../statements/terms.ts';
import type { Actor, Statement } from '../../xapi/statement.ts';
import { CHUNK, chunkOf, RELATIONS } from './generation.ts';
import type { Log } from './log.ts';
import type { PostingIndex } from './posting-index.ts';

/** The verb that voids (Data 2.3.2). */
const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';

type Placed = { readonly id: string; readonly position: Position; readonly statement: Statement };

/**
 * What StatementRefs ask for (F-5) and voiding (V-1), in either order of arrival: a referrer is found by its
 * target's terms too, through up to 64 references, and a target that comes late gives its terms to all that
 * refer to it. Cycles end, because no statement is visited twice.
 */
export const addReferences = (index: PostingIndex, log: Log, placed: Placed): void => {
  const target = targetOf(placed.statement);
  if (target !== undefined) addTarget(index, log, placed, target);
  if (index.isAwaited(placed.id)) {
    index.arrived(placed.id);
    giveToReferrers(index, log, placed);
  }
};

const targetOf = ({ object }: Statement): string | undefined =>
  object.objectType === 'StatementRef' ? object.id.toLowerCase() : undefined;

/** A voiding statement cannot itself be voided (Data 2.3.2). */
const voids = (referrer: Statement, target: Statement): boolean => isVoiding(referrer) && !isVoiding(target);

const isVoiding = ({ verb, object }: Statement): boolean =>
  verb.id === VOIDED && object.objectType === 'StatementRef';

const addTarget = (index: PostingIndex, log: Log, placed: Placed, target: string): void => {
  const position = index.positionOf(target);
  if (position === undefined) {
    index.await(target);
    return;
  }
  const statement = statementAt(log, position);
  if (voids(placed.statement, statement)) index.addVoid(position);
  for (const target of chainFrom(index, log, statement, placed.id)) {
    for (const key of keysOf(index, target)) index.add(key, placed.position);
  }
};

/** How many references are followed at most: enough for any real chain, and each statement costs a bounded time. */
const MOST_REFERENCES = 64;

/** A statement, what it refers to, and so on; without those that were met already. */
const chainFrom = (
  index: PostingIndex,
  log: Log,
  statement: Statement,
  from: string,
): readonly Statement[] => {
  const chain: Statement[] = [];
  const visited = new Set([from]);
  let current: Statement | undefined = statement;
  while (current !== undefined && chain.length < MOST_REFERENCES) {
    chain.push(current);
    visited.add((current.id as string).toLowerCase());
    current = nextTarget(index, log, current, visited);
  }
  return chain;
};

/** The keys by which a referrer to this statement is found: its own, and its authority's as related. */
const keysOf = (index: PostingIndex, statement: Statement): readonly number[] => {
  const { own, related } = termsOf(statement);
  const keys: number[] = [];
  for (const term of own) if (!term.startsWith('s')) keys.push(index.termOf(term) * 4 + RELATIONS.own);
  for (const term of [...related, ...agentTerms(statement.authority as Actor)]) {
    keys.push(index.termOf(term) * 4 + RELATIONS.related);
  }
  return keys;
};

const nextTarget = (
  index: PostingIndex,
  log: Log,
  statement: Statement,
  visited: ReadonlySet<string>,
): Statement | undefined => {
  const target = targetOf(statement);
  if (target === undefined || visited.has(target)) return undefined;
  const position = index.positionOf(target);
  return position === undefined ? undefined : statementAt(log, position);
};

const giveToReferrers = (index: PostingIndex, log: Log, target: Placed): void => {
  const chain = chainFrom(index, log, target.statement, '').map((statement) => keysOf(index, statement));
  const direct = referrersOf(index, log, target.id);
  if (direct.some(({ statement }) => voids(statement, target.statement))) index.addVoid(target.position);
  const visited = new Set([target.id]);
  let level = direct;
  for (let distance = 0; distance < MOST_REFERENCES && level.length > 0; distance += 1) {
    const keys = chain.slice(0, MOST_REFERENCES - distance).flat();
    const unmet = level.filter(({ id }) => !visited.has(id));
    for (const { id, position } of unmet) {
      visited.add(id);
      for (const key of keys) index.addLate(key, position);
    }
    level = unmet.flatMap(({ id }) => referrersOf(index, log, id));
  }
};

/** The statements whose own object is a StatementRef to this id, in any order. */
const referrersOf = (index: PostingIndex, log: Log, id: string): readonly Placed[] => {
  const term = index.knownTerm(referenceTerm(id));
  if (term === undefined) return [];
  const referrers: Placed[] = [];
  for (let chunk = chunkOf(index.last() + 1); chunk >= 0; chunk -= 1) {
    const offsets = index.offsets(chunk, term * 4 + RELATIONS.own);
    for (let at = 0; at < offsets.length; at += 1) {
      const position = chunk * CHUNK + (offsets[at] as number);
      const statement = statementAt(log, position);
      referrers.push({ id: (statement.id as string).toLowerCase(), position, statement });
    }
  }
  return referrers;
};

const statementAt = (log: Log, position: Position): Statement => {
  const entry = log.at(position);
  if (entry === undefined)
    throw new Error(`The index names position ${position}, which the log does not hold.`);
  return JSON.parse(entry.text) as Statement;
};
