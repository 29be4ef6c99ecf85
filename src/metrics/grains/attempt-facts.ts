import { keyHash } from '../key-hash.ts';
import { isAllPast, numbersByNow } from '../query/kept-columns.ts';
import { momentOf, timesOf } from '../query/moment-of.ts';
import { oncePerScope } from '../query/once-per-scope.ts';
import {
  type NumberColumn,
  type NumberOf,
  numberColumn,
  type WholeColumn,
  wholeColumn,
  wholesAmong,
  wholesUpTo,
} from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import { roughWholes } from '../scratch.ts';
import { SIGNALS } from '../signal.ts';
import { type ChangingRows, rowsOfState } from '../state/changing-rows.ts';
import { FACT } from '../state/fact-columns.ts';
import { lastBefore } from '../state/last-before.ts';
import type { Moment } from './grain.ts';

/** What became of an attempt: 0 is nothing yet. */
export const VERDICTS = ['passed', 'failed'] as const;

/** Whether something was handed in on time: 0 is unknown, since it is not known when it was due, or nothing was handed in. */
const ON_TIME = 1;
export const LATE = 2;

type Named = WholeColumn;

/** The facts that an attempt stands on, by their number plus one, as far as they had happened at the query's moment; 0 for none. */
const namedFacts = (scope: Scope) => {
  const { asOf, world } = scope;
  const { table } = world.attempts;
  const { time } = world.log.facts;
  const seen = (fact: number): number => (fact !== 0 && (time[fact - 1] as number) <= asOf ? fact : 0);
  const allSeen = (column: Uint32Array): Uint32Array => {
    const found = roughWholes(table.rows);
    for (let row = 0; row < found.length; row += 1) found[row] = seen(column[row] as number);
    return found;
  };
  const named = (column: Uint32Array): Named =>
    wholeColumn(() => (isAllPast(scope) ? column : allSeen(column)));
  const first = named(table.first);
  const submitted = named(table.submitted);
  const last = (name: 'scored' | 'judged' | 'ended'): Named => {
    const { attempts } = world;
    const then = (): Uint32Array =>
      lastBefore(world, attempts, asOf, {
        column: table[name],
        tells: (fact) => attempts.tells(name, fact),
      });
    return wholeColumn(() => (isAllPast(scope) ? table[name] : then()));
  };
  const scored = last('scored');
  const handedIn = (row: number): number => submitted(row) || scored(row);
  return {
    first,
    submitted,
    scored,
    judged: last('judged'),
    completed: named(table.completed),
    ended: last('ended'),
    /** What was handed in or, where a tool says nothing of that, scored. */
    handedIn: wholeColumn(
      () => wholesUpTo(table.rows, handedIn),
      (rows) => wholesAmong(rows, handedIn),
    ),
  };
};

/** What is known of attempts, as far as it had happened at the query's moment. */
export const attemptFacts = (scope: Scope): AttemptFacts =>
  oncePerScope(scope, 'attempts', () => readAttempts(scope));

const readAttempts = (scope: Scope) => {
  const { facts, details } = scope.world.log;
  const { table } = scope.world.attempts;
  const { signals } = facts;
  const { scaled, observer } = details;
  const named = namedFacts(scope);
  const { first, submitted, scored, judged, ended, handedIn } = named;
  const ofFact = (column: Uint16Array | Uint32Array) => (fact: number) =>
    fact === 0 ? 0 : (column[fact - 1] as number);
  const [flags, detail] = [ofFact(facts.flags), ofFact(facts.detail)];
  /** The fact that tells most of the attempt. */
  const telling = (row: number): number => scored(row) || judged(row) || submitted(row) || first(row);
  const rows = attemptRows(scope);
  const number = (name: string, of: NumberOf, from = rows): NumberColumn =>
    numberColumn(() => numbersByNow(scope, `attempt ${name}`, from, of));
  const time = (name: string, of: Named): Moment => number(name, timesOf(scope, rows.size, of));
  return {
    ...named,
    telling,
    begin: momentOf(scope, 'attempt begin', { rows, column: table.first }),
    moments: {
      submitted: time('submitted', handedIn),
      scored: time('scored', scored),
      judged: time('judged', judged),
      completed: momentOf(scope, 'attempt completed', { rows, column: table.completed }),
      ended: time('ended', ended),
    },
    /** Between -1 and 1; NaN without one. */
    score: number('score', (row) => {
      const at = detail(scored(row));
      return at === 0 ? Number.NaN : (scaled[at - 1] as number);
    }),
    /** There is a raw score that cannot be put on the scale. */
    isUnscaled: (row: number): boolean => (flags(handedIn(row)) & FACT.unscaled) !== 0,
    isCarriedOver: (row: number): boolean => (flags(telling(row)) & FACT.carriedOver) !== 0,
    observer: (row: number): number => {
      const at = detail(judged(row)) || detail(scored(row));
      return at === 0 ? 0 : (observer[at - 1] as number);
    },
    /** The place among {@link VERDICTS}, plus one. */
    verdict: number('verdict', (row) => {
      const fact = judged(row);
      if (fact === 0) return 0;
      return ((signals[fact - 1] as number) & SIGNALS.passed) !== 0 ? 1 : 2;
    }),
    timeliness: number('timeliness', timelinessOf(scope, handedIn), describedRows(scope)),
    next: nextOf(scope, first),
  };
};

export type AttemptFacts = ReturnType<typeof readAttempts>;

export const attemptRows = (scope: Scope): ChangingRows =>
  oncePerScope(scope, 'rows of attempts', () => rowsOfState(scope.world, scope.world.attempts));

/** The same of what depends on how activities are described. */
const describedRows = (scope: Scope): ChangingRows => {
  const rows = attemptRows(scope);
  return { ...rows, stand: `${rows.stand} ${scope.world.log.described.changes.rows}` };
};

/** {@link ON_TIME}, {@link LATE}, or 0. What is due is said by the statement itself or by what describes the activity. */
const timelinessOf = ({ world }: Scope, handedIn: Named): NumberOf => {
  const { a } = world.attempts.table;
  const { described, activities } = world.log;
  const { time, detail } = world.log.facts;
  const { due } = world.log.details;
  const forAll = Float64Array.from({ length: activities.size() }, (_, one) => described.of('due', one));
  return (row) => {
    const fact = handedIn(row);
    if (fact === 0) return 0;
    const told = detail[fact - 1] as number;
    const own = told === 0 ? Number.NaN : (due[told - 1] as number);
    const until = Number.isNaN(own) ? (forAll[a[row] as number] as number) : own;
    if (Number.isNaN(until)) return 0;
    return (time[fact - 1] as number) > until ? LATE : ON_TIME;
  };
};

/** The row of the next attempt at the same in the same registration, if it had begun; else -1. */
const nextOf = ({ world }: Scope, first: Named): NumberOf => {
  const { table, find } = world.attempts;
  const { a, number, person, registration, current } = table;
  return (row) => {
    // Only the first attempt knows which is the last.
    if (number[row] === 1 && current[row] === row + 1) return -1;
    const key = keyHash(registration[row] as number, (number[row] as number) + 1, 0);
    const found = find(person[row] as number, a[row] as number, key);
    return found === -1 || first(found) === 0 ? -1 : found;
  };
};
