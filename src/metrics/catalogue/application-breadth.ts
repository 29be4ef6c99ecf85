import { excluding, meanCell } from '../cells.ts';
import { type ApplicationRule, forEachApplication } from '../grains/applications.ts';
import { SKILL, trainedAt, trainedRows } from '../grains/skill-grain.ts';
import { metric } from '../metric.ts';
import { oncePerScope } from '../query/once-per-scope.ts';
import { wholesOf } from '../query/over-rows.ts';
import type { Scope } from '../query/scope.ts';
import { scratchBytes, scratchNumbers } from '../scratch.ts';
import { denseNumbers } from '../statistics/dense-numbers.ts';
import {
  APPLICATION_DEFAULTS,
  APPLICATION_IN_WORDS,
  APPLICATION_PARAMS,
  type ApplicationParams,
  ruleOf,
} from './application-params.ts';

/** M11: how much of what somebody was trained in they use. */
export const applicationBreadth = metric<ApplicationParams>({
  id: 'application.breadth',
  version: 1,
  label: 'Breadth of application',
  description:
    'The share of the skills in which a person was trained that they have applied at work since, as a mean over people: each counts the same, however many skills they have.',
  formula: 'mean over p of #{c: trained and applied} / #{c: trained}',
  numerator: 'Skills of the person that were applied after the training.',
  denominator: 'Skills in which the person was trained.',
  interval: 'Student’s t over people',
  kind: 'mean',
  unit: '1',
  minN: 30,
  grain: SKILL,
  params: APPLICATION_PARAMS,
  paramsInWords: APPLICATION_IN_WORDS,
  defaults: APPLICATION_DEFAULTS,
  counted: (of) => trainedRows(of),
  measure: ({ scope, grain, rows, params }) => {
    const applied = appliedSince(scope, ruleOf({ ...APPLICATION_DEFAULTS, ...params }));
    const counted = trainedRows({ scope, rows });
    const { numbers, count } = denseNumbers(wholesOf(counted, grain.person));
    const [used, had] = [scratchNumbers(count), scratchNumbers(count)];
    for (let at = 0; at < counted.length; at += 1) {
      const who = numbers[at] as number;
      had[who] = (had[who] as number) + 1;
      used[who] = (used[who] as number) + (applied[counted[at] as number] as number);
    }
    const shares = used.map((one, who) => one / (had[who] as number));
    const untrained = rows.length - counted.length;
    return meanCell(shares, Uint32Array.from(shares.keys()), excluding({ untrained }).excluded);
  },
});

/** By row of person and skill, 1 if it was applied after the training. */
const appliedSince = (scope: Scope, rule: ApplicationRule): Uint8Array =>
  oncePerScope(scope, `applied since training ${JSON.stringify(rule)}`, () => {
    const trained = trainedAt(scope);
    const applied = scratchBytes(scope.world.skills.table.rows);
    forEachApplication(scope, rule, (head, time) => {
      if (time > trained(head)) applied[head] = 1;
    });
    return applied;
  });
