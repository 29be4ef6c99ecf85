import { SIGNALS } from '../signal.ts';
import type { CourseRoots } from './course-roots.ts';
import type { EnrolmentRows } from './enrolment-rows.ts';
import { textHash } from './fact-columns.ts';
import type { FactLog } from './fact-log.ts';

const BEGINS = SIGNALS.assigned | SIGNALS.registered;

/**
 * The row of the cycle that a fact belongs to: that of its registration; without one, of what the person was last
 * assigned to or enrolled in. Who is assigned anew after the end of a cycle begins another, even if nothing but the
 * order says so (metrics.md §0.5).
 */
export const currentCycle = ({ facts }: FactLog, rows: EnrolmentRows, roots: CourseRoots) => {
  const { table } = rows;

  const setCurrent = (person: number, root: number, row: number): void => {
    const pointer = rows.row(person, root, 0);
    table.current[pointer] = row + 1;
  };
  const isOver = (row: number): boolean =>
    table.completed[row] !== 0 ||
    table.passed[row] !== 0 ||
    table.failed[row] !== 0 ||
    table.waived[row] !== 0 ||
    table.withdrawn[row] !== 0;
  const unregistered = (person: number, root: number, begins: boolean): number => {
    const pointer = rows.find(person, root, 0);
    if (pointer === -1) return rows.row(person, root, 0);
    const current = table.current[pointer] as number;
    const row = current === 0 ? pointer : current - 1;
    if (!begins || !isOver(row)) return row;
    const next = rows.row(person, root, textHash(`after ${table.b[row]}`));
    setCurrent(person, root, next);
    return next;
  };

  return (person: number, fact: number): number => {
    const root = roots.rootOf(fact);
    const registration = facts.registration[fact] as number;
    const begins = ((facts.signals[fact] as number) & BEGINS) !== 0 && roots.isOwn(fact);
    if (registration === 0) return unregistered(person, root, begins);
    const row = rows.row(person, root, registration);
    if (begins) setCurrent(person, root, row);
    return row;
  };
};
