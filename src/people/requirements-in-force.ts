import type { Cohorts, Did } from './cohorts.ts';
import { DAY, dayEnd, dayStart } from './day.ts';
import type { Requirement, RequirementsRecord } from './record.ts';
import { edgesOf, momentsOf, type Span, spansOf } from './requirement-spans.ts';
import type { Roster } from './roster.ts';

/** A requirement that a person is under. Moments are milliseconds since 1970. */
export type InForce = {
  readonly requirement: Requirement;
  /** Since when it has applied to them without a break, if roster and requirement tell. */
  readonly since?: number;
  /** The last moment that is in time; never before it applied to them. */
  readonly due?: number;
};

export type Requirements = {
  /** Takes in a record of the log, in their order. */
  apply(record: RequirementsRecord): void;
  all(): readonly Requirement[];
  find(id: string): Requirement | undefined;
  /** Whether it applies to a person at a moment: in force then, and to somebody who is employed then. */
  appliesTo(requirement: Requirement, person: string, time: number): boolean;
  /** Since when it has applied without a break to a person to whom it applies at a moment, if roster and requirement tell. */
  since(requirement: Requirement, person: string, time: number): number | undefined;
  /** When each of some applies to a person, ascending; only of those that do not depend on what people did ({@link asksForDeeds}). */
  spansOf(some: readonly Requirement[], person: string): readonly (readonly Span[])[];
  /** All that apply to a person at a moment. `assigned` says when they were assigned one, if somebody has. */
  inForce(person: string, time: number, assigned?: Assigned): readonly InForce[];
};

export type Assigned = (requirement: Requirement, person: string) => number | undefined;

type Parts = {
  readonly roster: Pick<Roster, 'changesOf' | 'employmentAt' | 'employmentsOf' | 'isEmployedAt' | 'knows'>;
  readonly cohorts: Pick<Cohorts, 'holds'>;
  readonly did: Did;
};

/**
 * Who is under which requirement. Somebody of whom no row of the roster speaks is under those that name them by a list
 * or a rule, and not under those for everybody: who everybody is only a roster knows.
 */
export const requirements = ({ roster, cohorts, did }: Parts): Requirements => {
  const known = new Map<string, Requirement>();

  const appliesTo = (requirement: Requirement, person: string, time: number): boolean => {
    const { appliesTo: rule } = requirement;
    if (!isInForce(requirement, time)) return false;
    if (roster.knows(person) ? !roster.isEmployedAt(person, time) : rule === undefined) return false;
    return rule === undefined || cohorts.holds(rule, person, time, did);
  };

  /** The moments up to one at which it may have begun to apply, latest first; what was before being hired is over. */
  const beginnings = ({ from }: Requirement, person: string, time: number): readonly number[] => {
    const { hired = Number.NEGATIVE_INFINITY } = roster.employmentAt(person, time) ?? {};
    return [...roster.changesOf(person), hired, from === undefined ? hired : dayStart(from)]
      .filter((moment) => Number.isFinite(moment) && moment >= hired && moment <= time)
      .sort((a, b) => b - a);
  };

  const sinceWhen = (requirement: Requirement, person: string, time: number): number | undefined => {
    const moments = beginnings(requirement, person, time);
    const before = moments.findIndex((moment) => !appliesTo(requirement, person, moment));
    return before === -1 ? moments.at(-1) : moments[before - 1];
  };

  /** Where only who is employed matters, the spans of one requirement are those of every other. */
  const allSpans = (some: readonly Requirement[], person: string): readonly (readonly Span[])[] => {
    const moments = momentsOf(person, roster);
    const isKnown = roster.knows(person);
    const employed = isKnown ? spansOf(moments, () => true) : [];
    const spansOfOne = (one: Requirement, edges: readonly number[]): readonly Span[] =>
      spansOf(
        edges.length === 0 ? moments : momentsOf(person, roster, edges),
        (time) =>
          isInForce(one, time) &&
          (one.appliesTo === undefined || cohorts.holds(one.appliesTo, person, time, did)),
      );
    return some.map((one) => {
      const edges = edgesOf(one);
      const isPlain = one.appliesTo === undefined && (!isKnown || edges.length === 0);
      return isPlain ? employed : spansOfOne(one, edges);
    });
  };

  const inForce = (requirement: Requirement, person: string, time: number, assigned: Assigned): InForce => {
    const since = sinceWhen(requirement, person, time);
    const due = dueOf(requirement, since, assigned(requirement, person));
    return {
      requirement,
      ...(since === undefined ? {} : { since }),
      ...(due === undefined ? {} : { due }),
    };
  };

  return {
    apply: ({ requirements: added = [], remove = [] }) => {
      for (const id of remove) known.delete(id);
      for (const requirement of added) known.set(requirement.id, requirement);
    },
    all: () => [...known.values()],
    find: (id) => known.get(id),
    appliesTo,
    since: sinceWhen,
    spansOf: allSpans,
    inForce: (person, time, assigned = () => undefined) =>
      [...known.values()]
        .filter((requirement) => appliesTo(requirement, person, time))
        .map((requirement) => inForce(requirement, person, time, assigned)),
  };
};

const isInForce = ({ from, until }: Requirement, time: number): boolean =>
  (from === undefined || time >= dayStart(from)) && (until === undefined || time <= dayEnd(until));

/** The last moment of the day (UTC) that a moment lies in. */
const endOfDay = (moment: number): number => Math.floor(moment / DAY) * DAY + DAY - 1;

/** The last moment that is in time; `since` it has applied, `assigned` when they were assigned it. */
export const dueOf = (
  { due }: Pick<Requirement, 'due'>,
  since: number | undefined,
  assigned: number | undefined,
): number | undefined => {
  if (due === undefined) return undefined;
  if ('on' in due) return Math.max(dayEnd(due.on), since ?? 0);
  const begun = due.of === 'assignment' ? (assigned ?? since) : since;
  return begun === undefined ? undefined : endOfDay(begun + due.days * DAY);
};
