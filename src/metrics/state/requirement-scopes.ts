import type { Requirement } from '../../people/record.ts';
import { asksForDeeds, type Span } from '../../people/requirement-spans.ts';
import { agentTerm } from '../../statements/terms.ts';
import { columns } from './columns.ts';
import type { FactLog } from './fact-log.ts';
import type { PeopleState } from './people-state.ts';
import type { PersonNumbers } from './person-numbers.ts';

const spanColumns = () =>
  columns({ person: 'u32', requirement: 'u32', from: 'f64', before: 'f64', since: 'f64' });
type Spans = ReturnType<typeof spanColumns>;

/** Who is under which requirement at one moment, ascending by person. */
export type InScope = {
  readonly size: number;
  readonly person: Uint32Array;
  /** Places in the list of requirements. */
  readonly requirement: Uint32Array;
  /** Milliseconds since 1970; NaN if it is not known. */
  readonly since: Float64Array;
};

export type RequirementScopes = {
  /** All requirements, ascending by id. */
  requirements(): readonly Requirement[];
  /** Everybody who is under one at a moment, whether they have ever done anything or not. */
  at(time: number): InScope;
};

/** A term that nobody has: what holds of it holds of everybody of whom nothing is known. */
const NOBODY = '';

/** Whom requirements can apply to. */
const concerning = (
  { identifiers }: Pick<FactLog, 'identifiers'>,
  persons: PersonNumbers,
  { directory, cohorts, roster }: PeopleState,
) => {
  const listed = (): readonly string[] =>
    cohorts.all().flatMap(({ list = [] }) => list.map((one) => directory.personOf(agentTerm(one) ?? '')));
  const isForAnybody = ({ appliesTo }: Requirement): boolean =>
    appliesTo !== undefined &&
    (asksForDeeds(appliesTo, cohorts) || cohorts.holds(appliesTo, NOBODY, 0, () => false));
  const numberOf = (term: string): number =>
    directory
      .membersOf(term)
      .reduce((found, one) => found || persons.personOf(identifiers.known(one) ?? 0), 0);
  return {
    /** Whether one can apply to people of whom nothing is known. */
    isForAnybody,
    /** The numbers of those whom some can apply to, ascending. */
    concerned: (some: readonly Requirement[]): readonly number[] => {
      if (some.some(isForAnybody)) return [...persons.all()];
      const numbers = new Set([...roster.persons(), ...listed()].map(numberOf));
      numbers.delete(0);
      return [...numbers].sort((a, b) => a - b);
    },
  };
};

type Made = {
  readonly all: readonly Requirement[];
  /** Of those that depend on nothing that people did. */
  readonly spans: Spans;
  /** Those that do, by their places. */
  readonly doing: readonly number[];
};

/**
 * The times in which requirements apply to persons, made anew when records or persons have changed since. Those that
 * depend on what people did are looked at when they are asked for.
 */
export const requirementScopes = (
  log: Pick<FactLog, 'identifiers'>,
  persons: PersonNumbers,
  people: PeopleState,
): RequirementScopes => {
  const { directory, cohorts, requirements } = people;
  const { identifiers } = log;
  const { isForAnybody, concerned } = concerning(log, persons, people);
  let stand = '';
  let isForEverybody = false;
  let made: Made = { all: [], spans: spanColumns(), doing: [] };

  const refresh = (): Made => {
    const size = isForEverybody ? identifiers.size() : 0;
    const now = `${people.version()} ${directory.changes()} ${persons.changes()} ${size}`;
    if (now === stand) return made;
    stand = now;
    isForEverybody = requirements.all().some(isForAnybody);
    const all = [...requirements.all()].sort((a, b) => (a.id < b.id ? -1 : 1));
    const places = all.map((_, place) => place);
    const doing = places.filter((place) => asksForDeeds(all[place]?.appliesTo, cohorts));
    const others = places.filter((place) => !doing.includes(place));
    made = { all, spans: spansOfAll(all, others), doing };
    return made;
  };
  const spansOfAll = (all: readonly Requirement[], places: readonly number[]): Spans => {
    const spans = spanColumns();
    for (const person of concerned(places.map((place) => all[place] as Requirement))) {
      const term = identifiers.text(person);
      for (const place of places)
        for (const span of requirements.spansOf(all[place] as Requirement, term))
          addSpan(spans, person, place, span);
    }
    return spans;
  };
  const doersAt = ({ all, doing }: Made, time: number): Found => {
    const some = doing.map((place) => all[place] as Requirement);
    const found: Found = [];
    for (const person of concerned(some)) {
      const term = identifiers.text(person);
      for (const place of doing) {
        const one = all[place] as Requirement;
        if (!requirements.appliesTo(one, term, time)) continue;
        found.push([person, place, requirements.since(one, term, time) ?? Number.NaN]);
      }
    }
    return found;
  };

  return {
    requirements: () => refresh().all,
    at: (time) => {
      const now = refresh();
      return inScope(now.spans, time, now.doing.length === 0 ? [] : doersAt(now, time));
    },
  };
};

const addSpan = (spans: Spans, person: number, requirement: number, span: Span): void => {
  const row = spans.add();
  spans.person[row] = person;
  spans.requirement[row] = requirement;
  spans.from[row] = span.from;
  spans.before[row] = span.before;
  spans.since[row] = span.since ?? Number.NaN;
};

type Found = [person: number, requirement: number, since: number][];

const inScope = (spans: Spans, time: number, doers: Found): InScope => {
  const rows = new Uint32Array(spans.rows);
  let count = 0;
  for (let row = 0; row < spans.rows; row += 1)
    if ((spans.from[row] as number) <= time && time < (spans.before[row] as number)) {
      rows[count] = row;
      count += 1;
    }
  const picked = rows.subarray(0, count);
  const plain = {
    size: count,
    person: picked.map((row) => spans.person[row] as number),
    requirement: picked.map((row) => spans.requirement[row] as number),
    since: Float64Array.from(picked, (row) => spans.since[row] as number),
  };
  return doers.length === 0 ? plain : joined(plain, doers);
};

const joined = ({ size, person, requirement, since }: InScope, doers: Found): InScope => {
  const all: Found = Array.from({ length: size }, (_, at) => [
    person[at] as number,
    requirement[at] as number,
    since[at] as number,
  ]);
  const sorted = [...all, ...doers].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return {
    size: sorted.length,
    person: Uint32Array.from(sorted, ([one]) => one),
    requirement: Uint32Array.from(sorted, ([, one]) => one),
    since: Float64Array.from(sorted, ([, , one]) => one),
  };
};
