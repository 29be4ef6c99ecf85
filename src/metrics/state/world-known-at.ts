import type { SignedRecord } from '../../people/record.ts';
import type { Position } from '../../statements/statement-query.ts';
import type { IsEffective } from './fold.ts';
import { peopleOf } from './people-of.ts';
import { personAttributes } from './person-attributes.ts';
import { requirementScopes } from './requirement-scopes.ts';
import { declare, sources } from './sources.ts';
import { statesOf } from './states-of.ts';
import { identifiersOf, type World } from './world.ts';

/** A record of people as it stands in the log; `at` in microseconds since 1970. */
export type PlacedRecord = {
  readonly record: SignedRecord;
  readonly position: Position;
  readonly at: number;
};

/**
 * What was known at an earlier position: folded of the facts, voids and records up to there. It shares the facts with
 * the world that it is taken from, and nothing more is taken into it.
 */
export const worldKnownAt = (world: World, position: Position, records: readonly PlacedRecord[]): World => {
  const { log } = world;
  const struck = world.voids.struckBy(position);
  const isKnown = (fact: number): boolean => (log.facts.position[fact] as number) <= position;
  const isEffective: IsEffective = (fact) => isKnown(fact) && !struck.has(fact);
  const { people, persons, did } = peopleOf(log, isEffective);
  const { refresh, courses, skills, states, fold } = statesOf(log, people, persons, isEffective);
  const fed = sources(log, position);
  for (const { record, position: place, at } of records) {
    if (place > position) continue;
    people.apply(record, place, at);
    declare(fed, record);
  }
  refresh('skills');
  refresh('courses');
  persons.seeNew();
  fold.touch(identifiersOf(log));
  fold.settle();
  const past = {
    people,
    persons,
    did,
    sources: fed,
    attributes: personAttributes(log, persons, people),
    scopes: requirementScopes(log, persons, people, position),
    ...states,
    isEffective,
    isVoided: ((fact) => isKnown(fact) && struck.has(fact)) as IsEffective,
    courses,
    skillsOf: skills,
    upto: () => position,
    settle: () => undefined,
  };
  return { ...world, ...past };
};
