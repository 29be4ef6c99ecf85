import type { FactLog } from './fact-log.ts';

/**
 * What it took to learn something, and to learn it again: tries, one a test unless a statement tells how many there
 * were, and milliseconds, NaN if a test does not tell how long it took.
 */
export const EFFORT = {
  learntTrials: 'f32',
  learntMillis: 'f32',
  againTrials: 'f32',
  againMillis: 'f32',
} as const;

export type EffortTable = Record<keyof typeof EFFORT, Float32Array>;

/** Adds what a test took to what has been taken since the last success. */
export const addEffort = (
  { facts, details }: FactLog,
  table: EffortTable,
  row: number,
  fact: number,
): void => {
  const detail = (facts.detail[fact] as number) - 1;
  const trials = detail < 0 ? Number.NaN : (details.trials[detail] as number);
  const millis = detail < 0 ? Number.NaN : (details.duration[detail] as number);
  table.againTrials[row] = (table.againTrials[row] as number) + (Number.isNaN(trials) ? 1 : trials);
  table.againMillis[row] = (table.againMillis[row] as number) + millis;
};

/** A pair begins with what its mastery took. */
export const copyLearnt = (table: EffortTable, from: number, to: number): void => {
  table.learntTrials[to] = table.learntTrials[from] as number;
  table.learntMillis[to] = table.learntMillis[from] as number;
};

/** A pair ends with what it took to master it again. */
export const copyAgain = (table: EffortTable, from: number, to: number): void => {
  table.againTrials[to] = table.againTrials[from] as number;
  table.againMillis[to] = table.againMillis[from] as number;
};

/** What has been taken since the last success is what this one took. */
export const settleEffort = (table: EffortTable, row: number): void => {
  table.learntTrials[row] = table.againTrials[row] as number;
  table.learntMillis[row] = table.againMillis[row] as number;
  table.againTrials[row] = 0;
  table.againMillis[row] = 0;
};
