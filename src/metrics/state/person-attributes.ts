import type { FactLog } from './fact-log.ts';
import type { PeopleState } from './people-state.ts';
import { type Periods, periodColumns } from './period-columns.ts';
import type { PersonNumbers } from './person-numbers.ts';
import { teamChains } from './team-chains.ts';

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
  /** The numbers of all persons of whom the roster speaks, with their canonical terms. */
  known(): readonly (readonly [person: number, term: string])[];
};

/** The canonical terms of managers that a value of `teams` stands for. */
export const teamOf = (value: string): readonly string[] => JSON.parse(value) as readonly string[];

/** Made anew when records or persons have changed since, and only what is asked for. */
export const personAttributes = (
  { identifiers }: Pick<FactLog, 'identifiers'>,
  persons: PersonNumbers,
  { directory, roster, version }: Pick<PeopleState, 'directory' | 'roster' | 'version'>,
): PersonAttributes => {
  const made = new Map<string, unknown>();
  let stand = '';
  const kept = <Made>(name: string, make: () => Made): Made => {
    const now = `${version()} ${directory.changes()} ${persons.changes()}`;
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
        .map((term) => [persons.named(term), term] as const)
        .filter(([person]) => person !== 0),
    );
  type Told<Value = string> = readonly { readonly from: number; readonly value: Value | undefined }[];
  const columnOf = <Value extends string | number>(told: (term: string) => Told<Value>): Periods<Value> =>
    periodColumns<Value>(
      identifiers.size(),
      known().map(([person, term]) => [person, told(term)] as const),
    );
  const attribute =
    (name: string) =>
    (term: string): Told =>
      roster.changesOf(term).map((from) => {
        const value = roster.attributesAt(term, from).get(name);
        return { from, value: name === 'manager' && value !== undefined ? directory.personOf(value) : value };
      });
  const leaving = (term: string): Told<number> =>
    roster
      .employmentsOf(term)
      .map(({ hired, left }) => ({ from: hired, value: Number.isFinite(left) ? left : undefined }));
  const employed = (term: string): Told => [
    { from: Number.NEGATIVE_INFINITY, value: 'notYet' },
    ...roster.employmentsOf(term).flatMap(({ hired, left }) => [
      { from: hired, value: 'employed' },
      { from: left + 1, value: 'left' },
    ]),
  ];

  return {
    column: (name) => kept(`of ${name}`, () => columnOf(attribute(name))),
    leaving: () => kept('leaving', () => columnOf(leaving)),
    employment: () => kept('employment', () => columnOf(employed)),
    teams: () => kept('teams', () => columnOf(teamChains(directory, roster))),
    known,
  };
};
