import { personId } from '../../people/persons.ts';
import type { Scope } from '../query/scope.ts';
import type { Dimension, Moment } from './grain.ts';

/** What is known of the person of a row. */
export const PERSON = {
  person: 'The person.',
} as const;

/** `person` gives a row's person, `moment` when the roster is asked about them. */
export const personDimensions = (
  scope: Scope,
  person: (row: number) => number,
  _moment: Moment,
): Readonly<Record<string, () => Dimension>> => {
  const { identifiers } = scope.world.log;
  return {
    person: () => ({
      code: person,
      decode: (number) =>
        number === 0
          ? null
          : { id: personId(scope.world.people.directory.personOf(identifiers.text(number))) },
    }),
  };
};
