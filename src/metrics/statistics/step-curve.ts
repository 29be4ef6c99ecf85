/**
 * A curve that changes only at its `times` (ascending). Where a figure cannot be had, as the error once the last
 * subject at risk had the event, it is NaN.
 */
export type StepCurve = {
  readonly times: Float64Array;
  readonly atRisk: Float64Array;
  readonly value: Float64Array;
  readonly se: Float64Array;
  readonly lo: Float64Array;
  readonly hi: Float64Array;
  /** What the curve is before the first step. */
  readonly from: number;
  /** Until when the curve is known: the last observation; without end if nobody was left to have the event. */
  readonly until: number;
};

export type StepValue = {
  readonly value: number;
  readonly se: number | null;
  readonly lo: number | null;
  readonly hi: number | null;
};

/** A median, and the times between which it lies; null where the curve, or its band, does not come that far. */
export type Median = {
  readonly median: number | null;
  readonly lo: number | null;
  readonly hi: number | null;
};

/** Plain doubles miss an exact ½. */
const TOLERANCE = 1e-12;

const known = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

/** The place of the last time that is not after the given one; −1 if all are. */
const lastPlace = (times: Float64Array, time: number): number => {
  let place = -1;
  let end = times.length;
  while (end - place > 1) {
    const middle = (place + end) >> 1;
    if ((times[middle] ?? 0) <= time) place = middle;
    else end = middle;
  }
  return place;
};

/** The curve at a time, the step of that very time included; undefined after the last observation. */
export const valueAt = (curve: StepCurve, time: number): StepValue | undefined => {
  const { times, value, se, lo, hi, from, until } = curve;
  if (time > until) return undefined;
  const place = lastPlace(times, time);
  if (place < 0) return { value: from, se: 0, lo: from, hi: from };
  return { value: value[place] ?? from, se: known(se[place]), lo: known(lo[place]), hi: known(hi[place]) };
};

const first = (
  curve: StepCurve,
  values: Float64Array,
  reaches: (value: number) => boolean,
): number | null => {
  const place = values.findIndex(reaches);
  return place < 0 ? null : (curve.times[place] ?? null);
};

/**
 * When half have had it: for a curve that falls from 1, the first time at which it is at most ½, for one that rises
 * from 0, at least ½. The interval inverts the band (Brookmeyer and Crowley 1982): all times at which ½ is in it.
 */
export const medianOf = (curve: StepCurve): Median => {
  const { value, lo, hi } = curve;
  if (curve.from === 1) {
    const reaches = (value: number): boolean => value <= 0.5 + TOLERANCE;
    const { value, lo, hi } = curve;
    return {
      median: first(curve, value, reaches),
      lo: first(curve, lo, reaches),
      hi: first(curve, hi, reaches),
    };
  }
  const reaches = (value: number): boolean => value >= 0.5 - TOLERANCE;
  return {
    median: first(curve, value, reaches),
    lo: first(curve, hi, reaches),
    hi: first(curve, lo, reaches),
  };
};
