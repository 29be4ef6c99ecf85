import { numberColumn, numbersUpTo, wholeColumn } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import { choiceDimension, flagDimension } from './dimensions.ts';
import type { Grain, Moment } from './grain.ts';
import { PERSON, personDimensions } from './person-dimensions.ts';
import { rosterDates, type Spells } from './roster-dates.ts';

/** Everybody's roles: the rows of the grain, by their numbers. */
export const allSpells = ({ world }: Scope): Spells => rosterDates(world).spells;

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
    const { size, person: persons, from, to, role, roles, isLeaving } = allSpells(scope);
    const person = wholeColumn(() => persons);
    const begin = numberColumn(() => from);
    const end = (row: number): number => to[row] as number;
    const ended: Moment = numberColumn(() =>
      numbersUpTo(size, (row) => (end(row) <= scope.asOf ? end(row) : Number.NaN)),
    );
    return {
      size,
      has: (row) => (from[row] as number) <= scope.asOf,
      person,
      begin,
      moments: { begin, taken: begin, ended },
      dimensions: {
        ...personDimensions(scope, person, begin),
        'role.held': () => choiceDimension(roles, (row) => (role[row] as number) + 1),
        current: () => flagDimension((row) => end(row) > scope.asOf),
        left: () => flagDimension((row) => isLeaving[row] === 1 && !Number.isNaN(ended(row))),
      },
      facts: () => [],
    };
  },
};
