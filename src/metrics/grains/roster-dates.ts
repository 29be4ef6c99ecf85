import type { Employment } from '../../people/employment.ts';
import type { World } from '../state/world.ts';
import { type RoleSpell, roleSpellsOf } from './role-spells.ts';

/** What the roster says of a person at a moment, by the person's number: milliseconds since 1970, NaN for nothing. */
export type RosterDates = {
  hired(person: number, time: number): number;
  /** The end of the employment that the moment lies in, the last one before it, or the first. */
  left(person: number, time: number): number;
  /** The role that is held at the moment, if any. */
  spell(person: number, time: number): RoleSpell | undefined;
  /** All roles that a person has had, ascending. */
  spells(person: number): readonly RoleSpell[];
  /** Everybody of whom the roster speaks, ascending. */
  persons(): readonly number[];
};

const made = new WeakMap<World, { readonly key: string; readonly dates: RosterDates }>();

/** Remembered as long as nothing new is known of who people are. */
export const rosterDates = (world: World): RosterDates => {
  const key = `${world.people.version()} ${world.log.identifiers.size()}`;
  const known = made.get(world);
  if (known?.key === key) return known.dates;
  const dates = datesOf(world);
  made.set(world, { key, dates });
  return dates;
};

const datesOf = (world: World): RosterDates => {
  const { people, log } = world;
  const { roster } = people;
  const isEmpty = roster.persons().length === 0;
  const term = (person: number): string => log.identifiers.text(person);
  const employments: (Employment | undefined)[] = [];
  const spells = new Map<number, readonly RoleSpell[]>();
  const employment = (person: number, time: number): Employment | undefined => {
    if (isEmpty) return undefined;
    const last = employments[person];
    if (last !== undefined && last.hired <= time && time <= last.left) return last;
    const found = roster.employmentAt(term(person), time);
    employments[person] = found;
    return found;
  };
  const spellsOf = (person: number): readonly RoleSpell[] => {
    const known = spells.get(person);
    if (known !== undefined) return known;
    const found = roleSpellsOf(roster, term(person));
    spells.set(person, found);
    return found;
  };
  return {
    hired: (person, time) => employment(person, time)?.hired ?? Number.NaN,
    left: (person, time) => {
      const { left = Number.NaN } = employment(person, time) ?? {};
      return Number.isFinite(left) ? left : Number.NaN;
    },
    spell: (person, time) =>
      isEmpty ? undefined : spellsOf(person).findLast(({ from, to }) => from <= time && time <= to),
    spells: spellsOf,
    persons: () => numbersOf(world),
  };
};

/** A person may go by an identifier that metrics have not met: then another of theirs has their number. */
const numbersOf = ({ people, persons, log }: World): readonly number[] => {
  const numbers = people.roster.persons().flatMap((term) => {
    const known = people.directory.membersOf(term).map((one) => log.identifiers.known(one) ?? 0);
    const first = known.find((one) => one !== 0);
    return first === undefined ? [] : [persons.personOf(first)];
  });
  return [...new Set(numbers)].sort((a, b) => a - b);
};
