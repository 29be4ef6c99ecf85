import type { Rows } from './grains/grain.ts';
import { scratchBytes, scratchWholes } from './scratch.ts';
import type { DenseNumbers } from './statistics/dense-numbers.ts';

/** Whether something counts for the numerator; a word says why it is left out, undefined that nobody asks for it. */
export type Verdict = boolean | string | undefined;

/** What a rate counts, one by one: each is a row of the grain, or several that belong together. */
export type Judged = {
  /** Of each, 1 if it counts for the numerator; where `of` is given, how many of these do. */
  readonly num: ArrayLike<number>;
  readonly of?: ArrayLike<number>;
  readonly person: Uint32Array;
  /** By the place of a row among those that were judged: what it belongs to, plus one; 0 if it was left out. */
  readonly units: () => Uint32Array;
  /** How many were left out, by reason. */
  readonly excluded: Readonly<Record<string, number>>;
};

type Of = { readonly grain: Pick<Rows, 'person'>; readonly rows: Uint32Array };

/** Counts each row that is judged. */
export const judgeRows = ({ grain, rows }: Of, judge: (row: number) => Verdict): Judged => {
  const num = scratchBytes(rows.length);
  const person = scratchWholes(rows.length);
  const unit = scratchWholes(rows.length);
  const excluded: Record<string, number> = {};
  let n = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] as number;
    const verdict = judge(row);
    if (typeof verdict !== 'boolean') {
      leave(excluded, verdict);
      continue;
    }
    num[n] = verdict ? 1 : 0;
    person[n] = grain.person(row);
    n += 1;
    unit[at] = n;
  }
  return { num: num.subarray(0, n), person: person.subarray(0, n), units: () => unit, excluded };
};

/** Some of the rows, in their order, and by numbers without gaps which of them belong together. */
export type Together = DenseNumbers & { readonly some: Uint32Array };

/** Counts rows that belong together as one; each is judged by its number. */
export const judgeTogether = (
  { grain, rows }: Of,
  { some, numbers, count }: Together,
  judge: (unit: number) => Verdict,
): Judged => {
  const whose = scratchWholes(count);
  for (let at = 0; at < some.length; at += 1) whose[numbers[at] as number] = grain.person(some[at] as number);
  const num = scratchBytes(count);
  const person = scratchWholes(count);
  const placed = scratchWholes(count);
  const excluded: Record<string, number> = {};
  let n = 0;
  for (let unit = 0; unit < count; unit += 1) {
    const verdict = judge(unit);
    if (typeof verdict !== 'boolean') {
      leave(excluded, verdict);
      continue;
    }
    num[n] = verdict ? 1 : 0;
    person[n] = whose[unit] as number;
    n += 1;
    placed[unit] = n;
  }
  const units = () => unitsOver(rows, some, (at) => placed[numbers[at] as number] as number);
  return { num: num.subarray(0, n), person: person.subarray(0, n), units, excluded };
};

/** By the place of a row among all rows, what is told of it by its place among some of them; 0 for the others. */
export const unitsOver = (
  rows: Uint32Array,
  some: Uint32Array,
  unitAt: (place: number) => number,
): Uint32Array => {
  const units = scratchWholes(rows.length);
  let next = 0;
  for (let at = 0; at < rows.length && next < some.length; at += 1) {
    if (rows[at] !== some[next]) continue;
    units[at] = unitAt(next);
    next += 1;
  }
  return units;
};

const leave = (excluded: Record<string, number>, why: string | undefined): void => {
  if (why !== undefined) excluded[why] = (excluded[why] ?? 0) + 1;
};
