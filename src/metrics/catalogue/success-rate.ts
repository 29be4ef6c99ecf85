import { ENROLMENT } from '../grains/enrolment-grain.ts';
import { metric } from '../metric.ts';
import {
  WINDOW_DEFAULTS,
  WINDOW_IN_WORDS,
  WINDOW_PARAMS,
  type WindowParams,
  within,
} from './enrolment-window.ts';

/** M03: the share of enrolments that were passed. */
export const successRate = metric<WindowParams>({
  id: 'success.rate',
  version: 1,
  label: 'Success rate',
  description:
    'Of all enrolments, how many were passed. Who failed or withdrew counts as not passed; who was excused (waived) is left out unless asked for; a window that has not passed yet is left out too.',
  formula: '#{passed_at − start ≤ W} / #{window passed, not waived}',
  numerator: 'Enrolments that were passed within the window.',
  denominator: 'Enrolments whose window has passed by the time up to which data is complete, not waived.',
  interval: 'Wilson 1927; effective n by design effect where persons have several enrolments',
  kind: 'rate',
  unit: '1',
  minN: 30,
  grain: ENROLMENT,
  params: WINDOW_PARAMS,
  paramsInWords: WINDOW_IN_WORDS,
  defaults: WINDOW_DEFAULTS,
  judge: within(({ passed }) => passed),
});
