import { suggestName } from '../../xapi/suggest-name.ts';
import type { Row } from './row.ts';

/** What a row does not say, and the column in which it would stand; '' when there is none. */
export type Missing = { readonly missing: string };

/** Makes a part of a statement of a row. What is wrong with the row, it refuses, and answers that it is missing. */
export type Maker<T> = (row: Row) => T | Missing;

/** Reads a part of a mapping, once, and makes of it what is done with each row; what is wrong with it, it tells the place. */
export type Part<T> = (value: unknown, at: Place) => Maker<T>;

/** A place in a mapping. */
export type Place = { readonly pointer: string; readonly mapping: MappingUnderWay };

/** A mapping that is being read. */
export type MappingUnderWay = {
  readonly problems: string[];
  /** The columns that it names, and where. */
  readonly columns: Map<string, string>;
  /** What stands before the fraction of a number. */
  readonly decimal: string;
  /** The language of names, as a tag (RFC 5646). */
  readonly language: string;
};

const MISSING: Missing = { missing: '' };

export const isMissing = (value: unknown): value is Missing =>
  typeof value === 'object' && value !== null && 'missing' in value;

/** Answers a maker, so that reading goes on to what else is wrong; it is never asked. */
export const wrong = ({ pointer, mapping }: Place, message: string): Maker<never> => {
  mapping.problems.push(`${pointer === '' ? 'as a whole' : pointer}: ${message}`);
  return () => MISSING;
};

export const member = ({ pointer, mapping }: Place, name: string | number): Place => ({
  pointer: `${pointer}/${name}`,
  mapping,
});

export const useColumn = (at: Place, column: string): void => {
  if (!at.mapping.columns.has(column)) at.mapping.columns.set(column, at.pointer);
};

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Tells of members that are not known; answers whether it is an object at all. */
export const checkMembers = (
  value: unknown,
  at: Place,
  known: readonly string[],
): value is Readonly<Record<string, unknown>> => {
  if (!isObject(value)) {
    wrong(at, `Expected an object with ${known.join(', ')}.`);
    return false;
  }
  for (const name of Object.keys(value).filter((one) => !known.includes(one))) {
    const meant = suggestName(name, known);
    wrong(
      member(at, name),
      `Unknown. ${meant === undefined ? `There are ${known.join(', ')}.` : `Did you mean ${meant}?`}`,
    );
  }
  return true;
};

/** What an object makes of a row, by the names of its members. */
export type Made = Readonly<Record<string, unknown>>;

/** An object of parts. Without one that is needed, it is missing as a whole; without any, too. */
export const objectOf =
  (parts: Readonly<Record<string, Part<unknown>>>, needed: readonly string[] = []): Part<Made> =>
  (value, at) => {
    if (!checkMembers(value, at, Object.keys(parts))) return () => MISSING;
    for (const name of needed) if (!(name in value)) wrong(at, `It needs ${name}.`);
    const makers = Object.entries(value).flatMap(([name, inner]) => {
      const part = parts[name];
      return part === undefined ? [] : [[name, part(inner, member(at, name))] as const];
    });
    return (row) => {
      const members = makers.map(([name, make]) => [name, make(row)] as const);
      const lost = members.find(([name, one]) => needed.includes(name) && isMissing(one))?.[1];
      if (lost !== undefined) return lost as Missing;
      const made = members.filter(([, one]) => !isMissing(one));
      return made.length === 0 ? MISSING : Object.fromEntries(made);
    };
  };

/** A list of parts, or one by itself; those that a row does not have are left out. */
export const listOf =
  <T>(part: Part<T>): Part<readonly T[]> =>
  (value, at) => {
    const makers = Array.isArray(value)
      ? value.map((one, place) => part(one, member(at, place)))
      : [part(value, at)];
    return (row) => {
      const made = makers.map((make) => make(row)).filter((one): one is T => !isMissing(one));
      return made.length === 0 ? MISSING : made;
    };
  };

/** A part in another shape; undefined is missing. */
export const shaped =
  <S, T>(part: Part<S>, shape: (made: S, mapping: MappingUnderWay) => T | undefined): Part<T> =>
  (value, at) => {
    const make = part(value, at);
    return (row) => {
      const made = make(row);
      return isMissing(made) ? made : (shape(made, at.mapping) ?? MISSING);
    };
  };
