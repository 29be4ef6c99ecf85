import {
  type JsonReader,
  listOf,
  type Members,
  numberFrom,
  oneOf,
  optional,
  orNull,
} from '../../xapi/json-reader.ts';

/** What every figure about times is asked with; what it is about comes with the metric. */
export type TimeParams = {
  readonly prior?: 'exclude' | 'zero';
  readonly entry?: 'none' | 'delayed';
  readonly days?: readonly number[];
  readonly meanTo?: number | null;
};

const MOST_DAYS = 36_500;

/** Days, or null for as long as there is anything to see. */
export const daysOrNull: JsonReader<number | null> = orNull(numberFrom(0, MOST_DAYS));

export const listOfWords = <Word extends string>(words: readonly Word[]): JsonReader<readonly Word[]> =>
  listOf(oneOf(words));

export const TIME_PARAMS: Members<TimeParams> = {
  prior: optional(oneOf(['exclude', 'zero'])),
  entry: optional(oneOf(['none', 'delayed'])),
  days: optional(listOf(numberFrom(0, MOST_DAYS))),
  meanTo: optional(daysOrNull),
};

export const TIME_DEFAULTS: Required<TimeParams> = {
  prior: 'exclude',
  entry: 'none',
  days: [30, 60, 90, 180],
  meanTo: null,
};

export const TIME_IN_WORDS = {
  prior:
    'What becomes of those with whom it had happened before the time starts: exclude (they are counted apart), or zero (they count on day 0).',
  entry:
    'none: everybody is at risk from the start; delayed: only from when they were assigned or first heard of, if that is later.',
  days: 'The days on which the curve is told exactly.',
  meanTo: 'Days up to which the mean time is taken (restricted mean); null for none.',
};
