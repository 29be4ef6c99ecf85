import { meanCell } from './cells.ts';
import { histogram } from './statistics/histogram.ts';
import { moments } from './statistics/moments.ts';
import { quantiles } from './statistics/quantiles.ts';
import type { DistributionCell, Evidence } from './views.ts';

const AT = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];

/**
 * How values lie: their mean with its interval (linearised variance, clustered by person), their spread, quantiles of
 * type 7, and how many lie between edges. `edgesFor` is given the least and the greatest.
 */
export const distributionCell = (
  values: Float64Array,
  person: Uint32Array,
  edgesFor: (least: number, greatest: number) => readonly number[],
  excluded: Evidence['excluded'] = undefined,
): DistributionCell => {
  const mean = meanCell(values, person, excluded);
  const found = quantiles(values, AT);
  const at = (place: number): number | null => found[place] ?? null;
  const [min, p5, q1, median, q3, p95, max] = AT.map((_, place) => at(place)) as [
    number | null,
    number | null,
    number | null,
    number | null,
    number | null,
    number | null,
    number | null,
  ];
  const variance = moments(values)?.variance ?? null;
  const sd = variance === null ? null : Math.sqrt(variance);
  return {
    ...mean,
    sd,
    min,
    p5,
    q1,
    median,
    q3,
    p95,
    max,
    histogram: histogramOf(values, min, max, edgesFor),
  };
};

const histogramOf = (
  values: Float64Array,
  least: number | null,
  greatest: number | null,
  edgesFor: (least: number, greatest: number) => readonly number[],
): DistributionCell['histogram'] => {
  if (least === null || greatest === null) return null;
  const edges = edgesFor(least, greatest);
  return { edges, counts: [...histogram(values, edges).counts] };
};
