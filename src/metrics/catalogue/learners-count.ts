import { countCell, excluding, personsOf } from '../cells.ts';
import { ENROLMENT } from '../grains/enrolment-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import { rowsWhere } from '../query/over-rows.ts';
import { FACT } from '../state/fact-columns.ts';

/** M01: how many people are reached. */
export const learnersCount = metric({
  id: 'learners.count',
  version: 1,
  label: 'Learners (reach)',
  description:
    'Persons who were enrolled in or assigned to a course, or began one by themselves; each counts once however many courses there are. Teams are no persons, and are left out.',
  formula: '#{persons with ≥ 1 enrolment}',
  kind: 'count',
  unit: 'persons',
  minN: 0,
  grain: ENROLMENT,
  params: {},
  paramsInWords: {},
  defaults: {},
  counted: (of) => singlePersons(of),
  measure: (of) => {
    const single = singlePersons(of);
    const persons = personsOf(of.grain, single);
    return { ...countCell(persons, persons), ...excluding({ teams: of.rows.length - single.length }) };
  },
});

const singlePersons = ({ scope, rows }: Measuring<object>): Uint32Array => {
  const { flags } = scope.world.log.facts;
  const { first } = scope.world.enrolments.table;
  return rowsWhere(rows, (row) => ((flags[(first[row] as number) - 1] as number) & FACT.isTeam) === 0);
};
