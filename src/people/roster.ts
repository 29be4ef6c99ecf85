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
  /** The same object as long as nothing else is known of a person. */
  standOf(person: string): object;
  /** The moments at which something changes, ascending. */
  changesOf(person: string): readonly number[];
  /** All that report to a manager at a moment, directly or through others, who are employed then. */
  reportsOf(manager: string, time: number): readonly string[];
  /** All names of attributes that any row has, ascending. */
  attributeNames(): readonly string[];
  /** The canonical terms of all persons of whom rows speak. */
  persons(): readonly string[];
};

/** What rows come to, for a person of some identifiers. */
type Compiled = {
  readonly members: readonly string[];
  readonly steps: readonly (readonly Step[] | undefined)[];
  readonly timeline: Timeline;
  readonly employments: readonly Employment[];
};

export const roster = (directory: PersonDirectory): Roster => {
  const byTerm = new Map<string, Step[]>();
  const names = new Set<string>();
  const compiled = new Map<string, Compiled>();
  let order = 0;

  const known = (person: string): Compiled => {
    const members = directory.membersOf(person);
    const there = compiled.get(members[0] as string);
    if (there !== undefined && isCurrent(there, members, byTerm)) return there;
    const made = compile(members, byTerm);
    compiled.set(members[0] as string, made);
    return made;
  };
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
    standOf: known,
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

const compile = (members: readonly string[], byTerm: ReadonlyMap<string, readonly Step[]>): Compiled => {
  const steps = members.map((term) => byTerm.get(term));
  const timeline = timelineOf(steps.flatMap((some) => some ?? []));
  return { members, steps, timeline, employments: employmentsOf(timeline) };
};

/** Whether it is made of all rows of these identifiers: some may have come while the identifiers were other persons'. */
const isCurrent = (
  { members, steps }: Compiled,
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
