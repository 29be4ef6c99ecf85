import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { aalenJohansen } from '../../../src/metrics/statistics/aalen-johansen.ts';
import { clusteredRate } from '../../../src/metrics/statistics/clustered.ts';
import { countTimes } from '../../../src/metrics/statistics/count-times.ts';
import { kaplanMeier } from '../../../src/metrics/statistics/kaplan-meier.ts';
import { moments } from '../../../src/metrics/statistics/moments.ts';
import { quantiles } from '../../../src/metrics/statistics/quantiles.ts';
import { medianOf, valueAt } from '../../../src/metrics/statistics/step-curve.ts';
import { ENDED_BY } from '../../../src/metrics/statistics/survival-counts.ts';
import { wilson } from '../../../src/metrics/statistics/wilson.ts';
import { DATA, golden } from './golden.ts';
import { type Enrolment, enrolments, type Submission, submissions } from './oulad.ts';

const withOulad = existsSync(join(DATA, 'oulad')) ? describe : describe.skip;
const { censoring, event, competing } = ENDED_BY;

type End = { readonly time: number; readonly endedBy: number };

const counted = (ends: readonly End[]) =>
  countTimes({ time: ends.map(({ time }) => time), endedBy: ends.map(({ endedBy }) => endedBy) });

/** Who withdrew before day 0 is left out. */
const began = (all: Iterable<[string, Enrolment]>): [string, Enrolment][] =>
  [...all].filter(([, { withdrawn }]) => withdrawn === undefined || withdrawn >= 0);

const stay = ({ withdrawn, end }: Enrolment): End =>
  withdrawn === undefined || withdrawn > end
    ? { time: end, endedBy: censoring }
    : { time: withdrawn, endedBy: event };

const reach = ({ withdrawn, end }: Enrolment, firstHigh: number | undefined): End => {
  const leaves = withdrawn === undefined || withdrawn > end ? undefined : withdrawn;
  if (firstHigh !== undefined && firstHigh <= (leaves ?? end)) return { time: firstHigh, endedBy: event };
  return leaves === undefined ? { time: end, endedBy: censoring } : { time: leaves, endedBy: competing };
};

/** By enrolment, the first day of a score of 80 or more that is not banked; day 0 if it was earlier. */
const firstHighScores = (all: readonly Submission[]): ReadonlyMap<string, number> => {
  const first = new Map<string, number>();
  for (const { enrolment, day, isBanked, score } of all)
    if (!isBanked && (score ?? 0) >= 80)
      first.set(enrolment, Math.max(0, Math.min(day, first.get(enrolment) ?? day)));
  return first;
};

const rounded = (value: number | undefined, digits: number): number =>
  Number((value ?? Number.NaN).toFixed(digits));

withOulad('32,593 enrolments', () => {
  let all: ReturnType<typeof enrolments>;
  let made: ReturnType<typeof submissions>;
  beforeAll(() => {
    all = enrolments();
    made = submissions();
  });

  it('stay as the golden figures say', () => {
    const known = golden().oulad.km_stay_enrolled;
    const counts = counted(began(all).map(([, enrolment]) => stay(enrolment)));
    const curve = kaplanMeier(counts);
    expect(counts.subjects).toBe(known.n);
    expect(curve.events.reduce((sum, n) => sum + n, 0)).toBe(known.events);
    const found = Object.keys(known.S).map((day) => [day, rounded(valueAt(curve, Number(day))?.value, 6)]);
    expect(Object.fromEntries(found)).toEqual(known.S);
  });

  it.each(['AAA-2013J', 'BBB-2014J'] as const)(
    'of %s reach a score of 80 as the golden figures say',
    (name) => {
      const [n, events, withdrawn, censored, naive, km, cif, known] =
        golden().oulad.time_to_first_score_ge_80[name];
      const firstHigh = firstHighScores(made);
      const ends = began(all)
        .filter(([, { presentation }]) => presentation === name)
        .map(([key, enrolment]) => reach(enrolment, firstHigh.get(key)));
      const having = (by: number): End[] => ends.filter(({ endedBy }) => endedBy === by);
      expect([ends, having(event), having(competing), having(censoring)].map((list) => list.length)).toEqual([
        n,
        events,
        withdrawn,
        censored,
      ]);
      expect(
        quantiles(
          having(event).map(({ time }) => time),
          [0.5],
        ),
      ).toEqual([naive]);
      const counts = counted(ends);
      const [survival, incidence] = [kaplanMeier(counts), aalenJohansen(counts).event];
      expect([medianOf(survival).median, medianOf(incidence).median]).toEqual([km, cif]);
      const found = Object.keys(known).map((day) => {
        const [s, f] = [valueAt(survival, Number(day)), valueAt(incidence, Number(day))];
        return [day, [rounded(1 - (s?.value ?? 0), 4), rounded(f?.value, 4)]];
      });
      expect(Object.fromEntries(found)).toEqual(known);
    },
  );

  it('have the mean and the quartiles of all scores', () => {
    const { mean_score, median, q1, q3 } = golden().oulad.assessments;
    const scores = Float64Array.from(made.flatMap(({ score }) => (score === undefined ? [] : [score])));
    expect(rounded(moments(scores)?.mean, 8)).toBe(mean_score);
    expect(quantiles(scores, [0.25, 0.5, 0.75])).toEqual([q1, median, q3]);
  });

  it('of learners who enrolled again make the interval of the pass rate a little wider', () => {
    const rows = [...all.values()];
    const passed = rows.map(({ result }) => (result === 'Pass' || result === 'Distinction' ? 1 : 0));
    const found = clusteredRate(
      passed,
      rows.map(({ student }) => student),
    );
    const naive = wilson(found?.num ?? 0, rows.length);
    expect(found).toMatchObject({ num: 15385, den: 32593, clusters: 28785 });
    expect(found?.lo).toBeLessThan(naive?.lo ?? 0);
    expect(found?.effectiveN).toBeGreaterThan(28785);
  });
});
