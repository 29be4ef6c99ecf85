import type { FollowedEntry } from '../../../src/metrics/follower.ts';
import { recordOf } from '../../../src/people/record.ts';
import { grouped } from './grouped.ts';
import { says, type Told } from './oracle-facts.ts';

/** What the installation says that activities show: activity → skill → level, the last record's word. */
const catalogueOf = (entries: readonly FollowedEntry[]): ReadonlyMap<string, Map<string, number>> => {
  const catalogue = new Map<string, Map<string, number>>();
  for (const { kind, text } of entries) {
    const record = kind === 'record' ? recordOf(text) : undefined;
    if (record?.record !== 'skills') continue;
    for (const { activity, skill, level = 0 } of record.activities ?? []) {
      const skills = catalogue.get(activity) ?? new Map<string, number>();
      catalogue.set(activity, skills.set(skill, level));
    }
  }
  return catalogue;
};

export type OracleEvidence = {
  readonly person: string;
  readonly skill: string;
  readonly pieces: readonly { readonly fact: Told; readonly level: number }[];
  readonly trained: Told | undefined;
};

export type OraclePair = {
  readonly mastered: Told;
  readonly tested: Told;
  readonly exposed: Told | undefined;
  readonly successes: number;
  readonly isSkill: boolean;
};

export type OracleTrack = {
  readonly person: string;
  readonly item: string;
  readonly pairs: readonly OraclePair[];
  readonly mastered: Told | undefined;
  readonly exposed: Told | undefined;
  readonly successes: number;
};

const TRAINS = ['completed', 'passed', 'satisfied', 'certified', 'asserted'] as const;

/** Passing shows level 1, unless the statement, or else the catalogue, says more; failing shows none. */
const levelOf = (fact: Told, known: number): number => {
  if (says(fact, 'failed') || fact.success === false || !says(fact, ...TRAINS, 'applied')) return 0;
  return Math.fround(fact.level ?? (known || 1));
};

const piecesOf = (facts: readonly Told[], known: (activity: string) => number) => {
  const pieces = facts.map((fact) => ({ fact, level: levelOf(fact, known(fact.activity)) }));
  const trained = pieces.find(({ fact, level }) => level > 0 && says(fact, ...TRAINS))?.fact;
  return { pieces, trained };
};

/** Whether something was known when it was tested; undefined if it was no test, or nobody says. */
const verdictOf = (fact: Told): boolean | undefined => {
  if (!says(fact, 'answered', 'submitted', 'passed', 'failed')) return undefined;
  if (fact.success !== undefined) return fact.success;
  return says(fact, 'passed', 'failed') ? says(fact, 'passed') : undefined;
};

const isMet = (fact: Told): boolean =>
  says(fact, 'experienced', 'practised', 'attended', 'mentored', 'reviewed');

/** metrics.md §2.3: each test after a success is a pair; a failure ends it until the next success. */
const trackOf = (person: string, item: string, facts: readonly Told[]): OracleTrack => {
  const tests = facts.filter((fact) => verdictOf(fact) !== undefined);
  const successesUpTo = (at: number): number => tests.slice(0, at + 1).filter(verdictOf).length;
  /** The last time that it was met after a test and before another, or since. */
  const metAfter = (at: number): Told | undefined => {
    const from = facts.indexOf(tests[at] as Told);
    const to = at + 1 < tests.length ? facts.indexOf(tests[at + 1] as Told) : facts.length;
    return facts.slice(from + 1, to).findLast(isMet);
  };
  const known = tests.map((fact, at) => ({ fact, at })).filter(({ fact }) => verdictOf(fact));
  const pairs = known
    .filter(({ at }) => at + 1 < tests.length)
    .map(({ fact, at }) => {
      const tested = tests[at + 1] as Told;
      const [exposed, successes] = [metAfter(at), successesUpTo(at)];
      return { mastered: fact, tested, exposed, successes, isSkill: tested.activity !== item };
    });
  const last = known.find(({ at }) => at === tests.length - 1);
  const [mastered, exposed] = [last?.fact, last === undefined ? undefined : metAfter(last.at)];
  return { person, item, pairs, mastered, exposed, successes: known.length };
};

export const oracleSkills = (entries: readonly FollowedEntry[], facts: readonly Told[]) => {
  const catalogue = catalogueOf(entries);
  const skillsOf = ({ activity, skills }: Told): readonly string[] => [
    ...new Set([...skills, ...(catalogue.get(activity)?.keys() ?? [])]),
  ];
  const relevant = facts.filter((fact) =>
    says(fact, ...TRAINS, 'applied', 'practised', 'opportunity', 'expired', 'revoked'),
  );
  const bySkill = relevant.flatMap((fact) => skillsOf(fact).map((about) => ({ fact, about })));
  const byItem = facts.flatMap((fact) =>
    [...new Set([fact.activity, ...skillsOf(fact)])].filter(Boolean).map((about) => ({ fact, about })),
  );
  return {
    evidence: grouped(bySkill, ({ fact, about }) => [fact.person, about]).map(
      ([[person, skill], own]): OracleEvidence => ({
        person: person as string,
        skill: skill as string,
        ...piecesOf(
          own.map(({ fact }) => fact),
          (activity) => catalogue.get(activity)?.get(skill as string) ?? 0,
        ),
      }),
    ),
    tracks: grouped(byItem, ({ fact, about }) => [fact.person, about]).map(([[person, item], own]) =>
      trackOf(
        person as string,
        item as string,
        own.map(({ fact }) => fact),
      ),
    ),
  };
};
