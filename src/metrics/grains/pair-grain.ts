import { keptNumbers, keptWholes, rowsByNow } from '../query/kept-columns.ts';
import { momentOf } from '../query/moment-of.ts';
import { oncePerScope } from '../query/once-per-scope.ts';
import { numberColumn, wholeColumn } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import { type ChangingRows, rowsOfState } from '../state/changing-rows.ts';
import { succeeded } from '../state/retention-pairs.ts';
import { binOf, RETENTION_BINS } from './delay-bins.ts';
import {
  ACTIVITY,
  activityDimension,
  activityDimensions,
  choiceDimension,
  flagDimension,
  numberDimension,
} from './dimensions.ts';
import type { Grain } from './grain.ts';
import { PERSON, personDimensions } from './person-dimensions.ts';

const DAY = 86_400_000;

/** When what of a pair happened: milliseconds since 1970, NaN for never. */
export const pairDates = (scope: Scope): PairDates =>
  oncePerScope(scope, 'pair dates', () => openDates(scope));

const pairRows = (scope: Scope): ChangingRows =>
  oncePerScope(scope, 'rows of pairs', () => rowsOfState(scope.world, scope.world.pairs));

/** By pair, 1 if the test was passed. */
export const passedPairs = (scope: Scope): Uint32Array => {
  const { log, pairs } = scope.world;
  const { tested } = pairs.table;
  return keptWholes(scope, 'pair passed', pairRows(scope), (row) =>
    tested[row] !== 0 && succeeded(log, (tested[row] as number) - 1) ? 1 : 0,
  );
};

type PairDates = ReturnType<typeof openDates>;

const openDates = (scope: Scope) => {
  const { table } = scope.world.pairs;
  const { time } = scope.world.log.facts;
  const rows = pairRows(scope);
  return {
    mastered: momentOf(scope, 'pair mastered', { rows, column: table.mastered }),
    tested: momentOf(scope, 'pair tested', { rows, column: table.tested }),
    exposed: momentOf(scope, 'pair exposed', { rows, column: table.exposed }),
    relearned: momentOf(scope, 'pair relearned', { rows, column: table.relearned }),
    /** Days from when it was last met, be that mastering it, to the test. */
    delay: numberColumn(() =>
      keptNumbers(scope, 'pair delay', rows, (row) => {
        const exposed = table.exposed[row] as number;
        const met = exposed === 0 ? (table.mastered[row] as number) : exposed;
        return ((time[(table.tested[row] as number) - 1] as number) - (time[met - 1] as number)) / DAY;
      }),
    ),
  };
};

/** Something that was mastered, and when it was next tested (metrics.md §2.3). */
export const PAIR: Grain = {
  name: 'pair',
  description:
    'Something that a person mastered (a success in a test of it), and the next test of it: an item, that is an activity that can be failed, or a skill.',
  moments: { begin: 'Mastered.', mastered: 'Mastered.', tested: 'Tested again.' },
  dimensions: {
    ...PERSON,
    of: 'item or skill: what was mastered and tested.',
    item: 'The activity, of pairs of items.',
    skill: 'The skill, of pairs of skills.',
    course: 'The course of the test; the activity itself if it belongs to none.',
    ...ACTIVITY,
    clean: 'Whether the learner did not meet it between mastering it and the test.',
    successes: 'How many successes there had been, the one that mastered it included.',
    delay: 'The bin of the delay, in days.',
    'delay.seconds': 'The delay in whole seconds.',
  },
  open: (scope) => {
    const { pairs, log } = scope.world;
    const { table } = pairs;
    const dates = pairDates(scope);
    const person = wholeColumn(() => table.person);
    const test = (row: number): number => (table.tested[row] as number) - 1;
    const activity = (row: number): number => log.facts.activity[test(row)] as number;
    const root = (row: number): number => log.facts.root[test(row)] as number;
    const what = (isSkill: number) => (row: number) =>
      table.isSkill[row] === isSkill ? (table.a[row] as number) : 0;
    const has = (row: number): boolean => table.tested[row] !== 0 && !Number.isNaN(dates.tested(row));
    return {
      size: table.rows,
      has,
      there: () => rowsByNow(scope, 'pairs', pairRows(scope), has),
      person,
      begin: dates.mastered,
      moments: dates,
      dimensions: {
        ...personDimensions(scope, person, dates.mastered),
        of: () => choiceDimension(['item', 'skill'], (row) => (table.isSkill[row] as number) + 1),
        item: () => activityDimension(scope, what(0)),
        skill: () => activityDimension(scope, what(1)),
        course: () => activityDimension(scope, root),
        ...activityDimensions(scope, activity, root),
        clean: () => flagDimension((row) => table.exposed[row] === 0),
        successes: () => numberDimension((row) => table.successes[row] as number),
        delay: () => numberDimension((row) => RETENTION_BINS[binOf(dates.delay(row))]?.name ?? Number.NaN),
        'delay.seconds': () => numberDimension((row) => Math.round(dates.delay(row) * 86_400)),
      },
      facts: (row) =>
        [table.mastered, table.exposed, table.tested, table.relearned]
          .map((column) => column[row] as number)
          .filter((named, at, all) => named !== 0 && all.indexOf(named) === at)
          .map((named) => named - 1),
    };
  },
};
