import { Rejection } from '../../xapi/rejection.ts';
import type { World } from '../state/world.ts';
import { unknownName } from './read-query.ts';
import type { Scope } from './scope.ts';

/** So many memberships are kept: pages of an answer, and the cards of a dashboard, ask for the same. */
const KEPT = 16;
/** Who does not say when is told who was in it when that was last asked within so many milliseconds. */
const NOW = 60_000;

type Kept = { seq: number; readonly byKey: Map<string, Uint8Array> };
const known = new WeakMap<World, Kept>();

/**
 * Who is in a cohort at the query's moment: 1 at the numbers of its persons. Kept until something new is taken in.
 *
 * @throws Rejection `body-invalid` for one that is not there; `pointer` says where it is named.
 */
export const cohortMembers = (
  { world, asOf, isNow }: Pick<Scope, 'world' | 'asOf' | 'isNow'>,
  id: string,
  pointer: string,
): Uint8Array => {
  const { cohorts } = world.people;
  if (cohorts.find(id) === undefined) {
    const message = unknownName(
      'cohort',
      id,
      cohorts.all().map((one) => one.id),
    );
    throw new Rejection('body-invalid', [{ pointer, message }]);
  }
  const kept = keptOf(world);
  const key = JSON.stringify(isNow === true ? [id, 'minute', Math.floor(asOf / NOW)] : [id, asOf]);
  const there = kept.get(key);
  if (there !== undefined) return there;
  const members = membersOf(world, id, asOf);
  kept.set(key, members);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value as string);
  return members;
};

const keptOf = (world: World): Map<string, Uint8Array> => {
  const there = known.get(world);
  if (there?.seq === world.upto()) return there.byKey;
  const byKey = new Map<string, Uint8Array>();
  known.set(world, { seq: world.upto(), byKey });
  return byKey;
};

const membersOf = ({ log, persons, people, did }: World, id: string, asOf: number): Uint8Array => {
  const members = new Uint8Array(log.identifiers.size());
  for (const person of persons.all())
    if (people.cohorts.has(id, log.identifiers.text(person), asOf, did)) members[person] = 1;
  return members;
};
