import { excluding, rateCell, successesOf } from '../cells.ts';
import { attemptFacts, LATE } from '../grains/attempt-facts.ts';
import { ATTEMPT } from '../grains/attempt-grain.ts';
import { metric } from '../metric.ts';
import type { Scope } from '../query/scope.ts';

/** M04: the share of submissions that came after they were due. */
export const submissionsLate = metric({
  id: 'submissions.late',
  version: 1,
  label: 'Late submissions',
  description:
    'Of all that was handed in and had a date by which it was due, how much came after that date; what came on it is not late. What has no score counts too; what was carried over from before does not. What was never handed in is not in it.',
  formula: '#{t > due} / #{handed in, due known, not carried over}',
  numerator: 'Submissions after the date by which they were due.',
  denominator: 'Submissions with a date by which they were due, not carried over, with a score or without.',
  interval: 'Wilson 1927; effective n by design effect where persons have several submissions',
  kind: 'rate',
  unit: '1',
  minN: 30,
  grain: ATTEMPT,
  params: {},
  paramsInWords: {},
  defaults: {},
  measure: ({ scope, grain, rows }) => {
    const excluded = { carriedOver: 0, noDueDate: 0 };
    const found = successesOf(grain, rows, isLate(scope, excluded));
    return rateCell(found, excluding(excluded).excluded);
  },
  judge: ({ scope }) => isLate(scope, { carriedOver: 0, noDueDate: 0 }),
});

const isLate = (scope: Scope, excluded: { carriedOver: number; noDueDate: number }) => {
  const { handedIn, isCarriedOver, timeliness } = attemptFacts(scope);
  return (row: number): boolean | undefined => {
    if (handedIn(row) === 0) return undefined;
    const when = timeliness(row);
    if (isCarriedOver(row)) excluded.carriedOver += 1;
    else if (when === 0) excluded.noDueDate += 1;
    else return when === LATE;
    return undefined;
  };
};
