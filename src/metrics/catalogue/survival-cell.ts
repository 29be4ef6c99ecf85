import { excluding, few } from '../cells.ts';
import { scratchNumbers } from '../scratch.ts';
import { aalenJohansen, type CumulativeIncidence } from '../statistics/aalen-johansen.ts';
import { type CountedTimes, countTimes } from '../statistics/count-times.ts';
import { countAll } from '../statistics/dense-numbers.ts';
import { kaplanMeier, type SurvivalCurve } from '../statistics/kaplan-meier.ts';
import { restrictedMean } from '../statistics/restricted-mean.ts';
import { type Median, medianOf, type StepCurve, type StepValue, valueAt } from '../statistics/step-curve.ts';
import { ENDED_BY } from '../statistics/survival-counts.ts';
import type { Interval, OpenInterval, SurvivalCell } from '../views.ts';
import type { CollectedTimes } from './collect-times.ts';

/** More steps than this are not told. */
const MOST_STEPS = 400;

export type SurvivalView = {
  /** Days on which the curve is told exactly. */
  readonly days: readonly number[];
  /** Whether something can forestall the event: then the incidence is told too. */
  readonly competes: boolean;
  /** Days up to which the mean is taken; null for none. */
  readonly meanTo: number | null;
  readonly beside?: Readonly<Record<string, number | null>>;
  readonly warnings?: readonly string[];
};

/** Kaplan and Meier's curve, and where something competes Aalen and Johansen's, of times that were collected. */
export const survivalCell = (times: CollectedTimes, view: SurvivalView): SurvivalCell => {
  const counts = countTimes(times.subjects);
  const persons = countAll(times.person);
  const curve = kaplanMeier(counts);
  const incidence = view.competes ? aalenJohansen(counts) : undefined;
  const told = medianOf(incidence?.event ?? curve);
  const beside = { ...view.beside, ...(times.atZero > 0 ? { atZero: times.atZero } : {}) };
  return {
    value: told.median,
    ci: counts.subjects === 0 ? null : medianInterval(told),
    ...totalsOf(counts),
    persons,
    unit: 'days',
    ...stepsOf(curve, incidence),
    ...(incidence === undefined ? {} : { survivalMedian: medianOf(curve).median }),
    at: view.days.map((day) => atDay(day, curve, incidence)),
    ...meanOf(curve, view.meanTo),
    ...few(counts.subjects),
    ...excluding({ ...times.excluded, neverAtRisk: counts.neverAtRisk }),
    ...(Object.keys(beside).length === 0 ? {} : { beside }),
    ...warningsOf(persons < times.person.length, view),
  };
};

/** The median of those alone who had the event, which is always too soon: only for comparing. */
export const medianOfThoseWhoHadIt = ({ subjects }: CollectedTimes): number | null => {
  const had = scratchNumbers(subjects.time.length);
  let n = 0;
  for (let at = 0; at < had.length; at += 1) {
    if (subjects.endedBy[at] !== ENDED_BY.event) continue;
    had[n] = subjects.time[at] as number;
    n += 1;
  }
  return middleOf(had.subarray(0, n).sort());
};

const middleOf = (had: Float64Array): number | null => {
  const middle = had.length >> 1;
  if (had.length === 0) return null;
  return had.length % 2 === 1
    ? (had[middle] as number)
    : ((had[middle - 1] as number) + (had[middle] as number)) / 2;
};

const sum = (list: ArrayLike<number>): number => {
  let total = 0;
  for (let at = 0; at < list.length; at += 1) total += list[at] as number;
  return total;
};

const totalsOf = ({ subjects, events, competing, censored }: CountedTimes) => ({
  n: subjects,
  events: sum(events),
  competing: sum(competing),
  censored: sum(censored),
});

const stepsOf = (curve: SurvivalCurve, incidence: CumulativeIncidence | undefined) => {
  const steps: StepCurve = incidence?.event ?? curve;
  const places = thinned(steps.times.length);
  const time = places.map((place) => steps.times[place] as number);
  const atRisk = places.map((place) => steps.atRisk[place] as number);
  return {
    time,
    ...columnsOf(time, curve, 'survival'),
    atRisk,
    ...(incidence === undefined
      ? {}
      : {
          incidence: {
            ...columnsOf(time, incidence.event, 'value'),
            median: medianOf(incidence.event).median,
          },
        }),
  };
};

/** The first and the last of so many, and some between them. */
const thinned = (length: number): readonly number[] => {
  if (length <= MOST_STEPS) return Array.from({ length }, (_, place) => place);
  return Array.from({ length: MOST_STEPS }, (_, at) => Math.round((at * (length - 1)) / (MOST_STEPS - 1)));
};

const columnsOf = <Name extends string>(time: readonly number[], curve: StepCurve, name: Name) => {
  const values = time.map((day) => valueAt(curve, day));
  return {
    [name]: values.map((one) => one?.value ?? null),
    lo: values.map((one) => one?.lo ?? null),
    hi: values.map((one) => one?.hi ?? null),
  } as { readonly [Key in Name]: readonly number[] } & Pick<SurvivalCell, 'lo' | 'hi'>;
};

const atDay = (day: number, curve: SurvivalCurve, incidence: CumulativeIncidence | undefined) => {
  const survival = valueAt(curve, day);
  const share = incidence === undefined ? undefined : valueAt(incidence.event, day);
  return {
    day,
    value: survival?.value ?? null,
    ci: bandOf(survival, 'greenwood-log-log'),
    ...(incidence === undefined
      ? {}
      : { incidence: { value: share?.value ?? null, ci: bandOf(share, 'aalen-log-log') } }),
  };
};

const bandOf = (value: StepValue | undefined, method: string): Interval | null => {
  if (value === undefined || value.lo === null || value.hi === null) return null;
  return { lo: value.lo, hi: value.hi, level: 0.95, method };
};

export const medianInterval = ({ lo, hi }: Median): OpenInterval => ({
  lo,
  hi,
  level: 0.95,
  method: 'brookmeyer-crowley',
});

const meanOf = (curve: SurvivalCurve, horizon: number | null): Pick<SurvivalCell, 'restrictedMean'> => {
  const mean = horizon === null ? undefined : restrictedMean(curve, horizon);
  if (horizon === null || mean === undefined) return {};
  const ci: Interval = { lo: mean.lo, hi: mean.hi, level: 0.95, method: 'greenwood' };
  return { restrictedMean: { horizon, value: mean.value, ci } };
};

const warningsOf = (areClustered: boolean, view: SurvivalView): { warnings?: readonly string[] } => {
  const warnings = [...(view.warnings ?? [])];
  if (areClustered) warnings.push('Some people have several rows; the bands take them for independent.');
  return warnings.length === 0 ? {} : { warnings };
};
