import { createHash } from 'node:crypto';
import type { FollowedEntry } from '../../../src/metrics/follower.ts';
import { recordOf } from '../../../src/people/record.ts';
import { agentTerm } from '../../../src/statements/terms.ts';

type Record = ReturnType<typeof recordOf>;
type Group = Set<string>;

const MBOX = 'gmbox ';

/** The hash that an address stands under, if it is one. */
const hashed = (term: string): string | undefined =>
  term.startsWith(MBOX)
    ? `gsha1 ${createHash('sha1')
        .update(JSON.parse(`"${term.slice(MBOX.length)}"`))
        .digest('hex')}`
    : undefined;

const twinIn = (group: Group, term: string): string | undefined =>
  [...group].find((other) => hashed(other) === term || hashed(term) === other);

const termsIn = (record: Record): readonly string[] => {
  switch (record.record) {
    case 'merge':
    case 'split':
      return record.identifiers.flatMap((one) => agentTerm(one) ?? []);
    case 'roster':
      return record.rows.flatMap(({ identifier }) => agentTerm(identifier) ?? []);
    default:
      return [];
  }
};

const isMerge = (record: Record): boolean => record.record === 'merge' || record.record === 'split';

/** Groups of terms that can be joined and split; an address and its hash are together from the outset. */
const groupsOf = (known: readonly string[]) => {
  let groups: Group[] = known.map((term) => new Set([term]));
  const groupOf = (term: string): Group => groups.find((group) => group.has(term)) as Group;
  const join = (terms: readonly string[]): void => {
    const joined = new Set(terms.flatMap((term) => [...groupOf(term)]));
    groups = [...groups.filter((group) => !terms.some((term) => group.has(term))), joined];
  };
  for (const term of known) if (known.includes(hashed(term) ?? '')) join([term, hashed(term) as string]);
  return {
    groupOf,
    join,
    takeOut: (terms: readonly string[]): void => {
      for (const term of terms) groupOf(term).delete(term);
      groups = [...groups.filter((group) => group.size > 0), new Set(terms)];
    },
  };
};

/**
 * Who is who in the end: groups of terms, by replaying what was merged and split, in the order of the log, over all
 * that is ever named. Answers the smallest term of whoever a term is.
 */
export const oraclePersons = (
  entries: readonly FollowedEntry[],
  named: readonly string[],
): ((term: string) => string) => {
  const records = entries.filter(({ kind }) => kind === 'record').map(({ text }) => recordOf(text));
  const { groupOf, join, takeOut } = groupsOf([...new Set([...named, ...records.flatMap(termsIn)])]);
  const spoken = new Set<string>();
  /** A twin that nobody has spoken of goes along, unless there are only the two. */
  const withTwin = (term: string, others: readonly string[]): readonly string[] => {
    const group = groupOf(term);
    const twin = twinIn(group, term);
    const stays = twin === undefined || spoken.has(twin) || others.includes(twin) || group.size <= 2;
    return stays ? [term] : [term, twin];
  };
  const split = (terms: readonly string[], isTogether: boolean): void => {
    const taken = terms.map((term) => withTwin(term, terms));
    for (const one of isTogether ? [taken.flat()] : taken) takeOut(one);
  };
  for (const record of records.filter(isMerge)) {
    const terms = [...new Set(termsIn(record))];
    if (record.record === 'split') split(terms, record.together === true);
    else join(terms);
    for (const term of terms) spoken.add(term);
  }
  return (term) => [...groupOf(term)].sort((a, b) => (a < b ? -1 : 1))[0] as string;
};
