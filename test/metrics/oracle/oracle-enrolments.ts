import { SIGNALS } from '../../../src/metrics/signal.ts';
import { grouped } from './grouped.ts';
import { mark, says, type Told } from './oracle-facts.ts';

const NAMED = [
  'first',
  'enrols',
  'assigned',
  'registered',
  'launched',
  'started',
  'completed',
  'passed',
  'failed',
  'waived',
  'withdrawn',
  'attended',
  'missed',
  'reversed',
  'due',
  'valid',
  'graded',
  'active',
] as const;

export type OracleEnrolment = {
  readonly person: string;
  readonly course: string;
  /** The registration, nothing, or a cycle that begins after another. */
  readonly cycle: number;
  facts: number;
  failures: number;
  sessions: number;
  others: number;
} & { [Name in (typeof NAMED)[number]]?: Told | undefined };

const BEGUN = [
  'started',
  'progressed',
  'experienced',
  'answered',
  'submitted',
  'attended',
  'completed',
  'passed',
  'failed',
] as const;

/** What says how it came out, and so may carry a grade. */
const OUTCOMES = [
  'completed',
  'satisfied',
  'passed',
  'failed',
  'waived',
  'withdrawn',
  'revoked',
  'expired',
] as const;

/** Who does no more than this takes part in nothing. */
const IN_PASSING = [
  'answered',
  'shared',
  'searched',
  'reviewed',
  'mentored',
  'applied',
  'practised',
  'opportunity',
  'asserted',
] as const;

const isInPassing = ({ signals }: Told): boolean =>
  signals !== 0 && IN_PASSING.reduce((left, name) => left & ~SIGNALS[name], signals) === 0;

const ended = ({ completed, passed, failed, waived, withdrawn }: OracleEnrolment): boolean =>
  [completed, passed, failed, waived, withdrawn].some((fact) => fact !== undefined);

/** Enrolments of one person in one course, from that person's facts about it in order. */
const enrolmentsOf = (person: string, course: string, facts: readonly Told[]): OracleEnrolment[] => {
  const rows = new Map<number, OracleEnrolment>();
  const rowOf = (cycle: number): OracleEnrolment => {
    const row = rows.get(cycle) ?? { person, course, cycle, facts: 0, failures: 0, sessions: 0, others: 0 };
    rows.set(cycle, row);
    return row;
  };
  let current = 0;
  for (const fact of facts) {
    const begins = fact.activity === course && says(fact, 'assigned', 'registered');
    if (fact.registration !== undefined) {
      const cycle = mark(fact.registration.toLowerCase());
      if (begins) current = cycle;
      takeFact(rowOf(cycle), fact);
      continue;
    }
    if (begins && ended(rowOf(current))) current = mark(`after ${current}`);
    takeFact(rowOf(current), fact);
  }
  return [...rows.values()].filter((row) => row.facts > 0);
};

const takeFact = (row: OracleEnrolment, fact: Told): void => {
  row.facts += 1;
  row.first ??= fact;
  if (fact.activity !== row.course || !isInPassing(fact)) row.enrols ??= fact;
  if (fact.activity === row.course) takeOwn(row, fact);
  if (!fact.byOthers) takeWork(row, fact);
};

const takeOwn = (row: OracleEnrolment, fact: Told): void => {
  for (const name of [
    'assigned',
    'registered',
    'launched',
    'failed',
    'waived',
    'attended',
    'missed',
  ] as const)
    if (says(fact, name)) row[name] ??= fact;
  if (says(fact, 'assigned', 'registered')) row.withdrawn = undefined;
  if (says(fact, 'failed')) row.failures += 1;
  if (says(fact, 'withdrawn')) row.withdrawn = fact;
  takeReached(row, fact);
  if (says(fact, 'revoked', 'expired')) row.reversed = fact;
  takeSaid(row, fact);
};

/** What was taken back is gone, and can be reached again. */
const takeReached = (row: OracleEnrolment, fact: Told): void => {
  const completes = says(fact, 'completed', 'satisfied');
  const passes = says(fact, 'passed');
  if (!completes && !passes) return;
  if (row.reversed !== undefined)
    [row.completed, row.passed, row.reversed] = [undefined, undefined, undefined];
  if (completes) row.completed ??= fact;
  if (passes) row.passed ??= fact;
};

const takeSaid = (row: OracleEnrolment, fact: Told): void => {
  if (fact.due !== undefined) row.due = fact;
  if (fact.validUntil !== undefined) row.valid = fact;
  const { response = '' } = fact;
  if (response !== '' && response.length <= 64 && says(fact, ...OUTCOMES)) row.graded = fact;
};

const takeWork = (row: OracleEnrolment, fact: Told): void => {
  row.active = fact;
  if (fact.activity !== row.course || says(fact, ...BEGUN)) row.started ??= fact;
  if (says(fact, 'terminated')) row.sessions += fact.duration ?? 0;
  else row.others += fact.duration ?? 0;
};

/** Enrolments are in activities: what is about none is no enrolment. */
export const oracleEnrolments = (facts: readonly Told[]): readonly OracleEnrolment[] =>
  grouped(
    facts.filter(({ root }) => root !== ''),
    ({ person, root }) => [person, root],
  ).flatMap(([[person, root], own]) => enrolmentsOf(person as string, root as string, own));

export const NAMED_IN_ENROLMENTS = NAMED;
