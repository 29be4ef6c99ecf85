import fc from 'fast-check';
import { type CountedTimes, countTimes } from '../../../src/metrics/statistics/count-times.ts';
import { ENDED_BY } from '../../../src/metrics/statistics/survival-counts.ts';

const { censoring, event, competing } = ENDED_BY;

/** Times at which subjects had the event, were censored, or had the competing event. */
export const counted = (
  events: readonly number[],
  censored: readonly number[],
  others: readonly number[] = [],
): CountedTimes =>
  countTimes({
    time: [...events, ...censored, ...others],
    endedBy: [...events.map(() => event), ...censored.map(() => censoring), ...others.map(() => competing)],
  });

/** The 6-MP arm of Freireich 1963, the textbooks' example. */
export const EVENTS = [6, 6, 6, 7, 10, 13, 16, 22, 23];
export const CENSORED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];
export const sixMp = counted(EVENTS, CENSORED);

/** Subjects of whom each ends within 20 days, somehow; some come late. */
export const subjects = fc
  .array(
    fc.record({
      time: fc.integer({ min: 1, max: 20 }),
      endedBy: fc.integer({ min: 0, max: 2 }),
      entry: fc.integer({ min: 0, max: 6 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((list) => ({
    time: list.map(({ time }) => time),
    endedBy: list.map(({ endedBy }) => endedBy),
    entry: list.map(({ entry, time }) => (entry < time ? entry : 0)),
  }));
