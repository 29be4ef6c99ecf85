import { whoIsWho } from '../state/who-is-who.ts';
import type { World } from '../state/world.ts';
import { type RoleSpell, roleSpellsOf } from './role-spells.ts';

/** What the roster says of a person at a moment, by the person's number: milliseconds since 1970, NaN for nothing. */
export type RosterDates = {
  /** Whether it speaks of a person at all. */
  knows(person: number): boolean;
  hired(person: number, time: number): number;
  /** The end of the employment that the moment lies in, the last one before it, or the first. */
  left(person: number, time: number): number;
  /** The place, among all spells, of the role that is held at the moment; -1 if none is. */
  spellAt(person: number, time: number): number;
  readonly spells: Spells;
};

/** Everybody's times in roles, by their places. */
export type Spells = {
  readonly size: number;
  readonly person: Uint32Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** The role, by its place among all roles. */
  readonly role: Uint32Array;
  /** 1 where it ends because the person left the company. */
  readonly isLeaving: Uint8Array;
  /** The names of all roles, ascending. */
  readonly roles: readonly string[];
};

const made = new WeakMap<World['attributes'], { readonly key: string; readonly dates: RosterDates }>();

/** Remembered as long as nothing new is known of who people are. */
export const rosterDates = (world: World): RosterDates => {
  const { attributes } = world;
  const key = whoIsWho(world);
  const known = made.get(attributes);
  if (known?.key === key) return known.dates;
  const dates = datesOf(world);
  made.set(attributes, { key, dates });
  return dates;
};

/** Times of persons, one behind the other: where each person's begin, and how many there are. */
type Spans = {
  readonly first: Uint32Array;
  readonly count: Uint32Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
};

type Span = { readonly from: number; readonly to: number };

const spansOf = (size: number, known: readonly (readonly [number, readonly Span[]])[]): Spans => {
  const first = new Uint32Array(size);
  const count = new Uint32Array(size);
  const all: Span[] = [];
  for (const [person, spans] of known) {
    first[person] = all.length;
    count[person] = spans.length;
    for (const span of spans) all.push(span);
  }
  return {
    first,
    count,
    from: Float64Array.from(all, ({ from }) => from),
    to: Float64Array.from(all, ({ to }) => to),
  };
};

/** The place of the last that had begun by a moment; -1 if none had. */
const lastBegun = ({ first, count, from }: Spans, person: number, time: number): number => {
  const start = first[person] ?? 0;
  let at = start + (count[person] ?? 0) - 1;
  while (at >= start && (from[at] as number) > time) at -= 1;
  return at < start ? -1 : at;
};

const datesOf = ({ people, log, attributes }: World): RosterDates => {
  const { roster } = people;
  const known = attributes.known();
  const size = log.identifiers.size();
  const employed = spansOf(
    size,
    known.map((one) => [
      one.person,
      one.known.employments.map(({ hired, left }) => ({ from: hired, to: left })),
    ]),
  );
  const bySpells = known.map(({ person, term }) => [person, roleSpellsOf(roster, term)] as const);
  const held = spansOf(size, bySpells);
  const employment = (person: number, time: number): number => {
    if ((employed.count[person] ?? 0) === 0) return -1;
    const at = lastBegun(employed, person, time);
    return at === -1 ? (employed.first[person] as number) : at;
  };
  return {
    knows: (person) => (employed.count[person] ?? 0) > 0,
    hired: (person, time) => employed.from[employment(person, time)] ?? Number.NaN,
    left: (person, time) => {
      const left = employed.to[employment(person, time)] ?? Number.NaN;
      return left === Number.POSITIVE_INFINITY ? Number.NaN : left;
    },
    spellAt: (person, time) => {
      const at = lastBegun(held, person, time);
      return at !== -1 && time <= (held.to[at] as number) ? at : -1;
    },
    spells: columnsOf(bySpells),
  };
};

const columnsOf = (byPerson: readonly (readonly [number, readonly RoleSpell[]])[]): Spells => {
  const all = byPerson.flatMap(([, spells]) => spells);
  const roles = [...new Set(all.map(({ role }) => role))].sort();
  const places = new Map(roles.map((role, place) => [role, place]));
  return {
    size: all.length,
    person: Uint32Array.from(byPerson.flatMap(([person, spells]) => spells.map(() => person))),
    from: Float64Array.from(all, ({ from }) => from),
    to: Float64Array.from(all, ({ to }) => to),
    role: Uint32Array.from(all, ({ role }) => places.get(role) as number),
    isLeaving: Uint8Array.from(all, ({ isLeaving }) => (isLeaving ? 1 : 0)),
    roles,
  };
};
