import type { Position } from '../../statements/statement-query.ts';
import type { DescribedActivity } from '../fact.ts';
import { columns } from './columns.ts';
import {
  addChange,
  addUnknown,
  changeColumns,
  type DescriptionChanges,
  MOMENTS,
  reading,
  valueColumns,
  valuesAt,
  WHAT,
  type What,
} from './description-changes.ts';
import type { Dictionary } from './dictionary.ts';

/** One thing that was said of an activity: kept on disk, and read back in any order. */
export type Description = {
  readonly activity: number;
  readonly what: number;
  readonly time: number;
  /** A moment, or the number of a string. */
  readonly value: number;
};

/** What is known of activities: the latest that was said of each thing, whatever came first; a void takes nothing back. */
export type ActivityColumns = {
  /**
   * Strings by their numbers among words or, for `program`, among activities, 0 if there is none; moments in
   * milliseconds since 1970, NaN if there is none.
   */
  of(what: What, activity: number): number;
  /** Answers what `of` answered when nothing beyond a position had been taken in. */
  knownAt(position: Position): ActivityColumns['of'];
  readonly changes: DescriptionChanges;
  /** Takes in what a fact says. */
  describe(described: DescribedActivity, program: string | undefined, said: Said): void;
  /** Takes in what was kept; its changes are to be appended too. */
  take(description: Description): void;
  /** All that is known of those of which something was said since it was last asked. */
  news(): readonly Description[];
  all(): readonly (Description & { readonly name: What })[];
};

/** Where in the log it was said, and of which moment. */
type Said = { readonly position: Position; readonly time: number };

const NEVER = Number.NEGATIVE_INFINITY;

export const activityColumns = (activities: Dictionary, words: Dictionary): ActivityColumns => {
  const values = valueColumns();
  const changes = changeColumns();
  const said = columns({ type: 'f64', kind: 'f64', due: 'f64', start: 'f64', end: 'f64', program: 'f64' });
  const touched = new Set<number>();

  const makeRoom = (activity: number): void => {
    while (values.rows <= activity) {
      const row = addUnknown(values);
      said.add();
      for (const what of WHAT) said[what][row] = NEVER;
    }
  };
  const sortable = (what: What, value: number): string | number => {
    if (MOMENTS.includes(what)) return value;
    return (what === 'program' ? activities : words).text(value);
  };
  /**
   * At the same moment what sorts last wins: numbers of strings, which follow the order of arrival, must not decide.
   * Answers whether something else counts from now on.
   */
  const put = (activity: number, what: What, time: number, value: number): boolean => {
    makeRoom(activity);
    const before = said[what][activity] as number;
    if (time < before) return false;
    if (time === before && !(sortable(what, value) > sortable(what, values[what][activity] as number)))
      return false;
    const isOther = before === NEVER || values[what][activity] !== value;
    said[what][activity] = time;
    values[what][activity] = value;
    return isOther;
  };
  const known = (activity: number): ReturnType<ActivityColumns['all']> =>
    WHAT.map((name, what) => ({
      activity,
      what,
      name,
      time: said[name][activity] as number,
      value: values[name][activity] as number,
    })).filter(({ time }) => time !== NEVER);

  return {
    of: reading(values),
    knownAt: (position) => reading(valuesAt(changes, position)),
    changes,
    describe: ({ id, type, kind, ...moments }, program, { position, time }) => {
      const activity = activities.number(id);
      touched.add(activity);
      const say = (what: What, value: number | '' | undefined) => {
        if (value === undefined || value === '') return;
        if (put(activity, what, time, value)) addChange(changes, activity, what, { position, value });
      };
      say('type', type && words.number(type));
      say('kind', kind && words.number(kind));
      say('program', program && activities.number(program));
      for (const what of MOMENTS as readonly (keyof typeof moments)[]) say(what, moments[what]);
    },
    take: ({ activity, what, time, value }) => {
      put(activity, WHAT[what] as What, time, value);
    },
    news: () => {
      const told = [...touched].flatMap(known).map(({ name, ...description }) => description);
      touched.clear();
      return told;
    },
    all: () => Array.from({ length: values.rows }, (_, activity) => known(activity)).flat(),
  };
};
