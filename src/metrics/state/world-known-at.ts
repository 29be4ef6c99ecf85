import type { SignedRecord } from '../../people/record.ts';
import type { Position } from '../../statements/statement-query.ts';
import { agentTerm } from '../../statements/terms.ts';
import type { FactLog } from './fact-log.ts';
import type { IsEffective } from './fold.ts';
import { peopleOf } from './people-of.ts';
import { personAttributes } from './person-attributes.ts';
import { requirementScopes } from './requirement-scopes.ts';
import { declare, sources } from './sources.ts';
import { statesOf } from './states-of.ts';
import { identifiersOf, namedIn, type World } from './world.ts';

/** A record of people as it stands in the log; `at` in microseconds since 1970. */
export type PlacedRecord = {
  readonly record: SignedRecord;
  readonly position: Position;
  readonly at: number;
};

/**
 * What was known at an earlier position: folded of the facts, voids and records up to there. It shares the facts with
 * the world that it is taken from, sees of what describes activities and of identifiers only what was there, and nothing
 * more is taken into it.
 */
export const worldKnownAt = (world: World, position: Position, all: readonly PlacedRecord[]): World => {
  const records = all.filter((one) => one.position <= position);
  const { described } = world.log;
  const log: FactLog = { ...world.log, described: { ...described, of: described.knownAt(position) } };
  const struck = world.voids.struckBy(position);
  const isKnown = (fact: number): boolean => (log.facts.position[fact] as number) <= position;
  const isEffective: IsEffective = (fact) => isKnown(fact) && !struck.has(fact);
  const isNamed = namedBy(log, isKnown, records);
  const { people, persons, did } = peopleOf(log, isEffective, isNamed);
  const { refresh, courses, skills, states, fold } = statesOf(log, people, persons, isEffective);
  const fed = sources(log, position);
  for (const { record, position: place, at } of records) {
    people.apply(record, place, at);
    declare(fed, record);
  }
  refresh('skills');
  refresh('courses');
  persons.seeNew();
  fold.touch(identifiersOf(log));
  fold.settle();
  const past = {
    log,
    people,
    persons,
    did,
    sources: fed,
    attributes: personAttributes(log, persons, people),
    scopes: requirementScopes(log, persons, people, position),
    ...states,
    folded: fold.folded,
    isEffective,
    isVoided: ((fact) => isKnown(fact) && struck.has(fact)) as IsEffective,
    courses,
    skillsOf: skills,
    upto: () => position,
    settle: () => undefined,
  };
  return { ...world, ...past };
};

/** Whether facts that are known, or records, name an identifier: as what they are about, or as the observer. */
const namedBy = (
  { facts, details, identifiers }: FactLog,
  isKnown: IsEffective,
  records: readonly PlacedRecord[],
): ((identifier: number) => boolean) => {
  const named = new Uint8Array(identifiers.size());
  for (let fact = 0; fact < facts.rows && isKnown(fact); fact += 1) {
    named[facts.subject[fact] as number] = 1;
    const detail = facts.detail[fact] as number;
    if (detail !== 0) named[details.observer[detail - 1] as number] = 1;
  }
  for (const { record } of records)
    for (const one of namedIn(record)) named[identifiers.known(agentTerm(one) ?? '') ?? 0] = 1;
  return (identifier) => named[identifier] === 1;
};
