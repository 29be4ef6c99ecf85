/** What is so of persons from one moment to the next. A value has a code; 0 is none. */
export type Periods<Value> = {
  /** The code of a person (by number) at a moment; before anything is known of them, of what was known first. */
  codeAt(person: number, time: number): number;
  /** {@link codeAt} of many: the person and the moment of each row; the moment is asked for only where it makes a difference. */
  codesAt(rows: Uint32Array, person: (row: number) => number, moment: (row: number) => number): Uint32Array;
  /** The value of a code; undefined for 0. */
  valueOf(code: number): Value | undefined;
};

type Period<Value> = { readonly from: number; readonly value: Value | undefined };

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
  return {
    codeAt,
    codesAt: (rows, person, moment) => {
      const found = new Uint32Array(rows.length);
      for (let at = 0; at < rows.length; at += 1) {
        const row = rows[at] as number;
        const who = person(row);
        const periods = count[who] ?? 0;
        if (periods === 1) found[at] = codeOf[first[who] as number] as number;
        else if (periods > 1) found[at] = codeAt(who, moment(row));
      }
      return found;
    },
    valueOf: (one) => values[one - 1],
  };
};
