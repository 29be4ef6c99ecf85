import { countCell, excluding } from '../cells.ts';
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

/** M09: how long people have learnt, all together. */
export const timeSpent = metric<TimeParams>({
  id: 'time.spent',
  version: 1,
  label: 'Time spent',
  description: `How many hours people have spent in all. ${TIME_RULE} What tools do not tell is not in it.`,
  formula: 'Σ over person × course × registration of (Σ sessions, else the greatest Σ of one verb)',
  kind: 'count',
  unit: 'hours',
  minN: 0,
  grain: EVENT,
  params: TIME_PARAMS,
  paramsInWords: TIME_IN_WORDS,
  defaults: TIME_DEFAULTS,
  counted: (of) => toldTimes(of).used(),
  measure: (of) => {
    const told = toldTimes(of);
    const hours = told.millis.reduce((sum, millis) => sum + millis, 0) / 3_600_000;
    const warnings = capWarning(told, { ...TIME_DEFAULTS, ...of.params });
    return {
      ...countCell(hours, told.person.length),
      ...excluding({ sameTime: told.durations - told.counted }),
      ...(warnings.length === 0 ? {} : { warnings }),
    };
  },
});
