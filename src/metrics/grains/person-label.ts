import { personId } from '../../people/persons.ts';
import type { Scope } from '../query/scope.ts';

/** What a person is called in an answer: the public id, and the roster's name for who may see it. */
export type PersonLabel = { readonly id: string; readonly name?: string };

/** Labels persons by any of their terms; the name is the one at the query's moment. */
export const labelOfTerm = ({ world, asOf, access }: Scope): ((term: string) => PersonLabel) => {
  const { directory, roster } = world.people;
  return (term) => {
    const id = personId(directory.personOf(term));
    const name = access.names ? roster.attributesAt(term, asOf).get('name') : undefined;
    return name === undefined ? { id } : { id, name };
  };
};

/** Labels persons by their numbers. */
export const labelOfPerson = (scope: Scope): ((person: number) => PersonLabel) => {
  const { identifiers } = scope.world.log;
  const label = labelOfTerm(scope);
  return (person) => label(identifiers.text(person));
};
