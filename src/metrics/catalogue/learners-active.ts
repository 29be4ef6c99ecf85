import { countCell, excluding, personsOf } from '../cells.ts';
import { EVENT } from '../grains/event-grain.ts';
import { metric } from '../metric.ts';
import { ownDoings } from './own-doings.ts';

/** M09: how many people have learnt. */
export const learnersActive = metric({
  id: 'learners.active',
  version: 1,
  label: 'Active learners',
  description:
    'Persons who have done at least one thing themselves in the period; cut by day, week or month these are the daily, weekly or monthly active learners. What others say or do about them (assigning, enrolling, waiving, observing) is no activity of theirs; a team is no person. Periods cannot be added up: the same person is in several.',
  formula: '#{persons with ≥ 1 statement of their own}',
  kind: 'count',
  unit: 'persons',
  minN: 0,
  grain: EVENT,
  params: {},
  paramsInWords: {},
  defaults: {},
  counted: (of) => ownDoings(of),
  measure: (of) => {
    const own = ownDoings(of);
    const persons = personsOf(of.grain, own);
    return { ...countCell(persons, persons), ...excluding({ notTheirOwn: of.rows.length - own.length }) };
  },
});
