import { roughWholes } from '../scratch.ts';

/** What is so of persons from one moment to the next. A value has a code; 0 is none. */
export type Periods<Value> = {
  /** The code of a person (by number) at a moment; before anything is known of them, of what was known first. */
  codeAt(person: number, time: number): number;
  /** {@link codeAt} of some rows, by the person of every row; the moment is asked for only where it makes a difference. */
  codesAt(rows: Uint32Array, persons: Uint32Array, moment: (row: number) => number): Uint32Array;
  /** The value of a code; undefined for 0. */
  valueOf(code: number): Value | undefined;
};

type Period<Value> = { readonly from: number; readonly value: Value | undefined };

/** In place of the one code that a person has at any time. */
const SEVERAL = 0xffff_ffff;

/** Takes the periods of each person, ascending, and whose number they are. */
export const periodColumns = <Value extends string | number>(
  size: number,
  known: Iterable<readonly [person: number, periods: readonly Period<Value>[]]>,
): Periods<Value> => {
  const values: Value[] = [];
  const codes = new Map<Value, number>();
  const code = (value: Value | undefined): number => {
    if (value === undefined) return 0;
    const there = codes.get(value);
    if (there !== undefined) return there;
    codes.set(value, values.push(value));
    return values.length;
  };
  /** By person: where its periods begin, plus one, and how many there are. */
  const first = new Uint32Array(size);
  const count = new Uint32Array(size);
  const froms: number[] = [];
  const coded: number[] = [];
  for (const [person, periods] of known) {
    first[person] = froms.length;
    for (const { from, value } of periods) {
      const next = code(value);
      if (froms.length > (first[person] as number) && coded.at(-1) === next) continue;
      froms.push(from);
      coded.push(next);
    }
    count[person] = froms.length - (first[person] as number);
  }
  const from = Float64Array.from(froms);
  const codeOf = Uint32Array.from(coded);
  const codeAt = (person: number, time: number): number => {
    const periods = count[person] ?? 0;
    if (periods === 0) return 0;
    const start = first[person] as number;
    let at = start + periods - 1;
    while (at > start && (from[at] as number) > time) at -= 1;
    return codeOf[at] as number;
  };
  const always = Uint32Array.from(count, (periods, person) => (periods > 1 ? SEVERAL : codeAt(person, 0)));
  return {
    codeAt,
    codesAt: (rows, persons, moment) => {
      const found = roughWholes(rows.length);
      for (let at = 0; at < found.length; at += 1) {
        const row = rows[at] as number;
        const person = persons[row] as number;
        const only = person < size ? (always[person] as number) : 0;
        found[at] = only === SEVERAL ? codeAt(person, moment(row)) : only;
      }
      return found;
    },
    valueOf: (one) => values[one - 1],
  };
};
