import { oneOf, optional } from '../../xapi/json-reader.ts';
import { excluding, rateCell, type Successes } from '../cells.ts';
import { attemptFacts } from '../grains/attempt-facts.ts';
import { ATTEMPT } from '../grains/attempt-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import { bitsOf, columnOver, rowsWhere, wholesOf } from '../query/over-rows.ts';
import { denseKeys } from '../statistics/dense-keys.ts';

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
  measure: (of) => {
    const { per } = { ...DEFAULTS, ...of.params };
    const { success, judged, excluded } = judgedRows(of);
    const person = wholesOf(judged, of.grain.person);
    const found = per === 'attempt' ? { success, person } : byEnrolment(of, judged, success, person);
    return rateCell(found, excluding(excluded).excluded);
  },
});

/** Attempts that were passed or failed, and which were passed. */
const judgedRows = ({ scope, rows }: Measuring<Params>) => {
  const { verdict } = attemptFacts(scope);
  const judged = rowsWhere(rows, (row) => verdict(row) !== 0);
  const success = bitsOf(judged, (row) => verdict(row) === 1);
  return { judged, success, excluded: { unjudged: rows.length - judged.length } };
};

const byEnrolment = (
  { scope }: Measuring<Params>,
  judged: Uint32Array,
  passed: Uint8Array,
  person: Uint32Array,
): Successes => {
  const { table } = scope.world.attempts;
  const { numbers, count } = denseKeys(
    person,
    columnOver(judged, table.a),
    columnOver(judged, table.registration),
  );
  const found = { success: new Uint8Array(count), person: new Uint32Array(count) };
  for (let at = 0; at < judged.length; at += 1) {
    const key = numbers[at] as number;
    found.person[key] = person[at] as number;
    if (passed[at] === 1) found.success[key] = 1;
  }
  return found;
};
