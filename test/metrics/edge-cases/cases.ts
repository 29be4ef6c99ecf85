import type { Answer, Cell, DimensionValue } from '../../../src/metrics/views.ts';
import { ADL_TYPE, type Part } from '../facts-of.ts';
import { course, stated } from '../fed-world.ts';

/* What the small streams of edge cases are made of. */

/** Noon of a day of January 2026; days beyond it go on into the months after. */
export const day = (number: number): string => new Date(Date.UTC(2026, 0, number, 12)).toISOString();

/** Somebody does something with the course c (unless it is about something else) on a day. */
export const did = (name: string, verb: string, on: number, change: Part = {}): Part =>
  stated(name, verb, 'c', day(on), change);
export const enrolled = (name: string, on: number, change: Part = {}): Part =>
  did(name, 'registered', on, change);
export const withdrew = (name: string, on: number): Part =>
  did(name, 'http://id.tincanapi.com/verb/unregistered', on);

/** A test, which belongs to no course. */
const QUIZ = { id: course('quiz'), definition: { type: `${ADL_TYPE}assessment` } };
export const tried = (name: string, verb: string, on: number, change: Part = {}): Part =>
  did(name, verb, on, { object: QUIZ, ...change });
export const scored = (name: string, score: Part, on: number): Part =>
  tried(name, 'https://w3id.org/xapi/tla/verbs/scored', on, { result: { score } });

export const idAt = (number: number): string => `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`;
export const voiding = (id: string, own = 99): Part => ({
  ...did('admin', 'voided', 40, { object: { objectType: 'StatementRef', id } }),
  id: idAt(own),
});

const plain = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if ('id' in value) return (value as { id: string }).id;
  const { num, den, value: figure } = value as Cell & { num?: number; den?: number };
  return num === undefined ? figure : `${num}/${den}`;
};

/** The rows of an answer: what dimensions say, and of each cell `num/den` or the value. */
export const rowsOf = ({ rows }: Answer): readonly (readonly (DimensionValue | unknown)[])[] =>
  rows.map((row) => row.map(plain));
