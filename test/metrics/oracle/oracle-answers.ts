import { createHash } from 'node:crypto';
import { grouped } from './grouped.ts';
import type { OracleEnrolment } from './oracle-enrolments.ts';
import type { Told } from './oracle-facts.ts';
import type { Oracle } from './oracle-state.ts';

/** What can be known of one enrolment when all is over; moments in milliseconds, NaN for never. */
type Known = {
  readonly person: string;
  readonly course: string;
  readonly outcome: string;
  readonly begin: number;
  readonly started: number;
  readonly courseStart: number;
  readonly due: number;
  readonly completed: number;
  readonly passed: number;
  readonly waived: number;
};

const DAY = 86_400_000;
const EARLIEST = Date.UTC(2000, 0, 1);
const timeOf = (fact: Told | undefined): number => fact?.time ?? Number.NaN;
const firstKnown = (...times: readonly number[]): number =>
  times.find((time) => !Number.isNaN(time)) ?? Number.NaN;

/** What has been taken back does not stand. */
const standing = ({ reversed }: OracleEnrolment, fact: Told | undefined): Told | undefined =>
  reversed === undefined ? fact : undefined;

const outcomeOf = (row: OracleEnrolment): string => {
  const told = {
    passed: standing(row, row.passed),
    failed: row.failed,
    completed: standing(row, row.completed),
    revoked: row.reversed,
    withdrawn: row.withdrawn,
    waived: row.waived,
    missed: row.missed,
    started: row.started,
  };
  return Object.entries(told).find(([, fact]) => fact !== undefined)?.[0] ?? 'open';
};

const knownOf = (row: OracleEnrolment, said: (activity: string, name: string) => number): Known => {
  const assigned = [row.assigned, row.registered].flatMap((fact) => fact?.time ?? []);
  return {
    person: row.person,
    course: row.course,
    outcome: outcomeOf(row),
    begin: assigned.length === 0 ? timeOf(row.first) : Math.min(...assigned),
    started: timeOf(row.started),
    courseStart: said(row.course, 'start'),
    due: firstKnown(row.due?.due ?? Number.NaN, said(row.course, 'due')),
    completed: timeOf(standing(row, row.completed)),
    passed: timeOf(standing(row, row.passed)),
    waived: timeOf(row.waived),
  };
};

export type WindowParams = {
  readonly window: number | 'due' | null;
  readonly start: 'assigned' | 'started' | 'course';
  readonly includeWaived: boolean;
  readonly includeImmature: boolean;
};

/** What a cell says that is no interval. */
export type Figure = {
  readonly value: number | null;
  readonly num?: number;
  readonly den?: number;
  readonly persons: number;
  readonly excluded?: Readonly<Record<string, number>>;
};

const personsIn = (rows: readonly Known[]): number => new Set(rows.map(({ person }) => person)).size;

type Verdict = 'yes' | 'no' | 'waived' | 'undated' | 'immature';

/** When a row's time is up; NaN if nobody knows. One that began before there was xAPI lies in no window. */
const endOf = (row: Known, now: number, { window, start }: WindowParams): number => {
  if (window === null) return now;
  if (window === 'due') return row.due;
  const from = { assigned: row.begin, started: row.started, course: row.courseStart }[start];
  return from < EARLIEST ? Number.NaN : from + window * DAY;
};

const judge = (row: Known, when: number, now: number, params: WindowParams): Verdict => {
  const isWaivedFirst = !Number.isNaN(row.waived) && !(when < row.waived);
  if (isWaivedFirst && !params.includeWaived) return 'waived';
  const until = endOf(row, now, params);
  if (Number.isNaN(until)) return 'undated';
  if (until > now && !params.includeImmature) return 'immature';
  return when <= until ? 'yes' : 'no';
};

const rateOf = (
  rows: readonly Known[],
  happened: 'completed' | 'passed',
  now: number,
  params: WindowParams,
): Figure => {
  const judged = rows.map((row) => ({ row, verdict: judge(row, row[happened], now, params) }));
  const count = (verdict: Verdict): number => judged.filter((one) => one.verdict === verdict).length;
  const left = Object.fromEntries(
    (['waived', 'undated', 'immature'] as const)
      .map((verdict) => [verdict, count(verdict)] as const)
      .filter(([, n]) => n > 0),
  );
  const [num, den] = [count('yes'), count('yes') + count('no')];
  const inside = judged.filter(({ verdict }) => verdict === 'yes' || verdict === 'no');
  return {
    value: den === 0 ? null : num / den,
    num,
    den,
    persons: personsIn(inside.map(({ row }) => row)),
    ...(Object.keys(left).length === 0 ? {} : { excluded: left }),
  };
};

const personId = (term: string): string =>
  createHash('sha256').update(term).digest().subarray(0, 12).toString('base64url');

export type By = 'course' | 'outcome' | 'person';

/** By the value of a dimension: how many enrolments, and the two rates of them. */
export const oracleAnswers = (
  { enrolments, rows }: Oracle,
  by: By,
  now: number,
  params: WindowParams,
): Readonly<Record<string, readonly Figure[]>> => {
  const said = (activity: string, name: string): number => {
    const row = rows.find(
      ({ table, activity: of, values }) =>
        table === 'described' && of === activity && values['name'] === name,
    );
    return row === undefined ? Number.NaN : Number(row.values['told']);
  };
  const known = enrolments.filter(({ enrols }) => enrols !== undefined).map((row) => knownOf(row, said));
  const keyOf = (row: Known): string => (by === 'person' ? personId(row.person) : row[by]);
  return Object.fromEntries(
    grouped(known, (row) => [keyOf(row)]).map(([[key], own]) => [
      key as string,
      [
        { value: own.length, persons: personsIn(own) },
        rateOf(own, 'completed', now, params),
        rateOf(own, 'passed', now, params),
      ],
    ]),
  );
};

/** Divisions are told to twelve digits. */
export const rounded = (answers: ReturnType<typeof oracleAnswers>): unknown =>
  JSON.parse(
    JSON.stringify(answers, (_name, value) =>
      typeof value === 'number' ? Number(value.toPrecision(12)) : value,
    ),
  );
