import { type Members, optional, wholeFrom } from '../../xapi/json-reader.ts';
import { excluding, few, interval } from '../cells.ts';
import { type ApplicationRule, forEachApplication } from '../grains/applications.ts';
import { rosterDates } from '../grains/roster-dates.ts';
import { SKILL, trainedAt, trainedRows } from '../grains/skill-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import { fewestFor } from '../query/as-told.ts';
import { oncePerScope } from '../query/once-per-scope.ts';
import { numbersOf, wholesOf } from '../query/over-rows.ts';
import type { Scope } from '../query/scope.ts';
import { DAY } from '../query/zone.ts';
import { scratchIntegers, scratchNumbers } from '../scratch.ts';
import { rateOfPersons } from '../statistics/clustered.ts';
import { type DenseNumbers, denseNumbers } from '../statistics/dense-numbers.ts';
import type { CurveCell, CurvePoint, Reference } from '../views.ts';
import {
  APPLICATION_DEFAULTS,
  APPLICATION_IN_WORDS,
  APPLICATION_PARAMS,
  type ApplicationParams,
  ruleOf,
  seenUntil,
} from './application-params.ts';

type MaintenanceParams = ApplicationParams & { readonly months?: number; readonly minPersons?: number };

const MONTH = 30;
/** As many as bits. */
const MOST_MONTHS = 32;

const DEFAULTS: Required<MaintenanceParams> = { ...APPLICATION_DEFAULTS, months: 12, minPersons: 5 };

const PARAMS: Members<MaintenanceParams> = {
  ...APPLICATION_PARAMS,
  months: optional(wholeFrom(1, MOST_MONTHS)),
  minPersons: optional(wholeFrom(1, 1000)),
};

/** Estimates of training professionals in 150 organisations, no measurements (Saks and Belcourt 2006). */
const ESTIMATES: readonly Reference[] = [
  { label: 'estimated to apply it immediately (Saks and Belcourt 2006)', at: 0, value: 0.62 },
  { label: 'estimated to apply it after 6 months (Saks and Belcourt 2006)', at: 180, value: 0.44 },
  { label: 'estimated to apply it after a year (Saks and Belcourt 2006)', at: 365, value: 0.34 },
];

/** M11: whether what was trained goes on being used. */
export const applicationMaintenance = metric<MaintenanceParams>({
  id: 'application.maintenance',
  version: 1,
  label: 'Skill application by month',
  description:
    'Of the trained pairs of person and skill that were under observation through the month after the training (of 30 days each), how many were applied in it. Who left the company in or before the month is not under observation in it. The value is that of the last month that is told, as a share of the first.',
  formula: '#{applied in month k} / #{under observation through month k}',
  numerator: 'Pairs with an application in the month.',
  denominator: 'Pairs whose month has passed, and whose person was there through it.',
  interval: 'Wilson 1927; effective n by design effect where persons have several skills',
  kind: 'curve',
  unit: '1',
  minN: 30,
  grain: SKILL,
  params: PARAMS,
  paramsInWords: {
    ...APPLICATION_IN_WORDS,
    months: 'How many months are told.',
    minPersons: 'Months of fewer persons are not told.',
  },
  defaults: DEFAULTS,
  counted: (of) => trainedRows(of),
  measure: (of) => {
    const { months, minPersons } = { ...DEFAULTS, ...of.params };
    const fewest = fewestFor(of.scope.access, minPersons);
    const rows = trainedRows(of);
    const pairs = {
      applied: appliedMonths(of, rows),
      through: monthsThrough(of, rows),
      ...denseNumbers(wholesOf(rows, of.grain.person)),
    };
    const points = Array.from({ length: months }, (_, month) => pointOf(pairs, month)).filter(
      (one) => one !== undefined && one.persons >= fewest,
    ) as CurvePoint[];
    return cellOf(of, rows, points);
  },
});

const cellOf = (
  of: Measuring<MaintenanceParams>,
  rows: Uint32Array,
  points: readonly CurvePoint[],
): CurveCell => {
  const [first, last] = [points[0], points.at(-1)];
  const isKnown = first?.from === 0 && last !== undefined && first.value > 0;
  return {
    value: isKnown ? last.value / first.value : null,
    n: rows.length,
    persons: denseNumbers(wholesOf(rows, of.grain.person)).count,
    points,
    fit: null,
    references: ESTIMATES,
    ...few(rows.length),
    ...excluding({ untrained: of.rows.length - rows.length }),
  };
};

/** What there is to say of trained pairs, in one order. */
type Pairs = {
  /** A bit for each month after the training in which it was applied. */
  readonly applied: Int32Array;
  /** How many whole months after the training it has been under observation. */
  readonly through: Float64Array;
} & DenseNumbers;

const appliedMonths = ({ scope, params }: Measuring<MaintenanceParams>, rows: Uint32Array): Int32Array => {
  const byRow = monthsByRow(scope, ruleOf({ ...DEFAULTS, ...params }));
  const found = scratchIntegers(rows.length);
  for (let at = 0; at < rows.length; at += 1) found[at] = byRow[rows[at] as number] as number;
  return found;
};

const monthsByRow = (scope: Scope, rule: ApplicationRule): Int32Array =>
  oncePerScope(scope, `applied by month ${JSON.stringify(rule)}`, () => {
    const trained = trainedAt(scope);
    const byRow = scratchIntegers(scope.world.skills.table.rows);
    forEachApplication(scope, rule, (head, time) => {
      const since = time - trained(head);
      const month = Math.ceil(since / (MONTH * DAY)) - 1;
      if (since > 0 && month < MOST_MONTHS) byRow[head] = (byRow[head] as number) | (1 << month);
    });
    return byRow;
  });

const monthsThrough = ({ scope, grain }: Measuring<MaintenanceParams>, rows: Uint32Array): Float64Array => {
  const trained = trainedAt(scope);
  const roster = rosterDates(scope.world);
  const seen = seenUntil(scope);
  return numbersOf(rows, (row) => {
    const begin = trained(row);
    const left = roster.left(grain.person(row), begin);
    const until = Number.isNaN(left) ? seen : Math.min(left, seen);
    return Math.floor((until - begin) / (MONTH * DAY));
  });
};

const pointOf = (pairs: Pairs, month: number): CurvePoint | undefined => {
  const rate = rateOfPersons(sumsIn(pairs, month));
  if (rate === undefined) return undefined;
  const { value, den, lo, hi, clusters } = rate;
  const method = clusters === den ? 'wilson' : 'wilson-effective-n';
  const [from, to] = [month * MONTH, (month + 1) * MONTH];
  return { from, to, at: (from + to) / 2, value, n: den, persons: clusters, ci: interval(lo, hi, method) };
};

/** By person who was under observation through the month, how many pairs were applied in it, and how many there were. */
const sumsIn = ({ applied, through, numbers, count }: Pairs, month: number) => {
  const [num, den] = [scratchNumbers(count), scratchNumbers(count)];
  for (let at = 0; at < applied.length; at += 1) {
    if ((through[at] as number) <= month) continue;
    const who = numbers[at] as number;
    num[who] = (num[who] as number) + (((applied[at] as number) >>> month) & 1);
    den[who] = (den[who] as number) + 1;
  }
  let n = 0;
  for (let who = 0; who < count; who += 1) {
    if (den[who] === 0) continue;
    num[n] = num[who] as number;
    den[n] = den[who] as number;
    n += 1;
  }
  return { num: num.subarray(0, n), den: den.subarray(0, n) };
};
