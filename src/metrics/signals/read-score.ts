import type { Score } from '../../xapi/statement.ts';

/** A score between -1 and 1, or the news that there is one which cannot be put on that scale. */
export type ScaledScore = { readonly scaled?: number; readonly isUnscaled?: boolean };

const UNSCALED: ScaledScore = { isUnscaled: true };
const NONE: ScaledScore = {};

/** How far apart scaled and raw may be by rounding. */
const TOLERANCE = 0.01;

/** Half of a point: a raw score in whole points may have been rounded to one. */
const HALF_POINT = 0.5;

/**
 * `scaled` as sent; else raw within min (0 unless given) and max. Raw without max, an empty range, and a scaled score
 * that the raw one contradicts are no score on the scale.
 */
export const readScore = (score: Score | undefined): ScaledScore => {
  if (score?.raw === undefined) return score?.scaled === undefined ? NONE : { scaled: score.scaled };
  if (score.max === undefined) return score.scaled === undefined ? UNSCALED : { scaled: score.scaled };
  return scaledWithin(score.raw, score.min ?? 0, score.max, score.scaled);
};

const scaledWithin = (raw: number, min: number, max: number, scaled: number | undefined): ScaledScore => {
  if (max <= min || raw < min) return UNSCALED;
  if (scaled === undefined) return { scaled: (raw - min) / (max - min) };
  return isContradicted(scaled, raw, min, max) ? UNSCALED : { scaled };
};

/** Tools scale by max alone, from min to max on 0 to 1, or on -1 to 1: any of these will do. */
const isContradicted = (scaled: number, raw: number, min: number, max: number): boolean => {
  const range = max - min;
  const near = (expected: number, unit: number): boolean =>
    Math.abs(scaled - expected) <= Math.max(TOLERANCE, Number.isInteger(raw) ? HALF_POINT / unit : 0);
  const byMax = max > 0 && near(raw / max, max);
  return !(byMax || near((raw - min) / range, range) || near((2 * (raw - min)) / range - 1, range / 2));
};
