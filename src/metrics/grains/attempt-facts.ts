import { type Scope, timeOf } from '../query/scope.ts';
import { SIGNALS } from '../signal.ts';
import { FACT } from '../state/fact-columns.ts';
import { keyHash } from '../state/key-index.ts';
import { earlierResult } from './earlier-result.ts';
import type { Moment } from './grain.ts';

/** What became of an attempt: 0 is nothing yet. */
export const VERDICTS = ['passed', 'failed'] as const;
const JUDGED = SIGNALS.passed | SIGNALS.failed;

/** Whether something was handed in on time: 0 is unknown, since it is not known when it was due, or nothing was handed in. */
const ON_TIME = 1;
export const LATE = 2;

type Named = (row: number) => number;

/** The facts that an attempt stands on, by their number plus one, as far as they had happened at the query's moment; 0 for none. */
const namedFacts = (scope: Scope) => {
  const { table } = scope.world.attempts;
  const { facts, details } = scope.world.log;
  const named =
    (column: 'first' | 'submitted' | 'completed' | 'ended'): Named =>
    (row) => {
      const fact = table[column][row] as number;
      return Number.isNaN(timeOf(scope, fact)) ? 0 : fact;
    };
  const result = (column: 'scored' | 'judged', isResult: (fact: number) => boolean): Named => {
    const earlier = earlierResult(scope, isResult);
    return (row) => {
      const fact = table[column][row] as number;
      if (fact === 0 || !Number.isNaN(timeOf(scope, fact))) return fact;
      return Number.isNaN(timeOf(scope, table.first[row] as number)) ? 0 : earlier(row);
    };
  };
  const submitted = named('submitted');
  const scored = result('scored', (fact) => {
    const detail = facts.detail[fact] as number;
    return detail !== 0 && !Number.isNaN(details.scaled[detail - 1]);
  });
  return {
    first: named('first'),
    submitted,
    scored,
    judged: result('judged', (fact) => ((facts.signals[fact] as number) & JUDGED) !== 0),
    completed: named('completed'),
    ended: named('ended'),
    /** What was handed in or, where a tool says nothing of that, scored. */
    handedIn: (row: number): number => submitted(row) || scored(row),
  };
};

/** What is known of attempts, as far as it had happened at the query's moment. */
export const attemptFacts = (scope: Scope) => {
  const { facts, details } = scope.world.log;
  const named = namedFacts(scope);
  const { first, submitted, scored, judged, completed, ended, handedIn } = named;
  const flags = (fact: number): number => (fact === 0 ? 0 : (facts.flags[fact - 1] as number));
  const detail = (fact: number): number => (fact === 0 ? 0 : (facts.detail[fact - 1] as number));
  /** The fact that tells most of the attempt. */
  const telling = (row: number): number => scored(row) || judged(row) || submitted(row) || first(row);
  const time =
    (of: Named): Moment =>
    (row) =>
      timeOf(scope, of(row));
  return {
    ...named,
    telling,
    begin: time(first),
    moments: {
      submitted: time(handedIn),
      scored: time(scored),
      judged: time(judged),
      completed: time(completed),
      ended: time(ended),
    },
    /** Between -1 and 1; NaN without one. */
    score: (row: number): number => {
      const at = detail(scored(row));
      return at === 0 ? Number.NaN : (details.scaled[at - 1] as number);
    },
    /** There is a raw score that cannot be put on the scale. */
    isUnscaled: (row: number): boolean => (flags(handedIn(row)) & FACT.unscaled) !== 0,
    isCarriedOver: (row: number): boolean => (flags(telling(row)) & FACT.carriedOver) !== 0,
    isOfTeam: (row: number): boolean => (flags(first(row)) & FACT.isTeam) !== 0,
    observer: (row: number): number => {
      const at = detail(judged(row)) || detail(scored(row));
      return at === 0 ? 0 : (details.observer[at - 1] as number);
    },
    /** The place among {@link VERDICTS}, plus one. */
    verdict: (row: number): number => {
      const fact = judged(row);
      if (fact === 0) return 0;
      return ((facts.signals[fact - 1] as number) & SIGNALS.passed) !== 0 ? 1 : 2;
    },
    timeliness: timelinessOf(scope, handedIn),
    next: nextOf(scope, first),
  };
};

export type AttemptFacts = ReturnType<typeof attemptFacts>;

/** {@link ON_TIME}, {@link LATE}, or 0. What is due is said by the statement itself or by what describes the activity. */
const timelinessOf = ({ world }: Scope, handedIn: Named): Named => {
  const { table } = world.attempts;
  const { facts, details, described } = world.log;
  return (row) => {
    const fact = handedIn(row);
    if (fact === 0) return 0;
    const detail = facts.detail[fact - 1] as number;
    const own = detail === 0 ? Number.NaN : (details.due[detail - 1] as number);
    const due = Number.isNaN(own) ? described.of('due', table.a[row] as number) : own;
    if (Number.isNaN(due)) return 0;
    return (facts.time[fact - 1] as number) > due ? LATE : ON_TIME;
  };
};

/** The row of the next attempt at the same in the same registration, if it had begun; else -1. */
const nextOf = ({ world }: Scope, first: Named): Named => {
  const { table, find } = world.attempts;
  return (row) => {
    const number = (table.number[row] as number) + 1;
    const key = keyHash(table.registration[row] as number, number, 0);
    const found = find(table.person[row] as number, table.a[row] as number, key);
    return found === -1 || first(found) === 0 ? -1 : found;
  };
};
