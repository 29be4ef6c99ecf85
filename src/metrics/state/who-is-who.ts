import type { PeopleState } from './people-state.ts';
import type { PersonNumbers } from './person-numbers.ts';

type Persons = {
  readonly people: Pick<PeopleState, 'version' | 'directory'>;
  readonly persons: Pick<PersonNumbers, 'changes'>;
};

/** Another text whenever records of people have come, or an identifier may be another person's than before. */
export const whoIsWho = ({ people, persons }: Persons): string =>
  `${people.version()} ${people.directory.changes()} ${persons.changes()}`;
