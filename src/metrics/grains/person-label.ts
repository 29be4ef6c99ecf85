import { personId } from '../../people/persons.ts';
import { placesOf } from '../query/in-order.ts';
import type { Scope } from '../query/scope.ts';
import type { World } from '../state/world.ts';

/** What a person is called in an answer: the public id, and the roster's name for who may see it. */
export type PersonLabel = { readonly id: string; readonly name?: string };

/** Public ids by canonical terms, which are always the same. */
const made = new WeakMap<World['people'], Map<string, string>>();

const idsIn = ({ people }: World): ((term: string) => string) => {
  const known = made.get(people) ?? new Map<string, string>();
  made.set(people, known);
  const { personOf } = people.directory;
  return (term) => {
    const canonical = personOf(term);
    const there = known.get(canonical);
    if (there !== undefined) return there;
    const id = personId(canonical);
    known.set(canonical, id);
    return id;
  };
};

/** The same by the numbers of persons, which is half the way for whoever orders all of them; as long as nobody turns out to be somebody else. */
const numbered = new WeakMap<World, { readonly changes: number; readonly ids: (string | undefined)[] }>();

/** The public ids of persons, by their numbers. */
export const idOfPerson = ({ world }: Pick<Scope, 'world'>): ((person: number) => string) => {
  const { identifiers } = world.log;
  const idOf = idsIn(world);
  const changes = world.people.directory.changes();
  const before = numbered.get(world);
  const { ids } = before?.changes === changes ? before : { ids: [] };
  numbered.set(world, { changes, ids });
  return (person) => {
    const there = ids[person];
    if (there !== undefined) return there;
    const id = idOf(identifiers.text(person));
    ids[person] = id;
    return id;
  };
};

const ordered = new WeakMap<World, { readonly changes: number; readonly places: Uint32Array }>();

/** By the number of a person, the place of the public id among those of all; kept until there is anybody new. */
export const placesOfPersons = ({ world }: Pick<Scope, 'world'>): Uint32Array => {
  const changes = world.people.directory.changes();
  const size = world.log.identifiers.size();
  const before = ordered.get(world);
  if (before?.changes === changes && before.places.length === size) return before.places;
  const idOf = idOfPerson({ world });
  const places = placesOf(
    Array.from({ length: size }, (_, person) => (person === 0 ? null : idOf(person))),
    false,
  );
  ordered.set(world, { changes, places });
  return places;
};

/** Labels persons by any of their terms; the name is the one at the query's moment. */
export const labelOfTerm = ({ world, asOf, access }: Scope): ((term: string) => PersonLabel) => {
  const { roster } = world.people;
  const idOf = idsIn(world);
  return (term) => {
    const id = idOf(term);
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

/** The number of the person that has a public id; 0 if nobody has. */
export const numberOfPerson = ({ world }: Scope, id: string): number => {
  const term = world.people.directory.personOfId(id);
  return term === undefined ? 0 : world.persons.named(term);
};
