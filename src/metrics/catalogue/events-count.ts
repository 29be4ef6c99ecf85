import { oneOf, optional } from '../../xapi/json-reader.ts';
import { countCell, excluding, personsOf } from '../cells.ts';
import { EVENT } from '../grains/event-grain.ts';
import { metric } from '../metric.ts';
import { distinctEvents } from './distinct-events.ts';

type Params = { readonly dedupe?: 'semantic' | 'none' };

const DEFAULTS: Required<Params> = { dedupe: 'semantic' };

/** How much has been told: for looking at data, not at learning. */
export const eventsCount = metric<Params>({
  id: 'events.count',
  version: 1,
  label: 'Statements',
  description:
    'How many statements there are, of each person that one is about, without those that were taken back (voided). For looking at data: a tool that tells more is not better at teaching. Statements that say the same (same person, verb, activity, registration, authority, second and result) count once, unless dedupe is none.',
  formula: '#{(person, verb, activity, registration, authority, second, result)}, or #{statements}',
  kind: 'count',
  unit: 'statements',
  minN: 0,
  grain: EVENT,
  params: { dedupe: optional(oneOf(['semantic', 'none'])) },
  paramsInWords: {
    dedupe: 'semantic: what says the same within the same second counts once; none: every statement counts.',
  },
  defaults: DEFAULTS,
  measure: ({ scope, grain, rows, params }) => {
    const persons = personsOf(grain, rows);
    if ({ ...DEFAULTS, ...params }.dedupe === 'none') return countCell(rows.length, persons);
    const count = distinctEvents(scope, rows);
    return { ...countCell(count, persons), ...excluding({ semanticDuplicates: rows.length - count }) };
  },
});
