import { isAllPast, keptNumbers, keptRows, keptWholes } from '../query/kept-columns.ts';
import { columnOver, numberColumn, type WholeOf, wholeColumn, wholesAmong } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import { roughWholes } from '../scratch.ts';
import { SIGNALS } from '../signal.ts';
import { rowsOfFacts } from '../state/changing-rows.ts';
import { FACT } from '../state/fact-columns.ts';
import {
  ACTIVITY,
  activityDimension,
  activityDimensions,
  choiceDimension,
  maskDimension,
  textDimension,
} from './dimensions.ts';
import type { Dimension, Grain, Rows } from './grain.ts';
import { PERSON, personDimensions } from './person-dimensions.ts';

const NAMES = Object.keys(SIGNALS);

/** The place of a fact's first signal in {@link SIGNALS}, plus one; 0 without any. */
const firstSignal = (signals: number): number => (signals === 0 ? 0 : 32 - Math.clz32(signals & -signals));

const DIMENSIONS = {
  ...PERSON,
  verb: 'The IRI of the verb.',
  signal: 'What it means for learning; the first in the order of signals where it means several things.',
  mapped: 'Whether the table of signals knows the verb.',
  activity: 'What it is about; nothing where that is no activity.',
  course: 'The course that it counts for; the activity itself if it counts for none.',
  ...ACTIVITY,
  source: 'The authority.',
  platform: 'The platform.',
  skew: 'future: the clock was ahead, and the time of storing stands for it; past: before the year 2000.',
  by_others: 'Whether somebody else than the learner did it, or a system.',
  team: 'Whether it is about a team, and no single person.',
} as const;

const MOMENTS = {
  begin: 'When it happened; nothing where the clock cannot have been right.',
} as const;

/** What statements say, one row for each person that one is about, and not taken back. */
export const EVENT: Grain = {
  name: 'event',
  description: 'What one statement says of one person, unless it was taken back (voided).',
  moments: MOMENTS,
  dimensions: DIMENSIONS,
  open: (scope) => openEvents(scope, 'events', scope.world.isEffective),
};

/** What statements have said that were taken back since. */
export const VOIDED_EVENT: Grain = {
  name: 'voided_event',
  description: 'What one statement said of one person, and was taken back (voided).',
  moments: MOMENTS,
  dimensions: DIMENSIONS,
  open: (scope) => openEvents(scope, 'voided events', scope.world.isVoided),
};

const openEvents = (scope: Scope, name: string, isMeant: (fact: number) => boolean): Rows => {
  const { world, asOf } = scope;
  const { time, flags, rows: size } = world.log.facts;
  const rows = rowsOfFacts(world);
  const person = wholeColumn(() => keptWholes(scope, 'event person', rows, personOfFact(scope)));
  const begin = numberColumn(() =>
    keptNumbers(scope, 'event begin', rows, (row) =>
      ((flags[row] as number) & FACT.past) !== 0 ? Number.NaN : (time[row] as number),
    ),
  );
  const isThere = (row: number): boolean => (time[row] as number) <= asOf && isMeant(row);
  const happened = numberColumn(() => time);
  return {
    size,
    has: isThere,
    there: () => {
      const all = keptRows(scope, name, rows, isMeant);
      return isAllPast(scope) ? all : notAfter(all, time, asOf);
    },
    person,
    begin,
    moments: {},
    dimensions: { ...personDimensions(scope, person, happened), ...toldDimensions(scope) },
    facts: (row) => [row],
  };
};

/** What statements tell by themselves. */
const toldDimensions = (scope: Scope): Rows['dimensions'] => {
  const { facts, words } = scope.world.log;
  const { flags, signals } = facts;
  const activity = wholeColumn(() => facts.activity);
  const root = wholeColumn(() => facts.root);
  const skew = (row: number): number => {
    const flag = flags[row] as number;
    return (flag & FACT.future) !== 0 ? 1 : (flag & FACT.past) !== 0 ? 2 : 0;
  };
  const word = (column: Uint32Array): Dimension =>
    textDimension(
      words,
      wholeColumn(() => column),
    );
  return {
    verb: () => word(facts.verb),
    signal: () => choiceDimension(NAMES, (row) => firstSignal(signals[row] as number)),
    mapped: () => maskDimension(flags, FACT.mapped),
    activity: () => activityDimension(scope, activity),
    course: () => activityDimension(scope, root),
    ...activityDimensions(scope, activity, root),
    source: () => word(facts.authority),
    platform: () => word(facts.platform),
    skew: () => choiceDimension(['future', 'past'], skew),
    by_others: () => maskDimension(flags, FACT.byOthers),
    team: () => maskDimension(flags, FACT.isTeam),
  };
};

const notAfter = (rows: Uint32Array, time: Float64Array, last: number): Uint32Array => {
  const found = roughWholes(rows.length);
  let n = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] as number;
    found[n] = row;
    if ((time[row] as number) <= last) n += 1;
  }
  return found.subarray(0, n);
};

/** Whom a fact is about. */
const personOfFact = ({ world }: Scope): WholeOf => {
  const { persons, log } = world;
  const { subject, rows } = log.facts;
  const personOf = (row: number): number => persons.personOf(subject[row] as number);
  const all = (): Uint32Array => {
    const byIdentifier = roughWholes(log.identifiers.size());
    for (let one = 0; one < byIdentifier.length; one += 1) byIdentifier[one] = persons.personOf(one);
    return columnOver(subject.subarray(0, rows), byIdentifier);
  };
  return wholeColumn(all, (some) => wholesAmong(some, personOf));
};
