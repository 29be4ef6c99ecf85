import type { Did } from '../../people/cohorts.ts';
import { didIn } from './did.ts';
import type { FactLog } from './fact-log.ts';
import type { IsEffective } from './fold.ts';
import { peopleState } from './people-state.ts';
import { type PersonNumbers, personNumbers } from './person-numbers.ts';

/** Persons and what they have done know each other: a cohort may be of those who did something. */
export const peopleOf = (
  log: FactLog,
  isEffective: IsEffective,
  isNamed?: (identifier: number) => boolean,
) => {
  const did: Did = (rule, person, time) => done(rule, person, time);
  const people = peopleState(did);
  const persons: PersonNumbers = personNumbers(log.identifiers, people.directory, isNamed);
  const done = didIn(
    log,
    persons,
    isEffective,
    (person, time) => people.roster.employmentAt(person, time)?.hired,
  );
  return { people, persons, did };
};
