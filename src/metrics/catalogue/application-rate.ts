import { oneOf, optional } from '../../xapi/json-reader.ts';
import { forEachApplication, forEachOpportunity } from '../grains/applications.ts';
import { SKILL, trainedAt } from '../grains/skill-grain.ts';
import { judgeRows } from '../judged.ts';
import { metric } from '../metric.ts';
import { oncePerScope } from '../query/once-per-scope.ts';
import type { Scope } from '../query/scope.ts';
import { DAY } from '../query/zone.ts';
import { scratchBytes } from '../scratch.ts';
import {
  ruleOf,
  seenUntil,
  WINDOW_DEFAULTS,
  WINDOW_IN_WORDS,
  WINDOW_PARAMS,
  type WindowParams,
} from './application-params.ts';

type RateParams = WindowParams & { readonly opportunity?: 'all' | 'only' };

const DEFAULTS: Required<RateParams> = { ...WINDOW_DEFAULTS, opportunity: 'all' };

/** M11: how much of what was trained is used at work. */
export const applicationRate = metric<RateParams>({
  id: 'application.rate',
  version: 1,
  label: 'Skill application rate',
  description:
    'Of all pairs of a person and a skill that they were trained in, how many were applied at work within the window after the training. Who left without having applied it stays in; a window that has not passed yet is left out.',
  formula: '#{(p, c): |A(p, c, (t₀, t₀ + W])| ≥ 1} / #{(p, c): trained, window passed}',
  numerator: 'Pairs with an application that is known well enough, after the training and within the window.',
  denominator: 'Pairs of a person and a skill that was trained, whose window has passed.',
  interval: 'Wilson 1927; effective n by design effect where persons have several skills',
  kind: 'rate',
  unit: '1',
  minN: 30,
  grain: SKILL,
  params: { ...WINDOW_PARAMS, opportunity: optional(oneOf(['all', 'only'])) },
  paramsInWords: {
    ...WINDOW_IN_WORDS,
    opportunity:
      'all, or only: those for whom an occasion to use it at work is known within the window (a task, a ticket, a shift).',
  },
  defaults: DEFAULTS,
  judge: ({ scope, grain, rows, params }) => {
    const { window, opportunity, ...rule } = { ...DEFAULTS, ...params };
    const length = window * DAY;
    const trained = trainedAt(scope);
    const applied = oncePerScope(scope, `applied in window ${JSON.stringify([length, ruleOf(rule)])}`, () =>
      inWindow(scope, length, (visit) => forEachApplication(scope, ruleOf(rule), visit)),
    );
    const had = opportunity === 'only' ? occasions(scope, length) : undefined;
    const seen = seenUntil(scope);
    return judgeRows({ grain, rows }, (row) => {
      const time = trained(row);
      if (Number.isNaN(time)) return 'untrained';
      if (time + length > seen) return 'immature';
      return had?.[row] === 0 ? 'withoutOpportunity' : applied[row] === 1;
    });
  },
});

const occasions = (scope: Scope, length: number): Uint8Array =>
  oncePerScope(scope, `occasions in window ${length}`, () =>
    inWindow(scope, length, (visit) => forEachOpportunity(scope, visit)),
  );

type ForEach = (visit: (head: number, time: number) => void) => void;

/** By row of person and skill, 1 if something was visited after the training and within the window. */
const inWindow = (scope: Scope, length: number, forEach: ForEach): Uint8Array => {
  const trained = trainedAt(scope);
  const found = scratchBytes(scope.world.skills.table.rows);
  forEach((head, time) => {
    const since = time - trained(head);
    if (since > 0 && since <= length) found[head] = 1;
  });
  return found;
};
