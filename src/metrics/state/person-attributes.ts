import type { KnownOfPerson } from '../../people/roster.ts';
import type { FactLog } from './fact-log.ts';
import type { PeopleState } from './people-state.ts';
import { type Periods, periodColumns } from './period-columns.ts';
import type { PersonNumbers } from './person-numbers.ts';
import { teamChains } from './team-chains.ts';
import { whoIsWho } from './who-is-who.ts';

/** What the roster says of persons, by their numbers, so that a row is answered by a look-up. */
export type PersonAttributes = {
  /** One attribute by its name; that of a manager is the manager's canonical term. */
  column(name: string): Periods<string>;
  /** Whether somebody works here: notYet, employed or left. */
  employment(): Periods<string>;
  /** The last moment of the employment that a moment lies in, or of the last one before it; no value if it goes on. */
  leaving(): Periods<number>;
  /** Everybody whom a person reports to, directly or through others; {@link teamOf} reads a value. */
  teams(): Periods<string>;
  /** Everybody of whom the roster speaks. */
  known(): readonly KnownPerson[];
};

/** Somebody of whom the roster speaks: by number, by canonical term, and what it says. */
export type KnownPerson = { readonly person: number; readonly term: string; readonly known: KnownOfPerson };

/** The canonical terms of managers that a value of `teams` stands for. */
export const teamOf = (value: string): readonly string[] => JSON.parse(value) as readonly string[];

/** Made anew when records or persons have changed since, and only what is asked for. */
export const personAttributes = (
  { identifiers }: Pick<FactLog, 'identifiers'>,
  persons: PersonNumbers,
  people: Pick<PeopleState, 'directory' | 'roster' | 'version'>,
): PersonAttributes => {
  const { directory, roster } = people;
  const made = new Map<string, unknown>();
  let stand = '';
  const kept = <Made>(name: string, make: () => Made): Made => {
    const now = whoIsWho({ people, persons });
    if (now !== stand) made.clear();
    stand = now;
    const there = made.get(name) as Made | undefined;
    if (there !== undefined) return there;
    const one = make();
    made.set(name, one);
    return one;
  };

  const known: PersonAttributes['known'] = () =>
    kept('known', () =>
      roster
        .persons()
        .map((term) => ({ person: persons.named(term), term, known: roster.knownOf(term) }))
        .filter(({ person }) => person !== 0),
    );
  type Told<Value = string> = readonly { readonly from: number; readonly value: Value | undefined }[];
  const columnOf = <Value extends string | number>(told: (one: KnownPerson) => Told<Value>): Periods<Value> =>
    periodColumns<Value>(
      identifiers.size(),
      known().map((one) => [one.person, told(one)] as const),
    );
  const attribute =
    (name: string) =>
    ({ known: { timeline } }: KnownPerson): Told =>
      timeline.map(({ from, values }) => {
        const value = values.get(name);
        return { from, value: name === 'manager' && value !== undefined ? directory.personOf(value) : value };
      });
  const leaving = ({ known: { employments } }: KnownPerson): Told<number> =>
    employments.map(({ hired, left }) => ({ from: hired, value: Number.isFinite(left) ? left : undefined }));
  const employed = ({ known: { employments } }: KnownPerson): Told => [
    { from: Number.NEGATIVE_INFINITY, value: 'notYet' },
    ...employments.flatMap(({ hired, left }) => [
      { from: hired, value: 'employed' },
      { from: left + 1, value: 'left' },
    ]),
  ];

  return {
    column: (name) => kept(`of ${name}`, () => columnOf(attribute(name))),
    leaving: () => kept('leaving', () => columnOf(leaving)),
    employment: () => kept('employment', () => columnOf(employed)),
    teams: () =>
      kept('teams', () => {
        const chains = teamChains(directory, roster);
        return columnOf(({ term }) => chains(term));
      }),
    known,
  };
};
