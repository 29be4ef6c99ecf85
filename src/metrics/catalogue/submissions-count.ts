import { countCell, personsOf } from '../cells.ts';
import { attemptFacts } from '../grains/attempt-facts.ts';
import { ATTEMPT } from '../grains/attempt-grain.ts';
import { type Measuring, metric } from '../metric.ts';
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
  counted: (of) => submitted(of),
  measure: (of) => {
    const rows = submitted(of);
    return countCell(rows.length, personsOf(of.grain, rows));
  },
});

const submitted = ({ scope, rows }: Measuring<object>): Uint32Array => {
  const { handedIn } = attemptFacts(scope);
  return rowsWhere(rows, (row) => handedIn(row) !== 0);
};
