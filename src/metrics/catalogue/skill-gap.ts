import { booleanValue, optional } from '../../xapi/json-reader.ts';
import { few, interval } from '../cells.ts';
import { NEED, needsOf } from '../grains/need-grain.ts';
import { metric } from '../metric.ts';
import { wholesOf } from '../query/over-rows.ts';
import { scratchNumbers } from '../scratch.ts';
import { ratioOfSums } from '../statistics/clustered.ts';
import { FRESH_DEFAULTS, FRESH_IN_WORDS, FRESH_PARAMS, type FreshParams } from './skill-coverage.ts';

type GapParams = FreshParams & { readonly weighted?: boolean };

const DEFAULTS: Required<GapParams> = { ...FRESH_DEFAULTS, weighted: true };

/** M12: how far people are from what their roles need. */
export const skillGap = metric<GapParams>({
  id: 'skill.gap',
  version: 1,
  label: 'Skill gap',
  description:
    'How many levels people lack, as a mean over the skills that they need for the roles they have at the moment of the question, weighted by what the role says; more than is needed does not make up for less. Grouped by skill and role it is a dot plot. `beside` has the levels needed and shown, and the sum of all gaps.',
  formula: 'Σ w · max(0, needed − level) / Σ w',
  numerator: 'Levels that are lacking, weighted.',
  denominator: 'Skills that people need for their roles, weighted.',
  interval: 'linearised variance clustered by person',
  kind: 'mean',
  unit: 'levels',
  minN: 30,
  grain: NEED,
  params: { ...FRESH_PARAMS, weighted: optional(booleanValue) },
  paramsInWords: {
    ...FRESH_IN_WORDS,
    weighted: 'Whether skills weigh as much as the role says; else all alike.',
  },
  defaults: DEFAULTS,
  measure: ({ scope, grain, rows, params }) => {
    const { includeStale, weighted } = { ...DEFAULTS, ...params };
    const { needed, weight, level, isFresh } = needsOf(scope);
    const [num, den] = [scratchNumbers(rows.length), scratchNumbers(rows.length)];
    const sums = { needed: 0, level: 0, gap: 0 };
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at] as number;
      const shown = includeStale || isFresh[row] === 1 ? (level[row] as number) : 0;
      const gap = Math.max(0, (needed[row] as number) - shown);
      den[at] = weighted ? (weight[row] as number) : 1;
      num[at] = gap * (den[at] as number);
      sums.needed += needed[row] as number;
      sums.level += shown;
      sums.gap += gap;
    }
    const mean = ratioOfSums({ num, den, person: wholesOf(rows, grain.person) });
    const n = rows.length;
    if (mean === undefined) return { value: null, n, ci: null, persons: 0 };
    const { value, lo, hi, clusters } = mean;
    const ci = lo === null || hi === null ? null : interval(lo, hi, 'taylor-by-person');
    const beside = { needed: sums.needed / n, level: sums.level / n, gap: sums.gap };
    return { value, n, ci, persons: clusters, ...few(n), beside };
  },
});
