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
  readonly learnt: Effort;
  /** The first success from the test on, and what it took since the one before. */
  readonly relearned: Told | undefined;
  readonly again: Effort;
};

/** Tries, one a test unless it tells how many, and milliseconds, NaN if one of the tests does not tell. */
export type Effort = { readonly trials: number; readonly millis: number };

const NONE: Effort = { trials: 0, millis: 0 };

/** Added up as the state keeps it, in single precision. */
const effortOf = (tests: readonly Told[]): Effort =>
  tests.reduce(
    (sum, { trials = 1, duration = Number.NaN }) => ({
      trials: Math.fround(sum.trials + Math.fround(trials)),
      millis: Math.fround(sum.millis + duration),
    }),
    NONE,
  );

export type OracleTrack = {
  readonly person: string;
  readonly item: string;
  readonly pairs: readonly OraclePair[];
  readonly mastered: Told | undefined;
  readonly exposed: Told | undefined;
  readonly successes: number;
  /** What the last success took, and what has been taken since. */
  readonly learnt: Effort;
  readonly since: Effort;
};

const TRAINS = ['completed', 'passed', 'satisfied', 'certified', 'asserted'] as const;

/** Passing shows level 1, unless the statement, or else the catalogue, says more; failing shows none. */
const levelOf = (fact: Told, known: number): number => {
  if (says(fact, 'failed') || fact.success === false || !says(fact, ...TRAINS, 'applied')) return 0;
  if ((fact.confidence ?? 0) < 0) return 0;
  return fact.level ?? (known || 1);
};

const piecesOf = (facts: readonly Told[], known: (activity: string) => number) => {
  const pieces = facts.map((fact) => ({ fact, level: levelOf(fact, known(fact.activity)) }));
  const trained = pieces.find(
    ({ fact, level }) => level > 0 && says(fact, ...TRAINS) && !says(fact, 'applied'),
  )?.fact;
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
  /** All tests after the success before, up to a place. */
  const effortUpTo = (at: number): Effort =>
    effortOf(tests.slice(tests.slice(0, at).findLastIndex(verdictOf) + 1, at + 1));
  const relearning = (from: number) => {
    const at = tests.findIndex((fact, place) => place >= from && verdictOf(fact) === true);
    return at === -1
      ? { relearned: undefined, again: NONE }
      : { relearned: tests[at], again: effortUpTo(at) };
  };
  const known = tests.map((fact, at) => ({ fact, at })).filter(({ fact }) => verdictOf(fact));
  const pairs = known
    .filter(({ at }) => at + 1 < tests.length)
    .map(({ fact, at }) => {
      const tested = tests[at + 1] as Told;
      const [exposed, successes] = [metAfter(at), successesUpTo(at)];
      const isSkill = tested.activity !== item;
      const learnt = effortUpTo(at);
      return { mastered: fact, tested, exposed, successes, isSkill, learnt, ...relearning(at + 1) };
    });
  const last = known.find(({ at }) => at === tests.length - 1);
  const [mastered, exposed] = [last?.fact, last === undefined ? undefined : metAfter(last.at)];
  const lastKnown = known.at(-1)?.at ?? -1;
  const learnt = lastKnown === -1 ? NONE : effortUpTo(lastKnown);
  const since = effortOf(tests.slice(lastKnown + 1));
  return { person, item, pairs, mastered, exposed, successes: known.length, learnt, since };
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
