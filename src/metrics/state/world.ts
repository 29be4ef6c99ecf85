import type { Did } from '../../people/cohorts.ts';
import type { SignedRecord } from '../../people/record.ts';
import type { Position } from '../../statements/statement-query.ts';
import { agentTerm } from '../../statements/terms.ts';
import type { Identifier } from '../../xapi/statement.ts';
import { epochMicros } from '../../xapi/timestamp.ts';
import type { Fact } from '../fact.ts';
import { attempts } from './attempts.ts';
import { type CourseCatalogue, courseCatalogue } from './course-catalogue.ts';
import { didIn } from './did.ts';
import { enrolments } from './enrolments.ts';
import { FACT } from './fact-columns.ts';
import { type FactLog, factLog, type IdAt, type Place } from './fact-log.ts';
import { addRow } from './fact-row.ts';
import { folding, type IsEffective } from './fold.ts';
import { type PeopleState, peopleState } from './people-state.ts';
import { personAttributes } from './person-attributes.ts';
import { type PersonNumbers, personNumbers } from './person-numbers.ts';
import { retentionPairs } from './retention-pairs.ts';
import { skillCatalogue } from './skill-catalogue.ts';
import { skillEvidence } from './skill-evidence.ts';
import { skillsOf } from './skills-of.ts';
import { sources } from './sources.ts';
import { type Void, voids } from './voids.ts';

/**
 * All that metrics know at one position of the log: facts as they were stored, and the state of every person that is
 * folded of them. Nothing in it depends on the order in which facts were taken in, but for the numbers that it uses.
 */
export const newWorld = (idAt: IdAt) => {
  const log = factLog();
  const isEffective: IsEffective = (fact) => ((log.facts.flags[fact] as number) & FACT.voided) === 0;
  const { people, persons, did } = peopleOf(log, isEffective);
  const voided = voids(log, idAt);
  const { catalogue, courses, skills, states, fold } = statesOf(log, people, persons, isEffective);
  const fed = sources(log);
  const records: Position[] = [];
  /** Whether what activities show or courses are made of is known anew, so that all state is another. */
  const refreshes = (kind: SignedRecord['record']): boolean => {
    if (kind === 'skills') catalogue.refresh();
    if (kind === 'courses') courses.refresh();
    return kind === 'skills' || kind === 'courses';
  };
  let upto: Position = 0;

  const addFact = (place: Place, fact: Fact): void => {
    for (const activity of fact.described)
      log.described.describe(activity, activity.id === fact.root ? fact.program : undefined, fact.time);
    const row = addRow(log, place, fact);
    log.link(row);
    fold.touch([log.facts.subject[row] as number]);
  };

  return {
    log,
    people,
    persons,
    /** Whether persons had done something at a moment. */
    did,
    /** What the roster says of persons. */
    attributes: personAttributes(log, persons, people),
    voids: voided,
    /** Who has told what, and how late. */
    sources: fed,
    /** The id, in lower case, of the statement at a position. */
    idAt,
    ...states,
    isEffective,
    /** How courses are made. */
    courses: courses as CourseCatalogue,
    /** The skills that a fact is about. */
    skillsOf: skills,
    /** Where records of people stand in the log. */
    records,
    /** The last position that has been taken in. */
    upto: (): Position => upto,
    moveTo: (position: Position): void => {
      upto = position;
    },
    /** Takes in what one statement says. */
    add: (place: Place, facts: readonly Fact[]): void => {
      const first = log.facts.rows;
      for (const fact of facts) addFact(place, fact);
      if (log.facts.rows > first) voided.arrived(place, first);
    },
    /** Takes back what another statement says or will say. */
    void: (one: Void): void => fold.upset(voided.take(one).map(persons.personOf)),
    /** Takes in a record of people; `at` in microseconds since 1970. */
    record: (record: SignedRecord, position: Position, at: number): void => {
      records.push(position);
      fold.upset(persons.moved(people.apply(record, position, at)));
      for (const identifier of namedIn(record)) log.identifiers.number(agentTerm(identifier) ?? '');
      if (record.record === 'complete-through')
        fed.declare(record.source, epochMicros(record.through) / 1000);
      if (refreshes(record.record)) fold.upset([...persons.all()]);
    },
    /** Has everything folded, as after parts have been put in. */
    touchAll: (): void => fold.touch(identifiersOf(log)),
    /** Brings all state up to what has been taken in. */
    settle: (): void => {
      fold.upset(persons.seeNew());
      fold.settle();
    },
  };
};

/** Whom a record speaks of, who may have done nothing yet. */
const namedIn = (record: SignedRecord): readonly Identifier[] => {
  if (record.record === 'roster') return record.rows.map(({ identifier }) => identifier);
  return record.record === 'cohort' ? (record.list ?? []) : [];
};

export type World = ReturnType<typeof newWorld>;

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
  const isEffective: IsEffective = (fact) =>
    (log.facts.position[fact] as number) <= position && !struck.has(fact);
  const { people, persons, did } = peopleOf(log, isEffective);
  const { catalogue, courses, skills, states, fold } = statesOf(log, people, persons, isEffective);
  for (const { record, position: place, at } of records)
    if (place <= position) people.apply(record, place, at);
  catalogue.refresh();
  courses.refresh();
  persons.seeNew();
  fold.touch(identifiersOf(log));
  fold.settle();
  const past = {
    people,
    persons,
    did,
    attributes: personAttributes(log, persons, people),
    ...states,
    isEffective,
    courses: courses as CourseCatalogue,
    skillsOf: skills,
    upto: () => position,
    settle: () => undefined,
  };
  return { ...world, ...past };
};

const identifiersOf = ({ identifiers }: FactLog): readonly number[] =>
  Array.from({ length: identifiers.size() - 1 }, (_, at) => at + 1);

const statesOf = (log: FactLog, people: PeopleState, persons: PersonNumbers, isEffective: IsEffective) => {
  const catalogue = skillCatalogue(log, people);
  const courses = courseCatalogue(log.activities, people);
  const skills = skillsOf(log, catalogue);
  const states = {
    enrolments: enrolments(log, courses),
    attempts: attempts(log),
    pairs: retentionPairs(log, skills),
    skills: skillEvidence(log, skills, catalogue),
  };
  const projections = Object.values(states).map(({ projection }) => projection);
  return { catalogue, courses, skills, states, fold: folding(log, persons, projections, isEffective) };
};

/** Persons and what they have done know each other: a cohort may be of those who did something. */
const peopleOf = (log: FactLog, isEffective: IsEffective) => {
  const did: Did = (rule, person, time) => done(rule, person, time);
  const people = peopleState(did);
  const persons: PersonNumbers = personNumbers(log.identifiers, people.directory);
  const done = didIn(
    log,
    persons,
    isEffective,
    (person, time) => people.roster.employmentAt(person, time)?.hired,
  );
  return { people, persons, did };
};
