import type { Answer, Cell } from '../../../src/metrics/views.ts';

type Group = string | boolean;

/** An entry of truth.json: a question as Cairn is asked it, and its planted answer. */
export type Planted = {
  readonly id: string;
  readonly metric: string;
  readonly params: object;
  readonly filters?: object;
  readonly dimension?: string;
  readonly group?: Group | readonly [Group, Group];
  readonly reads?: { readonly day: number } | 'start' | 'curve';
  readonly value: number;
};

/** What Cairn says, and what was planted there. */
type Estimate = { readonly value: number; readonly lo: number; readonly hi: number };
type Told = Estimate & { readonly planted: number };

const Z95 = 1.959964;
const Z999 = 3.290527;

export const questionOf = ({ metric, params, filters, dimension }: Planted, asOf: string): object => ({
  metrics: [{ id: metric, params }],
  asOf,
  ...(filters === undefined ? {} : { filters }),
  ...(dimension === undefined ? {} : { dimensions: [dimension] }),
});

const nameOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? (value as { readonly id: string }).id : value;

const cellOf = ({ rows, totals = [] }: Answer, group: Group | undefined): Cell => {
  const found = group === undefined ? totals[0] : rows.find(([name]) => nameOf(name) === group)?.[1];
  if (found === undefined || found === null) throw new Error(`Nothing is told of ${group}.`);
  return found as Cell;
};

type Figure = { readonly value: number | null; readonly ci: { lo: number | null; hi: number | null } | null };

const estimate = ({ value, ci }: Figure): Estimate => {
  if (value === null || ci === null) throw new Error('Nothing is told, or no interval.');
  const { lo, hi } = ci;
  return { value, lo: lo ?? Number.NEGATIVE_INFINITY, hi: hi ?? Number.POSITIVE_INFINITY };
};

/** The parts of a cell that an entry is about. */
const toldOf = ({ reads, value: planted }: Planted, cell: Cell): readonly Told[] => {
  if (reads === undefined) return [{ ...estimate(cell as Figure), planted }];
  if (typeof reads === 'object' && 'at' in cell) {
    const day = cell.at?.find((one) => one.day === reads.day);
    return [{ ...estimate(day?.incidence as Figure), planted }];
  }
  if (!('fit' in cell) || cell.fit === null) throw new Error('There is no curve.');
  const { line, parameters } = cell.fit;
  if (reads === 'start') return [{ ...estimate(line[0] as Figure), planted }];
  const start = parameters['m'] as number;
  return line.map((point) => ({ ...estimate(point), planted: start * (1 + point.at) ** -planted }));
};

type Scale = { readonly to: (value: number) => number; readonly from: (value: number) => number };
const LOGIT: Scale = { to: (p) => Math.log(p / (1 - p)), from: (x) => 1 / (1 + Math.exp(-x)) };
const LOG: Scale = { to: Math.log, from: Math.exp };
const PLAIN: Scale = { to: (x) => x, from: (x) => x };

/** Shares on the logit scale, times on the logarithmic one, differences of scores as they are. */
const scaleOf = ({ metric, reads }: Planted): Scale => {
  if (metric === 'learning.gain') return PLAIN;
  return metric === 'competency.time' && reads === undefined ? LOG : LOGIT;
};

/** An interval at 95 % as one at 99.9 %: its ends, as many times further from its middle as their quantiles are. */
const widened = ({ to, from }: Scale, { value, lo, hi }: Estimate): Estimate => {
  const [low, high] = [to(lo), to(hi)];
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { value, lo: from(low), hi: from(high) };
  const [middle, half] = [(low + high) / 2, (((high - low) / 2) * Z999) / Z95];
  return { value, lo: from(middle - half), hi: from(middle + half) };
};

/** Of the first less the second: square and add (Newcombe 1998). */
const difference = (one: Estimate, other: Estimate): Estimate => {
  const value = one.value - other.value;
  return {
    value,
    lo: value - Math.hypot(one.value - one.lo, other.hi - other.value),
    hi: value + Math.hypot(one.hi - one.value, other.value - other.lo),
  };
};

const spanOf = (planted: Planted, answer: Answer, grow: (one: Estimate) => Estimate): readonly Told[] => {
  const { group } = planted;
  if (!Array.isArray(group))
    return toldOf(planted, cellOf(answer, group as Group | undefined)).map((one) => ({
      ...one,
      ...grow(one),
    }));
  const [first, second] = group.map((name) => grow(toldOf(planted, cellOf(answer, name))[0] as Told));
  return [{ ...difference(first as Estimate, second as Estimate), planted: planted.value }];
};

const misses = (told: readonly Told[]): readonly Told[] =>
  told.filter(({ planted, lo, hi }) => !(lo <= planted && planted <= hi));

/** Where what was planted lies outside of what Cairn says, at 95 % and at 99.9 %. */
export const missesOf = (planted: Planted, answer: Answer) => ({
  at95: misses(spanOf(planted, answer, (one) => one)),
  at999: misses(spanOf(planted, answer, (one) => widened(scaleOf(planted), one))),
});
