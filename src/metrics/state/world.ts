import { type PersonDirectory, personDirectory } from '../../people/persons.ts';
import type { Position } from '../../statements/statement-query.ts';
import type { Fact } from '../fact.ts';
import { attempts } from './attempts.ts';
import { enrolments } from './enrolments.ts';
import { factLog, type IdAt, type Place } from './fact-log.ts';
import { addRow } from './fact-row.ts';
import { folding } from './fold.ts';
import { personNumbers } from './person-numbers.ts';
import { retentionPairs } from './retention-pairs.ts';
import { skillEvidence } from './skill-evidence.ts';
import { type SkillCatalogue, skillsOf } from './skills-of.ts';
import { type Void, voids } from './voids.ts';

const NO_SKILLS: SkillCatalogue = { skillsOf: () => [], levelOf: () => 0 };

/**
 * All that metrics know at one position of the log: facts as they were stored, and the state of every person that is
 * folded of them. Nothing in it depends on the order in which facts were taken in, but for the numbers that it uses.
 */
export const newWorld = (idAt: IdAt) => {
  const log = factLog();
  const directory: PersonDirectory = personDirectory();
  const persons = personNumbers(log.identifiers, directory);
  const voided = voids(log, idAt);
  const skills = skillsOf(log, NO_SKILLS);
  const states = {
    enrolments: enrolments(log),
    attempts: attempts(log),
    pairs: retentionPairs(log, skills),
    skills: skillEvidence(log, skills, NO_SKILLS),
  };
  const fold = folding(
    log,
    persons,
    Object.values(states).map(({ projection }) => projection),
  );
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
    directory,
    persons,
    voids: voided,
    ...states,
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
    /** Brings all state up to what has been taken in. */
    settle: (): void => {
      fold.upset(persons.seeNew());
      fold.settle();
    },
  };
};

export type World = ReturnType<typeof newWorld>;
