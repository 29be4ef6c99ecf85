import { rowsByNow } from '../query/kept-columns.ts';
import { wholeColumn } from '../query/row-columns.ts';
import { attemptFacts, attemptRows, LATE, VERDICTS } from './attempt-facts.ts';
import {
  ACTIVITY,
  activityDimension,
  activityDimensions,
  choiceDimension,
  flagDimension,
  numberDimension,
  textDimension,
} from './dimensions.ts';
import type { Dimension, Grain } from './grain.ts';
import { PERSON, personDimensions } from './person-dimensions.ts';

/** The columns that name facts, in the order in which evidence tells them. */
const NAMED = ['first', 'submitted', 'scored', 'judged', 'completed', 'ended'] as const;

const lateDimension = (timeliness: (row: number) => number): Dimension => ({
  code: timeliness,
  decode: (code) => (code === 0 ? null : code === LATE),
});

/** One try of one person at one activity (metrics.md §0.5). */
export const ATTEMPT: Grain = {
  name: 'attempt',
  description:
    'One try of one person at one activity, in one registration: from its start, or the first that is heard of it, to its result.',
  moments: {
    begin: 'Begun, or first heard of.',
    submitted: 'Handed in; where no tool says so, scored.',
    scored: 'Scored, the last time.',
    judged: 'Passed or failed, the last time.',
    completed: 'Completed.',
    ended: 'Left: the session was ended or abandoned.',
  },
  dimensions: {
    ...PERSON,
    activity: 'What was tried.',
    course: 'The course that it counts for; the activity itself if it counts for none.',
    ...ACTIVITY,
    number: 'Which attempt it is within a registration, from 1.',
    first: 'Whether it is the first attempt within a registration.',
    last: 'Whether it is the last attempt within a registration up to the moment of the question.',
    scored: 'Whether it has a score on the scale.',
    success: 'passed or failed; nothing as long as neither has been said.',
    late: 'Whether it was handed in after it was due; nothing where no date is known by which it is due.',
    carried_over: 'Whether its result was carried over from before.',
    observed: 'Whether it is known who observed or assessed it.',
    platform: 'The platform that told of it.',
    source: 'The authority that told of it.',
  },
  open: (scope) => {
    const { world } = scope;
    const { table } = world.attempts;
    const { person: persons, a, root: roots, number } = table;
    const { facts, words } = world.log;
    const known = attemptFacts(scope);
    const person = wholeColumn(() => persons);
    const activity = wholeColumn(() => a);
    const root = wholeColumn(() => roots);
    const ofFact = (column: Uint32Array) => (row: number) => column[known.telling(row) - 1] as number;
    const has = (row: number): boolean => number[row] !== 0 && !Number.isNaN(known.begin(row));
    return {
      size: table.rows,
      has,
      there: () => rowsByNow(scope, 'attempts', attemptRows(scope), has),
      person,
      begin: known.begin,
      moments: known.moments,
      dimensions: {
        ...personDimensions(scope, person, known.begin),
        activity: () => activityDimension(scope, activity),
        course: () => activityDimension(scope, root),
        ...activityDimensions(scope, activity, root),
        number: () => numberDimension((row) => number[row] as number),
        first: () => flagDimension((row) => number[row] === 1),
        last: () => flagDimension((row) => known.next(row) === -1),
        scored: () => flagDimension((row) => known.scored(row) !== 0),
        success: () => choiceDimension(VERDICTS, known.verdict),
        late: () => lateDimension(known.timeliness),
        carried_over: () => flagDimension(known.isCarriedOver),
        observed: () => flagDimension((row) => known.observer(row) !== 0),
        platform: () => textDimension(words, ofFact(facts.platform)),
        source: () => textDimension(words, ofFact(facts.authority)),
      },
      facts: (row) =>
        [...new Set(NAMED.map((name) => known[name](row)))]
          .filter((fact) => fact !== 0)
          .map((fact) => fact - 1),
    };
  },
};
