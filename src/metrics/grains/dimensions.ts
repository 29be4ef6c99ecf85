import { wholesOf } from '../query/over-rows.ts';
import { columnOver, type WholeOf, wholesUpTo } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import { roughWholes } from '../scratch.ts';
import type { Dictionary } from '../state/dictionary.ts';
import type { DimensionValue } from '../views.ts';
import type { Dimension } from './grain.ts';

type NumberOf = (row: number) => number;

const activityOf =
  ({ world }: Scope): Dimension['decode'] =>
  (number) =>
    number === 0 ? null : { id: world.log.activities.text(number) };

const textOf =
  (texts: Dictionary): Dimension['decode'] =>
  (number) =>
    number === 0 ? null : texts.text(number);

/** An activity, by its number; 0 is none. */
export const activityDimension = (scope: Scope, code: NumberOf): Dimension => ({
  code,
  decode: activityOf(scope),
});

/** A string of a dictionary, by its number; 0 is none. */
export const textDimension = (texts: Dictionary, code: NumberOf): Dimension => ({
  code,
  decode: textOf(texts),
});

/** One of some words: code 1 is the first, 0 is none. */
export const choiceDimension = (words: readonly string[], code: NumberOf): Dimension => ({
  code,
  decode: (number) => words[number - 1] ?? null,
});

export const flagDimension = (is: (row: number) => boolean): Dimension => ({
  code: (row) => (is(row) ? 2 : 1),
  decode: (code) => code === 2,
});

/** Whether a column of flags has one of them. */
export const maskDimension = (flags: Uint32Array | Uint16Array | Uint8Array, mask: number): Dimension => ({
  ...flagDimension((row) => ((flags[row] as number) & mask) !== 0),
  codes: (rows) => {
    const found = roughWholes(rows.length);
    for (let at = 0; at < found.length; at += 1)
      found[at] = ((flags[rows[at] as number] as number) & mask) === 0 ? 1 : 2;
    return found;
  },
});

/** Whatever a row has: each value has a code of its own, in the order in which they are met. */
export const valueDimension = <Value extends DimensionValue>(
  valueIn: (row: number) => Value | null,
): Dimension => {
  const values: Value[] = [];
  const codes = new Map<Value, number>();
  return {
    code: (row) => {
      const value = valueIn(row);
      if (value === null) return 0;
      const known = codes.get(value);
      if (known !== undefined) return known;
      codes.set(value, values.push(value));
      return values.length;
    },
    decode: (code) => values[code - 1] ?? null,
  };
};

/** Whole numbers up to here are codes themselves; every other number has one from the second on. */
const WHOLE = 2 ** 30;
const OTHERS = 2 ** 31;

/** A number that may be missing (NaN), as most a whole one, such as days. */
export const numberDimension = (numberOf: NumberOf): Dimension => {
  const others: number[] = [];
  const codes = new Map<number, number>();
  const otherCode = (number: number): number => {
    const known = codes.get(number) ?? OTHERS + others.push(number) - 1;
    codes.set(number, known);
    return known;
  };
  return {
    code: (row) => {
      const number = numberOf(row);
      if (Number.isInteger(number) && Math.abs(number) < WHOLE)
        return number < 0 ? -2 * number : 2 * number + 1;
      return Number.isNaN(number) ? 0 : otherCode(number);
    },
    decode: (code) => {
      if (code === 0) return null;
      if (code >= OTHERS) return others[code - OTHERS] ?? null;
      return code % 2 === 1 ? (code - 1) / 2 : -code / 2;
    },
  };
};

/** What is said of activities, by the row's activity. */
export const ACTIVITY = {
  program: 'What several courses, or runs of one, belong to.',
  'activity.kind': 'What sort of activity it is, in words of the installation.',
  'activity.type': 'The IRI of the activity type.',
} as const;

export const activityDimensions = (scope: Scope, activity: WholeOf, root: WholeOf) => {
  const { activities, described, words } = scope.world.log;
  const said = (what: 'program' | 'kind' | 'type', of: WholeOf): Pick<Dimension, 'code' | 'codes'> => {
    const known = wholesUpTo(activities.size(), (one) => described.of(what, one));
    return {
      code: (row) => known[of(row)] as number,
      codes: (rows) => columnOver(wholesOf(rows, of), known),
    };
  };
  return {
    program: () => ({ ...said('program', root), decode: activityOf(scope) }),
    'activity.kind': () => ({ ...said('kind', activity), decode: textOf(words) }),
    'activity.type': () => ({ ...said('type', activity), decode: textOf(words) }),
  };
};
