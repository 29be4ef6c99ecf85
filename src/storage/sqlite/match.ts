import type { Position, StatementQuery } from '../../statements/statement-query.ts';
import { activityTerm, agentTerm, registrationTerm, verbTerm } from '../../statements/terms.ts';
import type { Identifier } from '../../xapi/statement.ts';
import { EVERY_STATEMENT } from './follow.ts';
import { CHUNK, chunkOf, RELATIONS } from './generation.ts';
import { firstAfter, hasOffset, uniteOffsets } from './offsets.ts';
import type { PostingIndex } from './posting-index.ts';

/** Positions after `after` and up to `upTo`. */
export type Range = { readonly after: Position; readonly upTo: Position };

/**
 * The positions that match a query within a range, in its direction, at most `most` of them; voided statements are
 * left out. Every condition is a list of posting keys of which one has to match.
 */
export const matches = (
  index: PostingIndex,
  query: StatementQuery,
  range: Range,
  most: number,
): readonly Position[] => {
  const conditions = conditionsOf(index, query);
  const found: Position[] = [];
  if (conditions === undefined || range.upTo <= range.after) return found;
  const first = chunkOf(range.after + 1);
  const last = chunkOf(range.upTo);
  for (let step = 0; step <= last - first && found.length < most; step += 1) {
    const chunk = query.ascending ? first + step : last - step;
    matchChunk(index, conditions, chunk, range, query.ascending, most, found);
  }
  return found;
};

/** Undefined when a term is asked for that no statement has. */
const conditionsOf = (
  index: PostingIndex,
  query: StatementQuery,
): readonly (readonly number[])[] | undefined => {
  const conditions: (readonly number[])[] = [];
  const { own, related, authority } = RELATIONS;
  const ask = (term: string | undefined, relations: readonly number[]): boolean => {
    if (term === undefined) return true;
    const number = index.knownTerm(term);
    if (number === undefined) return false;
    conditions.push(relations.map((relation) => number * 4 + relation));
    return true;
  };
  const known =
    ask(termOf(query.agent), query.relatedAgents === true ? [own, related, authority] : [own]) &&
    ask(query.verb === undefined ? undefined : verbTerm(query.verb), [own]) &&
    ask(
      query.activity === undefined ? undefined : activityTerm(query.activity),
      query.relatedActivities === true ? [own, related] : [own],
    ) &&
    ask(query.registration === undefined ? undefined : registrationTerm(query.registration), [own]) &&
    ask(termOf(query.authority), [authority]) &&
    (conditions.length > 0 || ask(EVERY_STATEMENT, [own]));
  return known ? conditions : undefined;
};

/** Who has no identifier is nobody: that is no condition less, but one that nothing meets. */
const termOf = (agent: Identifier | undefined): string | undefined =>
  agent === undefined ? undefined : (agentTerm(agent) ?? 'gnobody');

const matchChunk = (
  index: PostingIndex,
  conditions: readonly (readonly number[])[],
  chunk: number,
  range: Range,
  ascending: boolean,
  most: number,
  found: Position[],
): void => {
  const lists: ArrayLike<number>[] = [];
  for (const keys of conditions) {
    const list = uniteOffsets(keys.map((key) => index.offsets(chunk, key)));
    if (list.length === 0) return;
    lists.push(list);
  }
  lists.sort((a, b) => a.length - b.length);
  const [rarest, ...others] = lists as [ArrayLike<number>, ...ArrayLike<number>[]];
  const base = chunk * CHUNK;
  const from = firstAfter(rarest, range.after - base);
  const to = firstAfter(rarest, range.upTo - base);
  for (let step = 0; step < to - from && found.length < most; step += 1) {
    const offset = rarest[ascending ? from + step : to - 1 - step] as number;
    if (others.every((list) => hasOffset(list, offset)) && !index.isVoid(base + offset))
      found.push(base + offset);
  }
};
