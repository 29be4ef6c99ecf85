import type { Scope } from '../query/scope.ts';
import { choiceDimension, flagDimension } from './dimensions.ts';
import type { Grain, Moment } from './grain.ts';
import { PERSON, personDimensions } from './person-dimensions.ts';
import { type PersonalSpell, rosterDates } from './roster-dates.ts';

/** Everybody's roles: the rows of the grain, by their numbers. */
export const allSpells = ({ world }: Scope): readonly PersonalSpell[] => rosterDates(world).spells;

/** One person in one role, for as long as they had it without a break. */
export const ROLE: Grain = {
  name: 'role',
  description: 'One person in one role, from the day they took it, as the roster has it.',
  moments: { begin: 'Took the role.', taken: 'Took the role.', ended: 'Left it, or the company.' },
  dimensions: {
    ...PERSON,
    'role.held': 'The role that the row is about.',
    current: 'Whether the person has it at the moment of the question.',
    left: 'Whether it ended because they left the company.',
  },
  open: (scope) => {
    const spells = allSpells(scope);
    const spell = (row: number): PersonalSpell => spells[row] as PersonalSpell;
    const begin: Moment = (row) => spell(row).from;
    const ended: Moment = (row) => (spell(row).to <= scope.asOf ? spell(row).to : Number.NaN);
    const names = [...new Set(spells.map(({ role }) => role))].sort();
    const places = new Map(names.map((name, at) => [name, at + 1]));
    const person = (row: number): number => spell(row).person;
    return {
      size: spells.length,
      has: (row) => spell(row).from <= scope.asOf,
      person,
      begin,
      moments: { begin, taken: begin, ended },
      dimensions: {
        ...personDimensions(scope, person, begin),
        'role.held': () => choiceDimension(names, (row) => places.get(spell(row).role) as number),
        current: () => flagDimension((row) => spell(row).to > scope.asOf),
        left: () => flagDimension((row) => spell(row).isLeaving && !Number.isNaN(ended(row))),
      },
      facts: () => [],
    };
  },
};
