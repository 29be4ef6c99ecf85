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
 * target's terms too, through any number of references, and a target that comes late gives its terms to all that
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
  for (const key of inheritedKeys(index, log, statement, new Set([placed.id])))
    index.add(key, placed.position);
};

/** The keys by which a referrer to this statement is found: its own, its authority's as related, and its target's. */
const inheritedKeys = (
  index: PostingIndex,
  log: Log,
  statement: Statement,
  visited: Set<string>,
): readonly number[] => {
  const keys: number[] = [];
  let current: Statement | undefined = statement;
  while (current !== undefined) {
    visited.add((current.id as string).toLowerCase());
    const { own, related } = termsOf(current);
    for (const term of own) if (!term.startsWith('s')) keys.push(index.termOf(term) * 4 + RELATIONS.own);
    for (const term of [...related, ...agentTerms(current.authority as Actor)]) {
      keys.push(index.termOf(term) * 4 + RELATIONS.related);
    }
    current = nextTarget(index, log, current, visited);
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
  const keys = inheritedKeys(index, log, target.statement, new Set());
  const direct = referrersOf(index, log, target.id);
  if (direct.some(({ statement }) => voids(statement, target.statement))) index.addVoid(target.position);
  const visited = new Set([target.id]);
  const work = [...direct];
  for (let one = work.pop(); one !== undefined; one = work.pop()) {
    if (visited.has(one.id)) continue;
    visited.add(one.id);
    for (const key of keys) index.addLate(key, one.position);
    work.push(...referrersOf(index, log, one.id));
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
