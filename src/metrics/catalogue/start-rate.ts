import { enrolmentDates } from '../grains/enrolment-dates.ts';
import { ENROLMENT } from '../grains/enrolment-grain.ts';
import { judgeRows } from '../judged.ts';
import { metric } from '../metric.ts';
import {
  happenedWithin,
  WINDOW_DEFAULTS,
  WINDOW_IN_WORDS,
  WINDOW_PARAMS,
  type WindowParams,
} from './enrolment-window.ts';

/** M02: the share of those who were assigned or enrolled that have begun. */
export const startRate = metric<WindowParams>({
  id: 'start.rate',
  version: 1,
  label: 'Start rate',
  description:
    'Of all enrolments that somebody was assigned or enrolled in, how many were begun. Opening alone is no beginning. Who began before being assigned has begun. Who began without being assigned or enrolled is left out and counted: of such learners nobody knows how many did not begin.',
  formula: '#{started_at − assigned_at ≤ W} / #{assigned or enrolled, window passed, not waived before}',
  numerator: 'Enrolments that were begun within the window, or before it.',
  denominator:
    'Enrolments that were assigned or enrolled in, whose window has passed, not waived before the start.',
  interval: 'Wilson 1927; effective n by design effect where persons have several enrolments',
  kind: 'rate',
  unit: '1',
  minN: 30,
  grain: ENROLMENT,
  params: WINDOW_PARAMS,
  paramsInWords: WINDOW_IN_WORDS,
  defaults: WINDOW_DEFAULTS,
  judge: (of) => {
    const { assigned } = enrolmentDates(of.scope);
    const isStarted = happenedWithin(of, ({ started }) => started);
    return judgeRows(of, (row) => (Number.isNaN(assigned(row)) ? 'notAssigned' : isStarted(row)));
  },
});
