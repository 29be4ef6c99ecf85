import { attemptFacts } from '../grains/attempt-facts.ts';
import { ATTEMPT } from '../grains/attempt-grain.ts';
import { judgeRows } from '../judged.ts';
import { metric } from '../metric.ts';

/** M06: the share of first attempts that were passed. */
export const assessmentFirstTimePass = metric({
  id: 'assessment.first_time_pass',
  version: 1,
  label: 'First-time pass rate',
  description:
    'Of all first attempts (of a person at an assessment, in a registration) that were passed or failed, how many were passed. Later attempts change nothing.',
  formula: '#{attempt 1 passed} / #{attempt 1 passed or failed}',
  numerator: 'First attempts that were passed.',
  denominator: 'First attempts that were passed or failed.',
  interval: 'Wilson 1927; effective n by design effect where persons have several first attempts',
  kind: 'rate',
  unit: '1',
  minN: 30,
  grain: ATTEMPT,
  params: {},
  paramsInWords: {},
  defaults: {},
  judge: ({ scope, grain, rows }) => {
    const { verdict } = attemptFacts(scope);
    const { number } = scope.world.attempts.table;
    return judgeRows({ grain, rows }, (row) => {
      if (number[row] !== 1) return 'laterAttempts';
      return verdict(row) === 0 ? 'unjudged' : verdict(row) === 1;
    });
  },
});
