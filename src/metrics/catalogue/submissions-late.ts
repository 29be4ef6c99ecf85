import { attemptFacts, LATE } from '../grains/attempt-facts.ts';
import { ATTEMPT } from '../grains/attempt-grain.ts';
import { judgeRows } from '../judged.ts';
import { metric } from '../metric.ts';

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
  judge: ({ scope, grain, rows }) => {
    const { handedIn, isCarriedOver, timeliness } = attemptFacts(scope);
    return judgeRows({ grain, rows }, (row) => {
      if (handedIn(row) === 0) return undefined;
      if (isCarriedOver(row)) return 'carriedOver';
      const when = timeliness(row);
      return when === 0 ? 'noDueDate' : when === LATE;
    });
  },
});
