import { oneOf, optional } from '../../xapi/json-reader.ts';
import { enrolmentRows } from '../grains/enrolment-dates.ts';
import { ENROLMENT } from '../grains/enrolment-grain.ts';
import { judgeTogether } from '../judged.ts';
import { metric } from '../metric.ts';
import { keptClasses } from '../query/kept-classes.ts';
import { columnOver, wholeColumn } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import { scratchWholes } from '../scratch.ts';
import { denseNumbers } from '../statistics/dense-numbers.ts';

type Params = { readonly of?: 'program' | 'course' };

const DEFAULTS: Required<Params> = { of: 'program' };

/** M01: how many come again. */
export const enrolmentsRepeated = metric<Params>({
  id: 'enrolments.repeated',
  version: 1,
  label: 'Repeated enrolments',
  description:
    'Of all pairs of a person and a programme (a module, whichever run of it), how many have more than one enrolment: who failed or left and came again, or has to renew. num is how many such pairs there are.',
  formula: '#{(person, programme) with ≥ 2 enrolments} / #{(person, programme)}',
  numerator: 'Pairs of person and programme with two enrolments or more.',
  denominator: 'Pairs of person and programme; a course that belongs to none stands for itself.',
  interval: 'Wilson 1927; effective n by design effect where persons have several pairs',
  kind: 'rate',
  unit: '1',
  minN: 30,
  grain: ENROLMENT,
  params: { of: optional(oneOf(['program', 'course'])) },
  paramsInWords: { of: 'What the same means: the program that courses belong to, or the course itself.' },
  defaults: DEFAULTS,
  judge: ({ scope, grain, rows, params }) => {
    const { numbers, count } = denseNumbers(columnOver(rows, takings(scope, { ...DEFAULTS, ...params }.of)));
    const enrolments = scratchWholes(count);
    for (let at = 0; at < numbers.length; at += 1) {
      const key = numbers[at] as number;
      enrolments[key] = (enrolments[key] as number) + 1;
    }
    const together = { some: rows, numbers, count };
    return judgeTogether({ grain, rows }, together, (unit) => (enrolments[unit] as number) > 1);
  },
});

/** By enrolment, one of those of the same person in the same thing. */
const takings = (scope: Scope, of: 'program' | 'course'): Uint32Array => {
  const { described } = scope.world.log;
  const { person, a } = scope.world.enrolments.table;
  const rows = enrolmentRows(scope);
  const program = (row: number): number => described.of('program', a[row] as number) || (a[row] as number);
  /** Courses may come to belong to another program at any time. */
  const stand = `${rows.stand} ${described.changes.rows}`;
  return of === 'course'
    ? keptClasses(scope, 'enrolments by course', rows, [wholeColumn(() => person), wholeColumn(() => a)])
    : keptClasses(scope, 'enrolments by program', { ...rows, stand }, [wholeColumn(() => person), program]);
};
