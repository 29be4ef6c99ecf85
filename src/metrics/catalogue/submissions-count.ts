import { countCell, personsOf } from '../cells.ts';
import { attemptFacts } from '../grains/attempt-facts.ts';
import { ATTEMPT } from '../grains/attempt-grain.ts';
import { metric } from '../metric.ts';
import { rowsWhere } from '../query/over-rows.ts';

/** M06: how much was handed in. */
export const submissionsCount = metric({
  id: 'submissions.count',
  version: 1,
  label: 'Submissions',
  description:
    'How often something was handed in to be judged, with a score or without one: attempts, each counted once however many statements tell of it. The dimension scored tells those with a score from those without one yet.',
  formula: '#{attempts that were handed in or scored}',
  kind: 'count',
  unit: 'submissions',
  minN: 0,
  grain: ATTEMPT,
  params: {},
  paramsInWords: {},
  defaults: {},
  measure: ({ scope, grain, rows }) => {
    const { handedIn } = attemptFacts(scope);
    const submitted = rowsWhere(rows, (row) => handedIn(row) !== 0);
    return countCell(submitted.length, personsOf(grain, submitted));
  },
});
