import type { Did } from '../../people/cohorts.ts';
import type { PersonDirectory } from '../../people/persons.ts';
import type { SignedRecord } from '../../people/record.ts';
import type { Position } from '../../statements/statement-query.ts';
import { agentTerm } from '../../statements/terms.ts';
import type { Identifier } from '../../xapi/statement.ts';
import type { Fact } from '../fact.ts';
import { attempts } from './attempts.ts';
import { type CourseCatalogue, courseCatalogue } from './course-catalogue.ts';
import { didIn } from './did.ts';
import { enrolments } from './enrolments.ts';
import { type FactLog, factLog, type IdAt, type Place } from './fact-log.ts';
import { addRow } from './fact-row.ts';
import { folding } from './fold.ts';
import { type PeopleState, peopleState } from './people-state.ts';
import { personAttributes } from './person-attributes.ts';
import { type PersonNumbers, personNumbers } from './person-numbers.ts';
import { requirementScopes } from './requirement-scopes.ts';
import { retentionPairs } from './retention-pairs.ts';
import { skillCatalogue } from './skill-catalogue.ts';
import { skillEvidence } from './skill-evidence.ts';
import { skillsOf } from './skills-of.ts';
import { type Void, voids } from './voids.ts';

/**
 * All that metrics know at one position of the log: facts as they were stored, and the state of every person that is
 * folded of them. Nothing in it depends on the order in which facts were taken in, but for the numbers that it uses.
 */
export const newWorld = (idAt: IdAt) => {
  const log = factLog();
  const { people, persons, did } = peopleOf(log);
  const voided = voids(log, idAt);
  const { catalogue, courses, skills, states, fold } = statesOf(log, people, persons);
  const records: Position[] = [];
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
    /** Who is under which requirement. */
    scopes: requirementScopes(log, persons, people),
    voids: voided,
    ...states,
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
      const before = membersNamedIn(record, people.directory);
      people.apply(record, position, at);
      fold.upset(persons.reassign(before.flatMap((term) => people.directory.membersOf(term))));
      for (const identifier of namedIn(record)) log.identifiers.number(agentTerm(identifier) ?? '');
      if (record.record !== 'skills' && record.record !== 'courses') return;
      if (record.record === 'skills') catalogue.refresh();
      else courses.refresh();
      fold.upset([...persons.all()]);
    },
    /** Has everything folded, as after parts have been put in. */
    touchAll: (): void => fold.touch(Array.from({ length: log.identifiers.size() - 1 }, (_, at) => at + 1)),
    /** Brings all state up to what has been taken in. */
    settle: (): void => {
      fold.upset(persons.seeNew());
      fold.settle();
    },
  };
};

/** The terms of all identifiers of those whom a record merges or splits. */
const membersNamedIn = (record: SignedRecord, { membersOf }: PersonDirectory): readonly string[] =>
  record.record === 'merge' || record.record === 'split'
    ? record.identifiers.map((one) => agentTerm(one) ?? '').flatMap((term) => [term, ...membersOf(term)])
    : [];

/** Whom a record speaks of, who may have done nothing yet. */
const namedIn = (record: SignedRecord): readonly Identifier[] => {
  if (record.record === 'roster') return record.rows.map(({ identifier }) => identifier);
  return record.record === 'cohort' ? (record.list ?? []) : [];
};

export type World = ReturnType<typeof newWorld>;

const statesOf = (log: FactLog, people: PeopleState, persons: PersonNumbers) => {
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
  return { catalogue, courses, skills, states, fold: folding(log, persons, projections) };
};

/** Persons and what they have done know each other: a cohort may be of those who did something. */
const peopleOf = (log: FactLog) => {
  const did: Did = (rule, person, time) => done(rule, person, time);
  const people = peopleState(did);
  const persons: PersonNumbers = personNumbers(log.identifiers, people.directory);
  const done = didIn(log, persons, (person, time) => people.roster.employmentAt(person, time)?.hired);
  return { people, persons, did };
};
