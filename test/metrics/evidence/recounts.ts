import {
  byPerson,
  count,
  distinct,
  facility,
  gain,
  hoursIn,
  isOdd,
  mean,
  personOf,
  quantile99,
  sameness,
  sum,
  survival,
} from './figure-counts.ts';
import { daysBetween, dueOf, isScored, type Plain, scaledOf, timeOf, verbOf } from './plain.ts';
import {
  beginOf,
  completedAt,
  cyclesIn,
  failedAt,
  isSat,
  passedAt,
  type Row,
  retentionOf,
  scoreOf,
  skillOf,
  startedAt,
  verdictOf,
  waivedAt,
  withdrawnAt,
} from './recount-row.ts';

/** The moment that all questions are asked about. */
export const AS_OF = '2025-12-31T00:00:00Z';
const NOW = Date.parse(AS_OF);
const DAY = 86_400_000;

/** What a cell has to say, of the rows behind it. Persons are counted for all. */
export type Recount = {
  readonly params?: object;
  /** Whether a row counts for the numerator; undefined would be a row that has nothing to do there. */
  readonly isIn?: (row: Row) => boolean | undefined;
  readonly figures?: (rows: readonly Row[], persons: number) => object;
};

const known = (time: number): boolean => !Number.isNaN(time);
const when = (is: boolean, answer: boolean): boolean | undefined => (is ? answer : undefined);

const validUntil = (row: Row): number => completedByRequirement(row) + 280 * DAY;
/** The last completion of what is required. */
const completedByRequirement = ({ statements }: Row): number =>
  Math.max(Number.NEGATIVE_INFINITY, ...statements.filter((one) => verbOf(one) === 'completed').map(timeOf));

/** By metric, how its figure comes about, in the plainest way. */
export const RECOUNTS: Readonly<Record<string, Recount>> = {
  'enrolments.count': count,
  'completion.rate': { isIn: (row) => completedAt(row) <= NOW },
  'success.rate': { isIn: (row) => passedAt(row) <= NOW },
  'learners.count': distinct,
  'enrolments.repeated': { isIn: (row) => cyclesIn(row) > 1 },
  'start.rate': {
    isIn: (row) =>
      when(
        row.statements.some((one) => ['registered', 'was-assigned'].includes(verbOf(one))),
        startedAt(row) <= NOW,
      ),
  },
  'assessment.score': {
    figures: (rows) => ({ n: rows.length, value: mean(rows.map((row) => 100 * scoreOf(row))) }),
  },
  'assessment.threshold_rate': {
    params: { threshold: 0.7 },
    isIn: (row) => when(row.statements.some(isScored), scoreOf(row) >= 0.7),
  },
  'assessment.pass_rate': {
    isIn: (row) =>
      when(
        verdictOf(row) !== undefined,
        row.statements.some((one) => verdictOf({ ...row, statements: [one] }) === true),
      ),
  },
  'assessment.first_time_pass': { isIn: verdictOf },
  'assessment.attempts_to_pass': survival(({ statements }) =>
    statements.some((one) => verbOf(one) === 'passed' || one.result?.success === true),
  ),
  'assessment.items': { figures: facility },
  'assessment.sat_rate': { isIn: isSat },
  'learning.gain': { figures: gain },
  'submissions.count': {
    figures: (rows) => ({
      value: rows.filter(({ statements }) =>
        statements.some((one) => one.result?.score !== undefined || verbOf(one) === 'scored'),
      ).length,
    }),
  },
  'submissions.late': {
    isIn: ({ statements }) => {
      const one = statements.find(
        ({ verb, result }) => result?.score !== undefined || verb.id.endsWith('/scored'),
      );
      return one === undefined || Number.isNaN(dueOf(one)) ? undefined : timeOf(one) > dueOf(one);
    },
  },
  'time.spent': { figures: (rows) => ({ value: hoursIn(rows) }) },
  'time.per_person': {
    figures: (rows) => ({ value: mean(byPerson(rows).map(hoursIn)), n: byPerson(rows).length }),
  },
  'learners.active': distinct,
  'learners.stickiness': {
    figures: (rows) => ({ num: sum(rows.map(daysIn)), den: sum(rows.map(daysOfMonth)) }),
  },
  'attendance.rate': {
    isIn: ({ statements }) =>
      statements.some((one) => verbOf(one) === 'attended') ||
      (statements.some((one) => verbOf(one) === 'missed') ? false : undefined),
  },
  'attendance.no_show': {
    isIn: ({ statements }) =>
      statements.some((one) => verbOf(one) === 'attended')
        ? false
        : statements.some((one) => verbOf(one) === 'missed') || undefined,
  },
  'events.count': {
    figures: (rows) => ({ value: new Set(rows.map((row) => `${row.person?.id} ${sameness(row)}`)).size }),
  },
  'quality.issues': { figures: (rows) => ({ value: rows.filter(isOdd).length }) },
  'quality.unmapped_verbs': {
    figures: (rows) => ({
      value: rows.filter(({ statements }) => verbOf(statements[0] as Plain) === 'pondered').length,
    }),
  },
  'quality.lateness': {
    figures: (rows) => ({
      value: quantile99(
        rows.map(
          ({ statements: [one] }) => (Date.parse((one as Plain).stored) - timeOf(one as Plain)) / 1000,
        ),
      ),
    }),
  },
  'quality.voids': count,
  'completion.incidence': survival((row) => known(completedAt(row))),
  'enrolment.survival': survival(
    (row) => known(withdrawnAt(row)) && ![completedAt(row), passedAt(row), failedAt(row)].some(known),
  ),
  'competency.time': {
    params: { criterion: { score: 0.8 } },
    ...survival((row) => {
      const met = row.statements.filter((one) => scaledOf(one) >= 0.8).map(timeOf);
      const withdrawn = [completedAt(row), passedAt(row), failedAt(row)].some(known)
        ? Number.NaN
        : withdrawnAt(row);
      return (
        met.length > 0 &&
        !(daysBetween(beginOf(row), withdrawn) < daysBetween(beginOf(row), Math.min(...met)))
      );
    }),
  },
  'competency.time_in_role': survival((row) => skillOf(row).level >= 2),
  'retention.curve': {
    figures: (rows) => {
      const near = rows.map(retentionOf).filter(({ days }) => days >= 4.9 && days <= 9.1);
      return {
        n: rows.length,
        value: near.length < 1 ? null : near.filter(({ isKept }) => isKept).length / near.length,
      };
    },
    params: { minPersons: 1, fit: null },
  },
  'retention.rate_at': {
    isIn: (row) => when(Math.abs(retentionOf(row).days - 7) <= 2.1, retentionOf(row).isKept),
  },
  'retention.ratio_at': { figures: (rows) => ({ n: rows.length }) },
  'retention.forgetting_index': {
    // Persons are those of the delayed tests; those of the first hour are what they are measured by.
    figures: (rows) => {
      const delayed = rows.filter((row) => retentionOf(row).days > 1);
      return { n: delayed.length, persons: new Set(delayed.map(personOf)).size };
    },
  },
  'retention.savings': { params: { minPersons: 1, fit: null }, figures: (rows) => ({ n: rows.length }) },
  'application.rate': { isIn: (row) => when(known(skillOf(row).trained), skillOf(row).isAfter) },
  'application.net_rate': {
    figures: (rows) => ({
      n: rows.length,
      value: mean(rows.map((row) => Number(skillOf(row).isAfter) - Number(skillOf(row).isBefore))),
    }),
  },
  'application.time': survival((row) => skillOf(row).isEver),
  'application.maintenance': { figures: (rows) => ({ n: rows.length }) },
  'application.breadth': {
    figures: (rows) => ({
      n: byPerson(rows).length,
      value: mean(byPerson(rows).map((some) => mean(some.map((row) => Number(skillOf(row).isEver))) ?? 0)),
    }),
  },
  'skill.coverage': { isIn: (row) => skillOf(row).level >= 2 },
  'skill.gap': {
    figures: (rows) => ({
      n: rows.length,
      value: mean(rows.map((row) => Math.max(0, 2 - skillOf(row).level))),
    }),
  },
  'completion.on_time': {
    isIn: (row) => {
      const dues = row.statements.map(dueOf).filter(known);
      return when(
        dues.length > 0,
        completedAt(row) <= (dues.at(-1) as number) || waivedAt(row) <= (dues.at(-1) as number),
      );
    },
  },
  'compliance.currency': { isIn: (row) => NOW < validUntil(row) },
  'compliance.states': count,
  'list.overdue': count,
  'list.due_soon': count,
  'list.expiring': count,
  'list.transcript': { ...count },
};

const daysIn = ({ statements }: Row): number =>
  new Set(statements.map(({ timestamp }) => timestamp.slice(0, 10))).size;
/** A row is of one person in one month. */
const daysOfMonth = ({ statements }: Row): number => {
  const [year, month] = (statements[0] as Plain).timestamp.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
};
