import type { AnswerRow } from '../query/answer-rows.ts';
import type { Answer } from '../views.ts';
import { expired } from './page-cursor.ts';

/**
 * The rows of an answer from which pages are told: what is measured of later pages stands as text, which needs a quarter of
 * the memory; null is what was given up, from some row on.
 */
export type KeptRows = (AnswerRow | string | null)[];

type ToldRow = Answer['rows'][number];

/** @throws Rejection `expired` for a row that was given up. */
export const toldAt = (rows: KeptRows, at: number): ToldRow => {
  const row = rows[at];
  if (row === null || row === undefined) throw expired();
  return typeof row === 'string' ? JSON.parse(row) : ([...row.values, ...row.cells] as ToldRow);
};

/** Measures a row that has been told, and lets go of what it is made of. */
export const letGo = (rows: KeptRows, at: number): void => {
  const row = rows[at];
  if (typeof row === 'object') row?.settle();
};

/** Measures a row for later. */
export const putBy = (rows: KeptRows, at: number): void => {
  const row = rows[at];
  if (row === null || row === undefined || typeof row === 'string') return;
  row.settle();
  rows[at] = JSON.stringify(toldAt(rows, at));
};

export const giveUpFrom = (rows: KeptRows, from: number): void => {
  rows.fill(null, from);
};

/** Whether some rows were given up. */
export const isCut = (rows: KeptRows): boolean => rows.at(-1) === null;
