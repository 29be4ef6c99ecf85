import type { Judged } from '../judged.ts';
import type { Measuring } from '../metric.ts';
import type { Part } from '../query/answer-rows.ts';
import type { MetricRequest, Query } from '../query/query.ts';
import type { Table } from '../query/run-query.ts';
import type { Scope } from '../query/scope.ts';
import { passing } from '../scratch.ts';
import { pairedDifference } from '../statistics/clustered.ts';
import { haveCommon } from '../statistics/dense-numbers.ts';
import { differenceOfIndependent } from '../statistics/newcombe.ts';
import type { Answer, Cell, Compared, Interval } from '../views.ts';
import type { ComparisonQuery } from './comparison-query.ts';

/** A cell and the rows that it stands for. */
type Side = { readonly cell: Cell | null; readonly part: Part | null };

/** Puts beside each cell what it is compared with: the cell of the row that says the same. */
export const compareTables = (
  { metrics }: Query,
  own: Table,
  { keyOf, otherKeyOf }: ComparisonQuery,
  other: Table,
  scope: Scope,
): Pick<Answer, 'comparison' | 'totalsComparison'> => {
  const others = new Map(other.rows.map((row) => [otherKeyOf(row.values), row]));
  const comparison = own.rows.map((row) => {
    const match = others.get(keyOf(row.values));
    return metrics.map((request, at) =>
      compared(
        request,
        { cell: row.cells[at] ?? null, part: row.parts[at] ?? null },
        { cell: match?.cells[at] ?? null, part: match?.parts[at] ?? null },
        scope,
      ),
    );
  });
  if (own.totals === undefined) return { comparison };
  const side = ({ totals = [], totalParts }: Table, at: number): Side => ({
    cell: totals[at] ?? null,
    part: totalParts[at] ?? null,
  });
  const totalsComparison = metrics.map((request, at) =>
    compared(request, side(own, at), side(other, at), scope),
  );
  return { comparison, totalsComparison };
};

const compared = (request: MetricRequest, own: Side, other: Side, scope: Scope): Compared => {
  const { cell } = other;
  const told = {
    value: cell?.value ?? null,
    num: numberIn(cell, 'num'),
    den: numberIn(cell, 'den'),
  };
  const [a, b] = [own.cell?.value ?? null, told.value];
  const isHidden = own.cell?.suppressed === true || cell?.suppressed === true;
  if (a === null || b === null) {
    const reason = isHidden ? 'Too few people stand behind one of them.' : 'One of them has no value.';
    return { ...told, delta: null, ci: null, comparable: false, reason };
  }
  const comparable = !waits(own.cell) && !waits(cell);
  return { ...told, delta: a - b, ...intervalOf(request, own, other, scope), comparable };
};

const numberIn = (cell: Cell | null, name: 'num' | 'den'): number | null =>
  ((cell as Readonly<Record<string, unknown>> | null)?.[name] as number | null | undefined) ?? null;

/** Whether rows were left out whose window has not passed. */
const waits = (cell: Cell | null): boolean => (cell?.excluded?.['immature'] ?? 0) > 0;

type Difference = { readonly ci: Interval | null; readonly reason?: string };

/**
 * Newcombe's where nobody is in both, else by what each person's rows say in both; where those all agree, they know
 * nothing of a spread, and it is Newcombe's again.
 */
const intervalOf = (request: MetricRequest, own: Side, other: Side, scope: Scope): Difference => {
  const { kind } = request.metric;
  if (kind !== 'rate' || own.part === null || other.part === null)
    return { ci: null, reason: `There is no interval for a difference of this ${kind}.` };
  if (!overlap(own.part, other.part)) return apart(own.cell, other.cell);
  const [one, another] = [own.part, other.part];
  return passing(() => paired(own, other, judged(request, one, scope), judged(request, another, scope)));
};

const apart = (own: Cell | null, other: Cell | null): Difference => {
  const [a, b] = [estimateOf(own), estimateOf(other)];
  if (a === undefined || b === undefined) return { ci: null, reason: 'One of them has no interval.' };
  const { lo, hi } = differenceOfIndependent(a, b);
  return { ci: { lo, hi, level: 0.95, method: 'newcombe' } };
};

const judged = ({ metric, params }: MetricRequest, part: Part, scope: Scope): Judged =>
  (metric.judge as (of: Measuring<object>) => Judged)({ scope, ...part, params });

const overlap = (one: Part, other: Part): boolean =>
  haveCommon(one.rows, one.grain.person.all(), other.rows, other.grain.person.all());

const paired = (own: Side, other: Side, a: Judged, b: Judged): Difference => {
  const difference = pairedDifference(sumsOf(a), sumsOf(b));
  const { lo = null, hi = null, se = null } = difference ?? {};
  if (se === 0) return apart(own.cell, other.cell);
  if (lo === null || hi === null)
    return { ci: null, reason: 'One person says nothing of how far others differ.' };
  return { ci: { lo, hi, level: 0.95, method: 'paired-by-person' } };
};

const sumsOf = ({ num, of, person }: Judged) => ({ num, person, ...(of === undefined ? {} : { den: of }) });

const estimateOf = (cell: Cell | null) => {
  const { value, ci } = cell as { readonly value: number | null; readonly ci?: Interval | null };
  return value === null || ci === null || ci === undefined ? undefined : { value, lo: ci.lo, hi: ci.hi };
};
