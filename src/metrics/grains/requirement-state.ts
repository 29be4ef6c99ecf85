import { DAY } from '../query/zone.ts';
import type { Standing } from './requirement-standing.ts';

/** How somebody can stand with a requirement (metrics.md M05). */
export const STATES = [
  'current',
  'expiring',
  'expired',
  'exempt',
  'not_due',
  'due',
  'overdue',
  'never',
] as const;
export type RequirementState = (typeof STATES)[number];

/** In words, for the catalogue. */
export const STATES_IN_WORDS =
  'current: met, and holds; expiring: holds no longer than so many days, or has ended and is still tolerated (grace); expired: held once; exempt: excused, or nothing has to be done; not_due, due (within so many days), overdue: not met, by its due date; never: not met, and nothing says when it is due.';

type StateOf = (row: number) => RequirementState;

/** The state of a row at a moment; what ends or is due within so many days is called expiring or due. */
export const stateOf = (standing: Standing, at: number, days: number): StateOf => {
  const { until, tolerated, waivedUntil } = standing;
  const soon = at + days * DAY;
  const open = openState(standing, at, soon);
  return (row) => {
    const end = until[row] as number;
    if (at < end) return end <= soon ? 'expiring' : 'current';
    if (at < (tolerated[row] as number)) return 'expiring';
    return at < (waivedUntil[row] as number) ? 'exempt' : open(row);
  };
};

/** Of what does not hold. */
const openState =
  ({ met, due }: Standing, at: number, soon: number): StateOf =>
  (row) => {
    if (!Number.isNaN(met[row])) return 'expired';
    const until = due[row] as number;
    if (Number.isNaN(until)) return 'never';
    if (at > until) return 'overdue';
    return until <= soon ? 'due' : 'not_due';
  };
