import type { Requirement } from '../../people/record.ts';
import { asksForDeeds, type Span } from '../../people/requirement-spans.ts';
import type { Position } from '../../statements/statement-query.ts';
import { agentTerm } from '../../statements/terms.ts';
import { columns } from './columns.ts';
import { FACT } from './fact-columns.ts';
import type { FactLog } from './fact-log.ts';
import type { PeopleState } from './people-state.ts';
import type { PersonNumbers } from './person-numbers.ts';
import { whoIsWho } from './who-is-who.ts';

const pairColumns = () => columns({ person: 'u32', requirement: 'u32', span: 'u32' });
const spanColumns = () => columns({ pair: 'u32', from: 'f64', before: 'f64', since: 'f64' });
type Spans = ReturnType<typeof spanColumns>;

/** Everybody under every requirement that they have ever been under, or may be; the same object until that changes. */
export type Pairs = {
  /** All requirements, ascending by id. */
  readonly requirements: readonly Requirement[];
  readonly size: number;
  readonly person: Uint32Array;
  /** Places in the list of requirements. */
  readonly requirement: Uint32Array;
  /** The pair of a person and a requirement, or -1. */
  find(person: number, requirement: number): number;
  /** Visits when a pair is in scope, ascending: from one moment to before another. */
  forEachSpan(pair: number, visit: (since: number, before: number) => void): void;
};

/** Which pairs are in scope at a moment: 1, and since when (NaN if that is not known). */
export type InScope = { readonly is: Uint8Array; readonly since: Float64Array };

export type RequirementScopes = {
  pairs(): Pairs;
  /** Whether they have ever done anything for it or not. */
  at(time: number): InScope;
};

/** A term that nobody has: what holds of it holds of everybody of whom nothing is known. */
const NOBODY = '';

/** The identifiers that facts up to a position are about, teams aside; who is only named (an observer) is not in it. */
const subjectsOf = ({ facts }: Pick<FactLog, 'facts'>, upto: Position): (() => ReadonlySet<number>) => {
  const found = new Set<number>();
  let seen = 0;
  return () => {
    for (; seen < facts.rows && (facts.position[seen] as number) <= upto; seen += 1)
      if (((facts.flags[seen] as number) & FACT.isTeam) === 0) found.add(facts.subject[seen] as number);
    return found;
  };
};

/** Whom requirements can apply to. */
const concerning = (persons: PersonNumbers, { directory, cohorts, roster }: PeopleState) => {
  const listed = (): readonly string[] =>
    cohorts.all().flatMap(({ list = [] }) => list.map((one) => directory.personOf(agentTerm(one) ?? '')));
  const isForAnybody = ({ appliesTo }: Requirement): boolean =>
    appliesTo !== undefined &&
    (asksForDeeds(appliesTo, cohorts) || cohorts.holds(appliesTo, NOBODY, 0, () => false));
  return {
    /** Whether one can apply to people of whom nothing is known. */
    isForAnybody,
    /** The numbers of those whom some can apply to, ascending. */
    concerned: (some: readonly Requirement[], subjects: () => Iterable<number>): readonly number[] => {
      const numbers = new Set([...roster.persons(), ...listed()].map(persons.named));
      if (some.some(isForAnybody)) for (const subject of subjects()) numbers.add(persons.personOf(subject));
      numbers.delete(0);
      return [...numbers].sort((a, b) => a - b);
    },
  };
};

type Made = Pairs & {
  readonly spans: Spans;
  /** The places of requirements that depend on what people did: of these there are no spans. */
  readonly doing: readonly number[];
};

type PersonSpans = { readonly stand: object; readonly spans: readonly (readonly Span[])[] };

/**
 * The times in which requirements apply to persons, made anew when records or persons have changed since. Those that
 * depend on what people did are looked at when they are asked for. Those that apply to anybody do so to everybody whom
 * facts up to a position are about.
 */
export const requirementScopes = (
  log: Pick<FactLog, 'identifiers' | 'facts'>,
  persons: PersonNumbers,
  people: PeopleState,
  upto = Number.POSITIVE_INFINITY,
): RequirementScopes => {
  const { directory, cohorts, requirements, roster } = people;
  const { identifiers } = log;
  const { isForAnybody, concerned } = concerning(persons, people);
  const subjects = subjectsOf(log, upto);
  let stand = '';
  let ruled = '';
  let isForEverybody = false;
  let made: Made | undefined;
  /** What is known of a person's spans holds as long as rules and roster say the same. */
  const kept = new Map<string, PersonSpans>();

  const spansOf = (term: string, some: readonly Requirement[]): PersonSpans['spans'] => {
    const now = roster.knownOf(term);
    const there = kept.get(term);
    if (there?.stand === now) return there.spans;
    const spans = requirements.spansOf(some, term);
    kept.set(term, { stand: now, spans });
    return spans;
  };
  /** Places of requirements that ask for deeds, and of all others. */
  const sorted = (all: readonly Requirement[]) => {
    const places = all.map((_, place) => place);
    const doing = places.filter((place) => asksForDeeds(all[place]?.appliesTo, cohorts));
    return { doing, others: places.filter((place) => !doing.includes(place)) };
  };
  const make = (): Made => {
    const all = [...requirements.all()].sort((a, b) => (a.id < b.id ? -1 : 1));
    const { doing, others } = sorted(all);
    const some = others.map((place) => all[place] as Requirement);
    const building = pairBuilder();
    for (const person of concerned(all, subjects)) {
      const spans = spansOf(identifiers.text(person), some);
      for (const [at, place] of others.entries()) building.add(person, place, spans[at] ?? []);
      for (const place of doing) building.addOpen(person, place);
    }
    return { ...building.built(identifiers.size()), requirements: all, doing };
  };
  const refresh = (): Made => {
    const size = isForEverybody ? subjects().size : 0;
    const now = `${whoIsWho({ people, persons })} ${size}`;
    if (made !== undefined && now === stand) return made;
    const rules = `${people.rules()} ${directory.changes()}`;
    if (rules !== ruled) kept.clear();
    isForEverybody = requirements.all().some(isForAnybody);
    [stand, ruled, made] = [now, rules, make()];
    return made;
  };
  return {
    pairs: refresh,
    at: (time) => {
      const now = refresh();
      const found = inScope(now, time);
      if (now.doing.length > 0) addDoers(people, identifiers, found, now, time);
      return found;
    },
  };
};

const inScope = ({ size, spans }: Made, time: number): InScope => {
  const is = new Uint8Array(size);
  const since = new Float64Array(size).fill(Number.NaN);
  for (let row = 0; row < spans.rows; row += 1) {
    if (!((spans.from[row] as number) <= time && time < (spans.before[row] as number))) continue;
    const pair = spans.pair[row] as number;
    is[pair] = 1;
    since[pair] = spans.since[row] as number;
  }
  return { is, since };
};

/** Adds those who are in scope for what they did. */
const addDoers = (
  { requirements }: PeopleState,
  identifiers: FactLog['identifiers'],
  { is, since }: InScope,
  { doing, size, person, requirement, requirements: all }: Made,
  time: number,
): void => {
  for (let pair = 0; pair < size; pair += 1) {
    if (!doing.includes(requirement[pair] as number)) continue;
    const one = all[requirement[pair] as number] as Requirement;
    const term = identifiers.text(person[pair] as number);
    if (!requirements.appliesTo(one, term, time)) continue;
    is[pair] = 1;
    since[pair] = requirements.since(one, term, time) ?? Number.NaN;
  }
};

/** Pairs are added person by person. */
const pairBuilder = () => {
  const pairs = pairColumns();
  const spans = spanColumns();
  const addOpen = (person: number, requirement: number): number => {
    const pair = pairs.add();
    pairs.person[pair] = person;
    pairs.requirement[pair] = requirement;
    pairs.span[pair] = spans.rows;
    return pair;
  };
  return {
    addOpen,
    add: (person: number, requirement: number, some: readonly Span[]): void => {
      if (some.length === 0) return;
      const pair = addOpen(person, requirement);
      for (const { from, before, since = Number.NaN } of some) {
        const row = spans.add();
        spans.pair[row] = pair;
        spans.from[row] = from;
        spans.before[row] = before;
        spans.since[row] = since;
      }
    },
    built: (persons: number) => ({
      spans,
      size: pairs.rows,
      person: pairs.person,
      requirement: pairs.requirement,
      find: pairFinder(pairs, persons),
      forEachSpan: (pair: number, visit: (since: number, before: number) => void): void => {
        for (let row = pairs.span[pair] as number; row < spans.rows && spans.pair[row] === pair; row += 1)
          visit(spans.since[row] as number, spans.before[row] as number);
      },
    }),
  };
};

const pairFinder = (
  { rows, person, requirement }: ReturnType<typeof pairColumns>,
  persons: number,
): Pairs['find'] => {
  const first = new Uint32Array(persons + 1);
  for (let at = rows - 1; at >= 0; at -= 1) first[person[at] as number] = at + 1;
  return (whose, which) => {
    const start = first[whose] ?? 0;
    if (start === 0) return -1;
    for (let at = start - 1; at < rows && person[at] === whose; at += 1)
      if (requirement[at] === which) return at;
    return -1;
  };
};
