import type { Scope } from '../query/scope.ts';
import type { Dictionary } from '../state/dictionary.ts';
import type { DimensionValue } from '../views.ts';
import type { Dimension } from './grain.ts';

type NumberOf = (row: number) => number;

/** An activity, by its number; 0 is none. */
export const activityDimension = ({ world }: Scope, code: NumberOf): Dimension => ({
  code,
  decode: (number) => (number === 0 ? null : { id: world.log.activities.text(number) }),
});

/** A string of a dictionary, by its number; 0 is none. */
export const textDimension = (texts: Dictionary, code: NumberOf): Dimension => ({
  code,
  decode: (number) => (number === 0 ? null : texts.text(number)),
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

/** A whole number that may be missing (NaN), such as days. */
export const numberDimension = (numberOf: NumberOf): Dimension =>
  valueDimension((row) => {
    const number = numberOf(row);
    return Number.isNaN(number) ? null : number;
  });

/** What is said of activities, by the row's activity. */
export const ACTIVITY = {
  program: 'What several courses, or runs of one, belong to.',
  'activity.kind': 'What sort of activity it is, in words of the installation.',
  'activity.type': 'The IRI of the activity type.',
} as const;

export const activityDimensions = (scope: Scope, activity: NumberOf, root: NumberOf) => {
  const { described, words } = scope.world.log;
  return {
    program: () => activityDimension(scope, (row) => described.of('program', root(row))),
    'activity.kind': () => textDimension(words, (row) => described.of('kind', activity(row))),
    'activity.type': () => textDimension(words, (row) => described.of('type', activity(row))),
  };
};
