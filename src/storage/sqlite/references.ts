import type { Position } from '../../statements/statement-query.ts';
import { authorityKey, voidedBy } from '../../statements/store-statements.ts';
import { agentTerms, referenceTerm, termsOf } from '../../statements/terms.ts';
import type { Actor, Statement } from '../../xapi/statement.ts';
import { CHUNK, chunkOf, type Link, RELATIONS } from './generation.ts';
import { FLAGS, type Log } from './log.ts';
import type { PostingIndex } from './posting-index.ts';
import { Damage } from './row-sum.ts';

/** How many references are followed at most: enough for any real chain. */
const MOST_REFERENCES = 64;
/** How many keys a referrer inherits at most, the nearest first; real statements have some twenty each. */
const MOST_INHERITED = 256;
/** How many postings one late target gives at most: so every statement costs a bounded time. */
const MOST_GIVEN = 250_000;

type Placed = {
  readonly id: string;
  readonly position: Position;
  readonly statement: Statement;
  readonly flags: number;
};
type Linked = { readonly position: Position; readonly link: Link };

/**
 * What StatementRefs ask for (F-5) and voiding (V-1), in either order of arrival: a referrer is found by its
 * target's terms too, through up to 64 references, and a target that comes late gives its terms to all that
 * refer to it. Cycles end, because no statement is visited twice.
 */
export const addReferences = (index: PostingIndex, log: Log, placed: Placed): void => {
  const { object } = placed.statement;
  const isAwaited = index.isAwaited(placed.id);
  if (object.objectType !== 'StatementRef' && !isAwaited) return;
  const link = linkOf(index, placed.statement, placed.flags);
  index.setLink(placed.position, link);
  if (link.target !== undefined) addTarget(index, log, placed.position, link, link.target);
  if (isAwaited) {
    index.arrived(placed.id);
    giveToReferrers(index, log, { position: placed.position, link });
  }
};

/** A voiding statement cannot itself be voided (Data 2.3.2), nor another's by who may void only its own (V-4). */
const voids = (referrer: Link, target: Link): boolean =>
  referrer.isVoiding && !target.isVoiding && (!referrer.voidsOnlyOwn || referrer.by === target.by);

const addTarget = (index: PostingIndex, log: Log, position: Position, link: Link, target: string): void => {
  const targetPosition = index.positionOf(target);
  if (targetPosition === undefined) {
    index.await(target);
    return;
  }
  const targetLink = linkAt(index, log, targetPosition);
  if (voids(link, targetLink)) index.addVoid(targetPosition);
  for (const key of inherited(chainFrom(index, log, targetLink, link.id))) index.add(key, position);
};

const inherited = (chain: readonly Link[]): readonly number[] => {
  const keys: number[] = [];
  for (const link of chain) {
    for (const key of link.keys) if (keys.length < MOST_INHERITED) keys.push(key);
  }
  return keys;
};

/** A statement, what it refers to, and so on; without those that were met already. */
const chainFrom = (index: PostingIndex, log: Log, first: Link, from: string): readonly Link[] => {
  const chain: Link[] = [];
  const visited = new Set([from]);
  let current: Link | undefined = first;
  while (current !== undefined && chain.length < MOST_REFERENCES) {
    chain.push(current);
    visited.add(current.id);
    current = nextLink(index, log, current, visited);
  }
  return chain;
};

const nextLink = (
  index: PostingIndex,
  log: Log,
  { target }: Link,
  visited: ReadonlySet<string>,
): Link | undefined => {
  if (target === undefined || visited.has(target)) return undefined;
  const position = index.positionOf(target);
  return position === undefined ? undefined : linkAt(index, log, position);
};

const giveToReferrers = (index: PostingIndex, log: Log, { position, link }: Linked): void => {
  const chain = chainFrom(index, log, link, '');
  let level = referrersOf(index, log, link.id);
  if (level.some((referrer) => voids(referrer.link, link))) index.addVoid(position);
  const visited = new Set([link.id]);
  let left = MOST_GIVEN;
  for (let distance = 0; distance < MOST_REFERENCES && level.length > 0 && left > 0; distance += 1) {
    const keys = inherited(chain.slice(0, MOST_REFERENCES - distance));
    const unmet = level.filter(({ link: { id } }) => !visited.has(id));
    for (const one of unmet) visited.add(one.link.id);
    for (const one of unmet.slice(0, left / keys.length)) {
      for (const key of keys) index.addLate(key, one.position);
    }
    left -= unmet.length * keys.length;
    level = unmet.flatMap((one) => referrersOf(index, log, one.link.id));
  }
};

/** The statements whose own object is a StatementRef to this id, in any order. */
const referrersOf = (index: PostingIndex, log: Log, id: string): Linked[] => {
  const term = index.knownTerm(referenceTerm(id));
  if (term === undefined) return [];
  const referrers: Linked[] = [];
  for (let chunk = chunkOf(index.last() + 1); chunk >= 0; chunk -= 1) {
    const offsets = index.offsets(chunk, term * 4 + RELATIONS.own);
    for (let at = 0; at < offsets.length; at += 1) {
      const position = chunk * CHUNK + (offsets[at] as number);
      referrers.push({ position, link: linkAt(index, log, position) });
    }
  }
  return referrers;
};

/** The keys of a link are those by which a referrer is found: the statement's own, and its authority's as related. */
const linkOf = (index: PostingIndex, statement: Statement, flags: number): Link => {
  const { object, authority, id } = statement;
  const { own, related } = termsOf(statement);
  const keys: number[] = [];
  for (const term of own) if (!term.startsWith('s')) keys.push(index.termOf(term) * 4 + RELATIONS.own);
  for (const term of [...related, ...agentTerms(authority as Actor)]) {
    keys.push(index.termOf(term) * 4 + RELATIONS.related);
  }
  const target = object.objectType === 'StatementRef' ? object.id.toLowerCase() : undefined;
  return {
    id: (id as string).toLowerCase(),
    target,
    isVoiding: voidedBy(statement) !== undefined,
    by: authorityKey(authority),
    voidsOnlyOwn: (flags & FLAGS.voidsOnlyOwn) !== 0,
    keys,
  };
};

const linkAt = (index: PostingIndex, log: Log, position: Position): Link => {
  const known = index.link(position);
  if (known !== undefined) return known;
  const link = readLink(index, log, position);
  index.setLink(position, link);
  return link;
};

/** Of one that the disk has changed nothing is said; others that refer to it are stored all the same. */
const NOTHING: Link = { id: '', target: undefined, isVoiding: false, by: '', voidsOnlyOwn: false, keys: [] };

const readLink = (index: PostingIndex, log: Log, position: Position): Link => {
  try {
    const entry = log.at(position);
    if (entry === undefined)
      throw new Error(`The index names position ${position}, which the log does not hold.`);
    return linkOf(index, JSON.parse(entry.text) as Statement, entry.flags);
  } catch (error) {
    if (error instanceof Damage) return NOTHING;
    throw error;
  }
};
