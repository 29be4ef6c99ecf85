import type { DescribedActivity } from '../fact.ts';
import { columns } from './columns.ts';
import type { Dictionary } from './dictionary.ts';

/** What an activity can be described by; the number of each is kept on disk. */
const WHAT = ['type', 'kind', 'due', 'start', 'end', 'program'] as const;
export type What = (typeof WHAT)[number];

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
  /** Takes in what a fact says. */
  describe(described: DescribedActivity, program: string | undefined, time: number): void;
  take(description: Description): void;
  /** All that is known of those of which something was said since it was last asked. */
  news(): readonly Description[];
  all(): readonly (Description & { readonly name: What })[];
};

const MOMENTS: readonly What[] = ['due', 'start', 'end'];
const NEVER = Number.NEGATIVE_INFINITY;

export const activityColumns = (activities: Dictionary, words: Dictionary): ActivityColumns => {
  const values = columns({ type: 'u32', kind: 'u32', due: 'f64', start: 'f64', end: 'f64', program: 'u32' });
  const said = columns({ type: 'f64', kind: 'f64', due: 'f64', start: 'f64', end: 'f64', program: 'f64' });
  const touched = new Set<number>();

  const makeRoom = (activity: number): void => {
    while (values.rows <= activity) {
      const row = values.add();
      said.add();
      for (const what of WHAT) said[what][row] = NEVER;
      for (const what of MOMENTS) values[what][row] = Number.NaN;
    }
  };
  const sortable = (what: What, value: number): string | number => {
    if (MOMENTS.includes(what)) return value;
    return (what === 'program' ? activities : words).text(value);
  };
  /** At the same moment what sorts last wins: numbers of strings, which follow the order of arrival, must not decide. */
  const put = (activity: number, what: What, time: number, value: number): void => {
    makeRoom(activity);
    const before = said[what][activity] as number;
    if (time < before) return;
    if (time === before && !(sortable(what, value) > sortable(what, values[what][activity] as number)))
      return;
    said[what][activity] = time;
    values[what][activity] = value;
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
    of: (what, activity) => {
      if (activity < values.rows) return values[what][activity] as number;
      return MOMENTS.includes(what) ? Number.NaN : 0;
    },
    describe: ({ id, type, kind, ...moments }, program, time) => {
      const activity = activities.number(id);
      touched.add(activity);
      const say = (what: What, value: number | '' | undefined) => {
        if (value !== undefined && value !== '') put(activity, what, time, value);
      };
      say('type', type && words.number(type));
      say('kind', kind && words.number(kind));
      say('program', program && activities.number(program));
      for (const what of MOMENTS as readonly (keyof typeof moments)[]) say(what, moments[what]);
    },
    take: ({ activity, what, time, value }) => put(activity, WHAT[what] as What, time, value),
    news: () => {
      const told = [...touched].flatMap(known).map(({ name, ...description }) => description);
      touched.clear();
      return told;
    },
    all: () => Array.from({ length: values.rows }, (_, activity) => known(activity)).flat(),
  };
};
