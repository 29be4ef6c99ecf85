import { type Members, optional } from '../../xapi/json-reader.ts';
import { forEachApplication } from '../grains/applications.ts';
import type { Moment } from '../grains/grain.ts';
import { rosterDates } from '../grains/roster-dates.ts';
import { SKILL, trainedAt, trainedRows } from '../grains/skill-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import { oncePerScope } from '../query/once-per-scope.ts';
import type { Scope } from '../query/scope.ts';
import { DAY } from '../query/zone.ts';
import { scratchNumbers } from '../scratch.ts';
import {
  APPLICATION_DEFAULTS,
  APPLICATION_IN_WORDS,
  APPLICATION_PARAMS,
  type ApplicationParams,
  ruleOf,
} from './application-params.ts';
import { type CollectedTimes, collectTimes } from './collect-times.ts';
import { survivalCell } from './survival-cell.ts';
import {
  daysOrNull,
  listOfWords,
  TIME_DEFAULTS,
  TIME_IN_WORDS,
  TIME_PARAMS,
  type TimeParams,
} from './survival-params.ts';

type TimeToApply = ApplicationParams &
  Pick<TimeParams, 'days' | 'meanTo'> & {
    readonly horizon?: number | null;
    readonly competing?: readonly ('left' | 'role-left')[];
  };

const DEFAULTS: Required<TimeToApply> = {
  ...APPLICATION_DEFAULTS,
  days: TIME_DEFAULTS.days,
  meanTo: null,
  horizon: null,
  competing: ['left'],
};

const PARAMS: Members<TimeToApply> = {
  ...APPLICATION_PARAMS,
  days: TIME_PARAMS.days,
  meanTo: TIME_PARAMS.meanTo,
  horizon: optional(daysOrNull),
  competing: optional(listOfWords(['left', 'role-left'])),
};

/** M11: how long it takes until what was trained is used. */
export const applicationTime = metric<TimeToApply>({
  id: 'application.time',
  version: 1,
  label: 'Time to first application',
  description:
    'The share of trained pairs of person and skill that have been applied at work, by days since the training. Pairs that have not been applied yet count as far as they have come; who left will not apply it any more. Applications before the training do not count.',
  formula: 'F(t) = Σ S(t_i −) d_i / n_i',
  numerator: 'Pairs that were first applied on the day.',
  denominator: 'Trained pairs under observation that had not been applied until the day.',
  interval: 'Aalen 1978 with log-log band; median: Brookmeyer and Crowley 1982',
  kind: 'survival',
  unit: 'days',
  minN: 30,
  grain: SKILL,
  params: PARAMS,
  paramsInWords: {
    ...APPLICATION_IN_WORDS,
    days: TIME_IN_WORDS.days,
    meanTo: TIME_IN_WORDS.meanTo,
    horizon: 'The last day of observation; null for the moment of the question.',
    competing: 'What forestalls it: left (the company), role-left (the role held when it was trained).',
  },
  defaults: DEFAULTS,
  counted: (of) => timesOf(of).counted,
  measure: (of) => {
    const { competing, days, meanTo } = { ...DEFAULTS, ...of.params };
    return survivalCell(timesOf(of), { days, meanTo, competes: competing.length > 0 });
  },
});

const timesOf = ({ scope, grain, rows, params }: Measuring<TimeToApply>): CollectedTimes => {
  const { horizon, competing, days: _days, meanTo: _meanTo, ...rule } = { ...DEFAULTS, ...params };
  const trained = trainedAt(scope);
  const first = oncePerScope(scope, `first applied ${JSON.stringify(ruleOf(rule))}`, () =>
    firstAfter(scope, trained, rule),
  );
  const seen = scope.asOf;
  return collectTimes(grain, trainedRows({ scope, rows }), {
    origin: trained,
    event: (row) => first[row] as number,
    competing: leaving(scope, trained, competing),
    until: (row) => (horizon === null ? seen : Math.min(seen, trained(row) + horizon * DAY)),
    prior: 'zero',
  });
};

const firstAfter = (scope: Scope, trained: Moment, rule: Required<ApplicationParams>): Float64Array => {
  const first = scratchNumbers(scope.world.skills.table.rows).fill(Number.NaN);
  forEachApplication(scope, ruleOf(rule), (head, time) => {
    if (time > trained(head) && Number.isNaN(first[head])) first[head] = time;
  });
  return first;
};

const leaving = (scope: Scope, trained: Moment, causes: readonly ('left' | 'role-left')[]): Moment => {
  const roster = rosterDates(scope.world);
  const { person } = scope.world.skills.table;
  const [leaves, changes] = [causes.includes('left'), causes.includes('role-left')];
  const leftAt = (who: number, time: number): number => (leaves ? roster.left(who, time) : Number.NaN);
  const changedAt = (who: number, time: number): number =>
    changes ? (roster.spells.to[roster.spellAt(who, time)] ?? Number.NaN) : Number.NaN;
  return (row) => {
    const who = person[row] as number;
    if (!roster.knows(who)) return Number.NaN;
    const time = trained(row);
    const left = leftAt(who, time);
    const changed = changedAt(who, time);
    const first = Number.isNaN(left) || changed < left ? changed : left;
    return first <= scope.asOf ? first : Number.NaN;
  };
};
