import { excluding } from '../cells.ts';
import { distributionCell } from '../distribution-cell.ts';
import { EVENT } from '../grains/event-grain.ts';
import { metric } from '../metric.ts';
import {
  capWarning,
  TIME_DEFAULTS,
  TIME_IN_WORDS,
  TIME_PARAMS,
  TIME_RULE,
  type TimeParams,
  toldTimes,
} from './told-times.ts';

/** Twice as far each time, up to the greatest. */
const edgesFor = (_least: number, greatest: number): readonly number[] => {
  const edges = [0, 0.25];
  while ((edges[edges.length - 1] as number) < greatest) edges.push((edges[edges.length - 1] as number) * 2);
  return edges;
};

/** M09: how long each has learnt. */
export const timePerPerson = metric<TimeParams>({
  id: 'time.per_person',
  version: 1,
  label: 'Time per person',
  description: `How many hours each person has spent, of those for whom any time is told. ${TIME_RULE}`,
  formula: 'Σ hours / #{persons with any}; quantiles of type 7',
  numerator: 'Hours that tools have told.',
  denominator: 'Persons for whom a duration is told.',
  interval: 'Student’s t of persons',
  kind: 'distribution',
  unit: 'hours',
  minN: 30,
  grain: EVENT,
  params: TIME_PARAMS,
  paramsInWords: TIME_IN_WORDS,
  defaults: TIME_DEFAULTS,
  counted: (of) => toldTimes(of).used(),
  measure: (of) => {
    const told = toldTimes(of);
    const hours = told.millis.map((millis) => millis / 3_600_000);
    const warnings = capWarning(told, { ...TIME_DEFAULTS, ...of.params });
    return {
      ...distributionCell(
        hours,
        told.person,
        edgesFor,
        excluding({ sameTime: told.durations - told.counted }).excluded,
      ),
      ...(warnings.length === 0 ? {} : { warnings }),
    };
  },
});
