import { excluding, personsOf } from '../cells.ts';
import { type AttemptFacts, attemptFacts } from '../grains/attempt-facts.ts';
import { ATTEMPT } from '../grains/attempt-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import { rowsWhere } from '../query/over-rows.ts';
import { scratchBytes, scratchNumbers, scratchWholes } from '../scratch.ts';
import { countTimes } from '../statistics/count-times.ts';
import { kaplanMeier } from '../statistics/kaplan-meier.ts';
import { medianOf } from '../statistics/step-curve.ts';
import { ENDED_BY } from '../statistics/survival-counts.ts';
import type { SurvivalCell } from '../views.ts';
import { medianInterval } from './survival-cell.ts';

/** M06: how many attempts it takes to pass. */
export const assessmentAttemptsToPass = metric({
  id: 'assessment.attempts_to_pass',
  version: 1,
  label: 'Attempts to pass',
  description:
    'After how many attempts people pass an assessment. Those who have not passed (yet), or have given up, count as long as they tried: they are censored after their last attempt, not left out. A person counts once for each assessment and registration, where the first attempt is; later attempts are followed wherever they are. Attempts without a verdict do not count.',
  formula:
    'S(k) = Π (1 − passed at attempt i / tried attempt i), i ≤ k (Kaplan and Meier 1958); value: first k with S(k) ≤ ½',
  interval: 'log-log Greenwood for the curve; Brookmeyer and Crowley 1982 for the median',
  kind: 'survival',
  unit: 'attempts',
  minN: 30,
  grain: ATTEMPT,
  params: {},
  paramsInWords: {},
  defaults: {},
  counted: ({ scope, rows }) => {
    const known = attemptFacts(scope);
    const { number } = scope.world.attempts.table;
    return rowsWhere(rows, (row) => number[row] === 1 && follow(known, row).tries > 0);
  },
  proof: ({ scope, grain }) => {
    const { next } = attemptFacts(scope);
    return (first) => {
      const facts: number[] = [];
      for (let row = next(first); row !== -1; row = next(row)) facts.push(...grain.facts(row));
      return facts;
    };
  },
  measure: (of) => survivalOf(of),
});

const survivalOf = ({ scope, grain, rows }: Measuring<object>): SurvivalCell => {
  const known = attemptFacts(scope);
  const { number } = scope.world.attempts.table;
  const time = scratchNumbers(rows.length);
  const endedBy = scratchBytes(rows.length);
  const counted = scratchWholes(rows.length);
  const excluded = { laterAttempts: 0, unjudged: 0 };
  let n = 0;
  for (const row of rows) {
    if (number[row] !== 1) {
      excluded.laterAttempts += 1;
      continue;
    }
    const { tries, isPassed } = follow(known, row);
    if (tries === 0) {
      excluded.unjudged += 1;
      continue;
    }
    counted[n] = row;
    time[n] = tries;
    endedBy[n] = isPassed ? ENDED_BY.event : ENDED_BY.censoring;
    n += 1;
  }
  const persons = personsOf(grain, counted.subarray(0, n));
  return {
    ...cellOf(time.subarray(0, n), endedBy.subarray(0, n)),
    persons,
    ...(n > 0 && n < 30 ? { lowN: true as const } : {}),
    ...excluding(excluded),
  };
};

/** How many attempts were judged until one was passed, or in all. */
const follow = ({ verdict, next }: AttemptFacts, first: number): { tries: number; isPassed: boolean } => {
  let tries = 0;
  for (let row = first; row !== -1; row = next(row)) {
    if (verdict(row) !== 0) tries += 1;
    if (verdict(row) === 1) return { tries, isPassed: true };
  }
  return { tries, isPassed: false };
};

const cellOf = (time: Float64Array, endedBy: Uint8Array): Omit<SurvivalCell, 'persons'> => {
  const curve = kaplanMeier(countTimes({ time, endedBy }));
  const median = medianOf(curve);
  const events = endedBy.reduce((sum, by) => sum + (by === ENDED_BY.event ? 1 : 0), 0);
  return {
    value: median.median,
    ci: time.length === 0 ? null : medianInterval(median),
    n: time.length,
    events,
    competing: 0,
    censored: time.length - events,
    unit: 'attempts',
    time: [...curve.times],
    survival: [...curve.value],
    lo: [...curve.lo],
    hi: [...curve.hi],
    atRisk: [...curve.atRisk],
  };
};
