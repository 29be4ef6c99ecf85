import { oneOf, optional } from '../../xapi/json-reader.ts';
import { ENROLMENT } from '../grains/enrolment-grain.ts';
import { judgeTogether } from '../judged.ts';
import { metric } from '../metric.ts';
import { wholesOf } from '../query/over-rows.ts';
import { scratchWholes } from '../scratch.ts';
import { denseKeys } from '../statistics/dense-keys.ts';

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
    const { described } = scope.world.log;
    const { a } = scope.world.enrolments.table;
    const isOfCourse = { ...DEFAULTS, ...params }.of === 'course';
    const whole = (row: number): number => {
      const course = a[row] as number;
      return isOfCourse ? course : described.of('program', course) || course;
    };
    const { numbers, count } = denseKeys(wholesOf(rows, grain.person), wholesOf(rows, whole));
    const enrolments = scratchWholes(count);
    for (const key of numbers) enrolments[key] = (enrolments[key] as number) + 1;
    const together = { some: rows, numbers, count };
    return judgeTogether({ grain, rows }, together, (unit) => (enrolments[unit] as number) > 1);
  },
});
