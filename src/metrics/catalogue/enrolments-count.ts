import { countCell, personsOf } from '../cells.ts';
import { ENROLMENT } from '../grains/enrolment-grain.ts';
import { metric } from '../metric.ts';

/** M01: how many enrolments there are, and how many people they reach. */
export const enrolmentsCount = metric({
  id: 'enrolments.count',
  version: 1,
  label: 'Enrolments',
  description:
    'How many times people were enrolled in or assigned to a course, or began one by themselves; a new registration of the same person counts again. `persons` is the reach.',
  formula: '#{(person, course, cycle)}',
  kind: 'count',
  unit: 'enrolments',
  minN: 0,
  grain: ENROLMENT,
  params: {},
  paramsInWords: {},
  defaults: {},
  measure: ({ grain, rows }) => countCell(rows.length, personsOf(grain, rows)),
});
