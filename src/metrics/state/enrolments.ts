import { SIGNALS } from '../signal.ts';
import { columns } from './columns.ts';
import { currentCycle, isOwn } from './cycles.ts';
import { type EnrolmentRows, enrolmentRows } from './enrolment-rows.ts';
import { FACT } from './fact-columns.ts';
import type { FactLog } from './fact-log.ts';
import type { Projection } from './fold.ts';

const { assigned, registered, completed, passed, failed, satisfied, waived, withdrawn } = SIGNALS;
const BEGINS = assigned | registered;
const COMPLETES = completed | satisfied;
const BACK = SIGNALS.revoked | SIGNALS.expired;
const OUTCOME = COMPLETES | passed | failed | waived | withdrawn | BACK;

/** Any of these shows that the learner has begun. */
const WORKS =
  SIGNALS.started |
  SIGNALS.progressed |
  SIGNALS.experienced |
  SIGNALS.answered |
  SIGNALS.submitted |
  SIGNALS.attended |
  completed |
  passed |
  failed;

/** What is taken from the first fact that says it. */
const FIRST = [
  ['assigned', assigned],
  ['registered', registered],
  ['launched', SIGNALS.launched],
  ['failed', failed],
  ['waived', waived],
  ['attended', SIGNALS.attended],
  ['missed', SIGNALS.missed],
] as const;

/**
 * Folds enrolments. A signal changes only the state of its own object: what is said of a part of a course shows that
 * the course has been started, and nothing else (metrics.md §11).
 */
export const enrolments = (log: FactLog) => {
  const rows = enrolmentRows();
  const { table } = rows;
  const rowOf = currentCycle(log, rows);
  const placed = columns({ row: 'u32' });
  const place = (fact: number, row: number): void => {
    while (placed.rows <= fact) placed.add();
    placed.row[fact] = row + 1;
  };
  const projection: Projection = {
    forget: rows.forget,
    take: (person, fact) => {
      const row = rowOf(person, fact);
      place(fact, row);
      table.facts[row] = (table.facts[row] as number) + 1;
      if (table.first[row] === 0) table.first[row] = fact + 1;
      if (isOwn(log, fact)) takeOwn(log, table, row, fact);
      if (((log.facts.flags[fact] as number) & FACT.byOthers) === 0) takeWork(log, table, row, fact);
    },
  };
  /** `placed` has by fact the row that it was folded into, plus one; of what a void has taken back it says nothing. */
  return { ...rows, placed, projection };
};

export type Enrolments = ReturnType<typeof enrolments>;

type Table = EnrolmentRows['table'];

const takeOwn = ({ facts, details }: FactLog, table: Table, row: number, fact: number): void => {
  const signals = facts.signals[fact] as number;
  for (const [name, bit] of FIRST) {
    if ((signals & bit) !== 0 && table[name][row] === 0) table[name][row] = fact + 1;
  }
  if ((signals & BEGINS) !== 0) table.withdrawn[row] = 0;
  if ((signals & OUTCOME) !== 0) takeOutcome(table, row, fact, signals);
  takeDetail({ facts, details }, table, row, fact);
};

const takeDetail = (
  { facts, details }: Pick<FactLog, 'facts' | 'details'>,
  table: Table,
  row: number,
  fact: number,
): void => {
  const detail = (facts.detail[fact] as number) - 1;
  if (detail < 0) return;
  if (!Number.isNaN(details.due[detail])) table.due[row] = fact + 1;
  if (!Number.isNaN(details.validUntil[detail])) table.valid[row] = fact + 1;
  if (details.response[detail] !== 0 && ((facts.signals[fact] as number) & OUTCOME) !== 0)
    table.graded[row] = fact + 1;
};

/** What was reached stays reached, until it is taken back; then it can be reached again. */
const takeOutcome = (table: Table, row: number, fact: number, signals: number): void => {
  const isReversed = table.reversed[row] !== 0;
  if ((signals & COMPLETES) !== 0 && (isReversed || table.completed[row] === 0))
    table.completed[row] = fact + 1;
  if ((signals & passed) !== 0 && (isReversed || table.passed[row] === 0)) table.passed[row] = fact + 1;
  if ((signals & failed) !== 0) table.failures[row] = (table.failures[row] as number) + 1;
  if ((signals & withdrawn) !== 0) table.withdrawn[row] = fact + 1;
  if ((signals & (COMPLETES | passed)) !== 0) table.reversed[row] = 0;
  if ((signals & BACK) !== 0) table.reversed[row] = fact + 1;
};

const takeWork = (log: FactLog, table: Table, row: number, fact: number): void => {
  const { facts, details } = log;
  table.active[row] = fact + 1;
  const signals = facts.signals[fact] as number;
  const begins = (signals & WORKS) !== 0 || !isOwn(log, fact);
  if (begins && table.started[row] === 0) table.started[row] = fact + 1;
  const detail = (facts.detail[fact] as number) - 1;
  const duration = detail < 0 ? Number.NaN : (details.duration[detail] as number);
  if (Number.isNaN(duration)) return;
  const where = (signals & SIGNALS.terminated) !== 0 ? table.sessions : table.others;
  where[row] = (where[row] as number) + duration;
};
