import { excluding, few, interval } from '../cells.ts';
import { forEachApplication } from '../grains/applications.ts';
import { SKILL, trainedAt } from '../grains/skill-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import { oncePerScope } from '../query/once-per-scope.ts';
import { bitsOf, rowsWhere, wholesOf } from '../query/over-rows.ts';
import type { Scope } from '../query/scope.ts';
import { DAY } from '../query/zone.ts';
import { scratchBytes } from '../scratch.ts';
import { ratioOfSums } from '../statistics/clustered.ts';
import type { MeanCell } from '../views.ts';
import {
  ruleOf,
  seenUntil,
  WINDOW_DEFAULTS,
  WINDOW_IN_WORDS,
  WINDOW_PARAMS,
  type WindowParams,
} from './application-params.ts';

/** M11: how much more is used at work after training than before. */
export const applicationNetRate = metric<WindowParams>({
  id: 'application.net_rate',
  version: 1,
  label: 'Net skill application rate',
  description:
    'The share of trained pairs of person and skill that were applied within the window after the training, less the share that were applied within as long before it (they were practising already). `beside` has both shares and `practising`, how many had applied it before. It compares people with themselves; what else changed at the time is in it.',
  formula: 'SAR after − SAR before',
  numerator: 'Pairs applied after, less pairs applied before.',
  denominator: 'Pairs of a person and a skill that was trained, whose window has passed.',
  interval: 'linearised variance of the paired differences, clustered by person',
  kind: 'mean',
  unit: '1',
  minN: 30,
  grain: SKILL,
  params: WINDOW_PARAMS,
  paramsInWords: WINDOW_IN_WORDS,
  defaults: WINDOW_DEFAULTS,
  counted: (of) => matured(of),
  measure: (of) => netCell(of, bothSides(of)),
});

const AFTER = 1;
const BEFORE = 2;

/** By row of person and skill, on which sides of the training it was applied. The very moment of it is on none. */
const bothSides = ({ scope, params }: Measuring<WindowParams>): Uint8Array => {
  const all = { ...WINDOW_DEFAULTS, ...params };
  const key = `both sides of training ${JSON.stringify([all.window, ruleOf(all)])}`;
  return oncePerScope(scope, key, () => findSides(scope, all));
};

const findSides = (scope: Scope, { window, ...rule }: Required<WindowParams>): Uint8Array => {
  const trained = trainedAt(scope);
  const sides = scratchBytes(scope.world.skills.table.rows);
  forEachApplication(scope, ruleOf(rule), (head, time) => {
    const since = time - trained(head);
    if (since === 0 || !(Math.abs(since) <= window * DAY)) return;
    sides[head] = (sides[head] as number) | (since > 0 ? AFTER : BEFORE);
  });
  return sides;
};

const netCell = (of: Measuring<WindowParams>, sides: Uint8Array): MeanCell => {
  const { scope, grain, rows } = of;
  const trained = trainedAt(scope);
  const counted = matured(of);
  const on = (side: number): Uint8Array => bitsOf(counted, (row) => ((sides[row] as number) & side) !== 0);
  const [after, before] = [on(AFTER), on(BEFORE)];
  const person = wholesOf(counted, grain.person);
  const untrained = rowsWhere(rows, (row) => Number.isNaN(trained(row))).length;
  const beside = excluding({ untrained, immature: rows.length - untrained - counted.length });
  const change = new Int8Array(after.length);
  for (let at = 0; at < change.length; at += 1) change[at] = (after[at] as number) - (before[at] as number);
  const net = ratioOfSums({ num: change, person });
  if (net === undefined) return { value: null, n: 0, ci: null, persons: 0, ...beside };
  const { value, lo, hi, clusters } = net;
  const practising = before.reduce((all, is) => all + is, 0);
  const applying = after.reduce((all, is) => all + is, 0);
  const n = counted.length;
  return {
    value,
    n,
    ci: lo === null || hi === null ? null : interval(lo, hi, 'taylor-by-person'),
    persons: clusters,
    ...few(n),
    ...beside,
    beside: { after: applying / n, before: practising / n, practising },
  };
};

/** What was trained so long ago that the window has passed. */
const matured = ({ scope, rows, params }: Measuring<WindowParams>): Uint32Array => {
  const { window } = { ...WINDOW_DEFAULTS, ...params };
  const trained = trainedAt(scope);
  const latest = seenUntil(scope) - window * DAY;
  return rowsWhere(rows, (row) => trained(row) <= latest);
};
