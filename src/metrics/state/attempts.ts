import { keyHash } from '../key-hash.ts';
import { SIGNALS } from '../signal.ts';
import { attemptRows } from './attempt-rows.ts';
import { FACT } from './fact-columns.ts';
import type { FactLog } from './fact-log.ts';
import type { Projection } from './fold.ts';
import { personRows } from './person-rows.ts';
import { placedFacts } from './placed-facts.ts';

const { started, submitted, passed, failed, completed, terminated, abandoned } = SIGNALS;
const ENDS = terminated | abandoned;
const RELEVANT = started | submitted | passed | failed | completed | ENDS;

/** Scores further apart than this, in milliseconds, are of two attempts, unless the tool says that they are of one. */
const APART = 30 * 60_000;

/**
 * Folds attempts at activities. What keeps them apart is the tool's own session where it names one; else a new start after a result,
 * a second verdict, a score half an hour after another, or anything that the learner does after the end (metrics.md §0.5).
 */
export const attempts = (log: FactLog) => {
  const { facts } = log;
  const rows = attemptRows();
  const { table } = rows;
  /** Attempts that another one has followed, plus one, by the row of the first one (`a`) and the session (`b`). */
  const earlier = personRows({ attempt: 'u32' });
  const isNew = boundary(log, table);
  const placed = placedFacts();

  const begin = (row: number, first: number, number: number, fact: number): number => {
    table.number[row] = number;
    table.registration[row] = facts.registration[fact] as number;
    table.root[row] = facts.root[fact] as number;
    table.first[row] = fact + 1;
    table.current[first] = row + 1;
    return row;
  };
  /** The attempt of a session, which may be an earlier one: a tool can have two open at once, or end one late. */
  const ofSession = (first: number, current: number, session: number): number => {
    if (session === 0) return -1;
    if (table.session[current] === session) return current;
    const row = earlier.find(table.person[first] as number, first, session);
    return row === -1 ? -1 : (earlier.table.attempt[row] as number) - 1;
  };
  /** An attempt gets no session any more once another one has followed. */
  const leave = (first: number, current: number): void => {
    const session = table.session[current] as number;
    if (session === 0) return;
    const row = earlier.row(table.person[first] as number, first, session);
    earlier.table.attempt[row] = current + 1;
  };
  const rowOf = (person: number, fact: number): number => {
    const activity = facts.activity[fact] as number;
    const registration = facts.registration[fact] as number;
    const first = rows.row(person, activity, keyHash(registration, 1, 0));
    if (table.number[first] === 0) return begin(first, first, 1, fact);
    const current = (table.current[first] as number) - 1;
    const same = ofSession(first, current, sessionOf(log, fact));
    if (same !== -1) return same;
    if (!isNew(current, fact)) return current;
    leave(first, current);
    const number = (table.number[current] as number) + 1;
    return begin(rows.row(person, activity, keyHash(registration, number, 0)), first, number, fact);
  };
  const projection: Projection = {
    forget: (person) => {
      rows.forget(person);
      earlier.forget(person);
    },
    take: (person, fact) => {
      if (facts.activity[fact] === 0 || ((facts.signals[fact] as number) & RELEVANT) === 0) return;
      const row = rowOf(person, fact);
      placed.put(fact, row);
      takeInto(log, table, row, fact);
    },
    leave: placed.leave,
  };
  return {
    ...rows,
    placed: placed.rows,
    /** Whether a fact tells something of an attempt that the last to tell it decides. */
    tells: (name: keyof typeof LAST, fact: number): boolean => LAST[name](log, fact),
    projection,
  };
};

type Table = ReturnType<typeof attemptRows>['table'];

const takeInto = (log: FactLog, table: Table, row: number, fact: number): void => {
  const signals = log.facts.signals[fact] as number;
  if (table.session[row] === 0) table.session[row] = sessionOf(log, fact);
  if ((signals & submitted) !== 0 && table.submitted[row] === 0) table.submitted[row] = fact + 1;
  if ((signals & completed) !== 0 && table.completed[row] === 0) table.completed[row] = fact + 1;
  if (LAST.ended(log, fact)) table.ended[row] = fact + 1;
  if (LAST.scored(log, fact)) table.scored[row] = fact + 1;
  if (LAST.judged(log, fact)) table.judged[row] = fact + 1;
};

/** Whether a fact belongs to another attempt than the one that stands in a row. */
const boundary = (log: FactLog, table: Table) => {
  const { facts } = log;
  const hasResult = (row: number): boolean =>
    table.judged[row] !== 0 || table.scored[row] !== 0 || table.completed[row] !== 0;
  const isSecondVerdict = (row: number, fact: number): boolean => {
    if (table.judged[row] === 0 || !isJudged(log, fact)) return false;
    const before = (table.judged[row] as number) - 1;
    return facts.verb[fact] === facts.verb[before] || verdict(log, fact) !== verdict(log, before);
  };
  const isLaterScore = (row: number, fact: number): boolean =>
    table.scored[row] !== 0 &&
    isScored(log, fact) &&
    (facts.time[fact] as number) - (facts.time[(table.scored[row] as number) - 1] as number) > APART;

  return (row: number, fact: number): boolean => {
    const session = sessionOf(log, fact);
    if (session !== 0 && table.session[row] !== 0) return session !== table.session[row];
    const isOwnDoing = ((facts.flags[fact] as number) & FACT.byOthers) === 0;
    if (table.ended[row] !== 0 && isOwnDoing) return true;
    if (((facts.signals[fact] as number) & started) !== 0) return hasResult(row);
    return isSecondVerdict(row, fact) || isLaterScore(row, fact);
  };
};

const sessionOf = ({ facts, details }: FactLog, fact: number): number => {
  const detail = facts.detail[fact] as number;
  return detail === 0 ? 0 : (details.session[detail - 1] as number);
};

const isScored = ({ facts, details }: FactLog, fact: number): boolean => {
  const detail = facts.detail[fact] as number;
  return detail !== 0 && !Number.isNaN(details.scaled[detail - 1]);
};

/** Whether it says that something was passed or failed. */
const isJudged = (log: FactLog, fact: number): boolean => verdict(log, fact) !== 0;
const verdict = ({ facts }: FactLog, fact: number): number =>
  (facts.signals[fact] as number) & (passed | failed);

const LAST = {
  ended: ({ facts }: FactLog, fact: number): boolean => ((facts.signals[fact] as number) & ENDS) !== 0,
  scored: isScored,
  judged: isJudged,
};
