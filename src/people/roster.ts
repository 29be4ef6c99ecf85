import { agentTerm } from '../statements/terms.ts';
import { dayStart } from './day.ts';
import { type Employment, employmentAt, employmentsOf } from './employment.ts';
import type { PersonDirectory } from './persons.ts';
import type { RosterRecord, RosterRow } from './record.ts';
import { type Step, type Timeline, timelineOf, valuesAt } from './timeline.ts';

/** What a roster says of a person at a moment, by name; what it has nothing to say about is not in it. */
export type Attributes = ReadonlyMap<string, string>;

/**
 * What is known of persons from which day on, and until when. Moments are milliseconds since 1970; persons are named by
 * any of their terms. Rows are kept by identifier, so that a merge joins and a split parts what is known.
 */
export type Roster = {
  /** Takes in rows of the log, in their order, with when they were stored (milliseconds). */
  apply(record: RosterRecord, at: number): void;
  /** What was so at a moment: for everything that was ever said, the last that was said to be so from then or before. */
  attributesAt(person: string, time: number): Attributes;
  /** Whether rows speak of a person at all. */
  knows(person: string): boolean;
  /** The employment that a moment lies in, or the last one before it, or the first; undefined if no row speaks of them. */
  employmentAt(person: string, time: number): Employment | undefined;
  isEmployedAt(person: string, time: number): boolean;
  /** All employments, ascending. */
  employmentsOf(person: string): readonly Employment[];
  /** All that is known of a person: the same object as long as that is all. */
  knownOf(person: string): KnownOfPerson;
  /** The moments at which something changes, ascending. */
  changesOf(person: string): readonly number[];
  /** All that report to a manager at a moment, directly or through others, who are employed then. */
  reportsOf(manager: string, time: number): readonly string[];
  /** All names of attributes that any row has, ascending. */
  attributeNames(): readonly string[];
  /** The canonical terms of all persons of whom rows speak. */
  persons(): readonly string[];
};

/** What is so of a person from one moment to the next, and all employments, both ascending. */
export type KnownOfPerson = { readonly timeline: Timeline; readonly employments: readonly Employment[] };

/** What rows come to, for a person of some identifiers. */
type Compiled = KnownOfPerson & {
  readonly members: readonly string[];
  readonly steps: readonly (readonly Step[] | undefined)[];
  /** How many rows there were, and changes of persons, when it was last seen to be current. */
  rows: number;
  changes: number;
};

export const roster = (directory: PersonDirectory): Roster => {
  const byTerm = new Map<string, Step[]>();
  const names = new Set<string>();
  let order = 0;

  const compiled = compiling(directory, byTerm);
  const known = (person: string): Compiled => compiled(person, order);
  const timeline = (person: string): Timeline => known(person).timeline;

  const take = (row: RosterRow, at: number): void => {
    const term = agentTerm(row.identifier);
    if (term === undefined) return;
    const steps = byTerm.get(term) ?? [];
    const from = fromOf(row, steps.length === 0, at);
    const values = valuesOf(row);
    for (const name of values.keys()) names.add(name);
    if (isSaid(steps, row, from, values)) return;
    order += 1;
    byTerm.set(term, [...steps, { from, order, values }]);
  };

  const employmentOf = (person: string, time: number): Employment | undefined =>
    employmentAt(known(person).employments, time);

  const isEmployedAt = (person: string, time: number): boolean => {
    const employment = employmentOf(person, time);
    return employment !== undefined && employment.hired <= time && time <= employment.left;
  };

  const persons = (): readonly string[] => [...new Set([...byTerm.keys()].map(directory.personOf))];

  const managersAt = (time: number): ReadonlyMap<string, readonly string[]> => {
    const reports = new Map<string, string[]>();
    for (const person of persons()) {
      const manager = valuesAt(timeline(person), time).get('manager');
      if (manager === undefined || !isEmployedAt(person, time)) continue;
      const boss = directory.personOf(manager);
      reports.set(boss, [...(reports.get(boss) ?? []), person]);
    }
    return reports;
  };

  return {
    apply: ({ rows }, at) => {
      for (const row of rows) take(row, at);
    },
    attributesAt: (person, time) => valuesAt(timeline(person), time),
    knows: (person) => timeline(person).length > 0,
    employmentAt: employmentOf,
    isEmployedAt,
    employmentsOf: (person) => known(person).employments,
    knownOf: known,
    changesOf: (person) => timeline(person).map(({ from }) => from),
    reportsOf: (manager, time) => below(directory.personOf(manager), managersAt(time)),
    attributeNames: () => [...names].sort(),
    persons,
  };
};

/** Everybody below somebody; who reports to themselves in the end is met once. */
const below = (top: string, reports: ReadonlyMap<string, readonly string[]>): readonly string[] => {
  const met = new Set([top]);
  for (const manager of met) for (const person of reports.get(manager) ?? []) met.add(person);
  met.delete(top);
  return [...met].sort();
};

/** What rows come to for a person, made again only when they, or the person's identifiers, are others; `rows` counts them. */
const compiling = (
  directory: PersonDirectory,
  byTerm: ReadonlyMap<string, readonly Step[]>,
): ((person: string, rows: number) => Compiled) => {
  const compiled = new Map<string, Compiled>();
  /** Several things are asked about a person one behind the other. */
  let [last, lastPerson]: [Compiled | undefined, string] = [undefined, ''];
  const find = (person: string): Compiled | undefined => {
    if (person !== lastPerson) [last, lastPerson] = [compiled.get(person), person];
    return last;
  };
  return (person, rows) => {
    const there = find(person);
    const changes = directory.changes();
    if (there !== undefined && there.rows === rows && there.changes === changes) return there;
    const members = directory.membersOf(person);
    const isStill = there !== undefined && isCurrent(there, members, byTerm);
    const now = isStill ? there : { ...compile(members, byTerm), rows, changes };
    [now.rows, now.changes] = [rows, changes];
    compiled.set(person, now);
    last = now;
    return now;
  };
};

const compile = (members: readonly string[], byTerm: ReadonlyMap<string, readonly Step[]>) => {
  const steps = members.map((term) => byTerm.get(term));
  const timeline = timelineOf(steps.flatMap((some) => some ?? []));
  return { members, steps, timeline, employments: employmentsOf(timeline) };
};

/** Whether it is made of all rows of these identifiers: some may have come while the identifiers were other persons'. */
const isCurrent = (
  { members, steps }: Pick<Compiled, 'members' | 'steps'>,
  now: readonly string[],
  byTerm: ReadonlyMap<string, readonly Step[]>,
): boolean =>
  members.length === now.length &&
  now.every((term, at) => term === members[at] && byTerm.get(term) === steps[at]);

/** Somebody's first row holds from when they were hired, others from when they came, unless they say so. */
const fromOf = ({ effectiveFrom, hired }: RosterRow, isFirst: boolean, at: number): number => {
  if (effectiveFrom !== undefined) return dayStart(effectiveFrom);
  return isFirst && typeof hired === 'string' ? dayStart(hired) : at;
};

/** What a row says, with null for what there is none of. A manager is named by a term. */
const valuesOf = (row: RosterRow): ReadonlyMap<string, string | null> => {
  const { identifier: _, effectiveFrom: __, attributes = {}, manager, ...standard } = row;
  const values = new Map<string, string | null>(Object.entries({ ...attributes, ...standard }));
  if (manager !== undefined) values.set('manager', manager === null ? null : (agentTerm(manager) ?? null));
  return values;
};

/**
 * Whether an identifier's own rows say the same already: at that moment, if a row has no day of its own, and otherwise
 * from that very day on, because what holds since before may yet be corrected.
 */
const isSaid = (
  steps: readonly Step[],
  { effectiveFrom }: RosterRow,
  from: number,
  values: ReadonlyMap<string, string | null>,
): boolean => {
  const then = valuesAt(timelineOf(steps), from);
  if (![...values].every(([name, value]) => (then.get(name) ?? null) === value)) return false;
  if (effectiveFrom === undefined) return steps.length > 0;
  return steps.some(
    (step) => step.from === from && [...values.keys()].every((name) => step.values.has(name)),
  );
};
