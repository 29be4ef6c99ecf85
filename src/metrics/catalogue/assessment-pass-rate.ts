import { oneOf, optional } from '../../xapi/json-reader.ts';
import { attemptFacts, attemptRows } from '../grains/attempt-facts.ts';
import { ATTEMPT } from '../grains/attempt-grain.ts';
import { judgeRows, judgeTogether } from '../judged.ts';
import { type Measuring, metric } from '../metric.ts';
import { keptClasses } from '../query/kept-classes.ts';
import { rowsWhere } from '../query/over-rows.ts';
import { columnOver, wholeColumn } from '../query/row-columns.ts';
import { scratchBytes } from '../scratch.ts';
import { type DenseNumbers, denseNumbers } from '../statistics/dense-numbers.ts';

type Params = { readonly per?: 'enrolment' | 'attempt' };

const DEFAULTS: Required<Params> = { per: 'enrolment' };

/** M06: the share of those who finished an assessment that passed it. */
export const assessmentPassRate = metric<Params>({
  id: 'assessment.pass_rate',
  version: 1,
  label: 'Pass rate',
  description:
    'Of those who finished an assessment with a verdict, how many passed it, in whichever attempt. A person counts once for each assessment and registration, or once for each attempt (per). Attempts that nobody has called passed or failed are left out and counted.',
  formula: '#{passed in at least one attempt} / #{passed or failed in at least one attempt}',
  numerator: 'Persons × assessments × registrations that were passed in an attempt.',
  denominator: 'Persons × assessments × registrations with an attempt that was passed or failed.',
  interval: 'Wilson 1927; effective n by design effect where persons have several',
  kind: 'rate',
  unit: '1',
  minN: 30,
  grain: ATTEMPT,
  params: { per: optional(oneOf(['enrolment', 'attempt'])) },
  paramsInWords: {
    per: 'enrolment: a person counts once for an assessment and registration; attempt: each attempt counts.',
  },
  defaults: DEFAULTS,
  judge: (of) => {
    const { per } = { ...DEFAULTS, ...of.params };
    const { verdict } = attemptFacts(of.scope);
    if (per === 'attempt')
      return judgeRows(of, (row) => (verdict(row) === 0 ? 'unjudged' : verdict(row) === 1));
    const some = rowsWhere(of.rows, (row) => verdict(row) !== 0);
    const together = { some, ...enrolmentsOf(of, some) };
    const isPassed = scratchBytes(together.count);
    for (let at = 0; at < some.length; at += 1)
      if (verdict(some[at] as number) === 1) isPassed[together.numbers[at] as number] = 1;
    const judged = judgeTogether(of, together, (unit) => isPassed[unit] === 1);
    return { ...judged, excluded: { unjudged: of.rows.length - some.length } };
  },
});

/** Which attempts are of one person at one assessment in one registration. */
const enrolmentsOf = ({ scope }: Measuring<Params>, rows: Uint32Array): DenseNumbers => {
  const { person, a, registration } = scope.world.attempts.table;
  const keys = [wholeColumn(() => person), wholeColumn(() => a), wholeColumn(() => registration)] as const;
  const classes = keptClasses(scope, 'attempts by activity and registration', attemptRows(scope), keys);
  return denseNumbers(columnOver(rows, classes));
};
