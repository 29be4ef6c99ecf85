import { countCell, personsOf } from '../cells.ts';
import { ENROLMENT } from '../grains/enrolment-grain.ts';
import { metric } from '../metric.ts';

/** M01: how many people are reached. */
export const learnersCount = metric({
  id: 'learners.count',
  version: 1,
  label: 'Learners (reach)',
  description:
    'Persons who were enrolled in or assigned to a course, or began one by themselves; each counts once however many courses there are. Teams are no persons.',
  formula: '#{persons with ≥ 1 enrolment}',
  kind: 'count',
  unit: 'persons',
  minN: 0,
  grain: ENROLMENT,
  params: {},
  paramsInWords: {},
  defaults: {},
  measure: ({ grain, rows }) => {
    const persons = personsOf(grain, rows);
    return countCell(persons, persons);
  },
});
