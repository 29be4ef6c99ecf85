import type { PersonDirectory } from '../../people/persons.ts';
import type { SignedRecord } from '../../people/record.ts';
import type { Position } from '../../statements/statement-query.ts';
import { agentTerm } from '../../statements/terms.ts';
import type { Identifier } from '../../xapi/statement.ts';
import type { Fact } from '../fact.ts';
import { FACT } from './fact-columns.ts';
import { type FactLog, factLog, type IdAt, type Place } from './fact-log.ts';
import { addRow } from './fact-row.ts';
import type { IsEffective } from './fold.ts';
import { peopleOf } from './people-of.ts';
import { personAttributes } from './person-attributes.ts';
import { requirementScopes } from './requirement-scopes.ts';
import { declare, sources } from './sources.ts';
import { statesOf } from './states-of.ts';
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
  const { refresh, courses, skills, states, fold } = statesOf(log, people, persons, isEffective);
  const fed = sources(log);
  const records: Position[] = [];
  let upto: Position = 0;

  const addFact = (place: Place, fact: Fact): void => {
    describe(log, place, fact);
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
    /** Who has told what, and how late. */
    sources: fed,
    /** The id, in lower case, of the statement at a position. */
    idAt,
    ...states,
    /** Whose state is another than it was. */
    folded: fold.folded,
    isEffective,
    /** Whether a fact is known, and a void has taken it back. */
    isVoided: ((fact) => !isEffective(fact)) as IsEffective,
    /** How courses are made. */
    courses,
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
      // What has come before a merge is there when it moves people.
      fold.upset(persons.seeNew());
      const others = membersNamedIn(record, people.directory, () => people.apply(record, position, at));
      fold.upset(persons.reassign(others));
      for (const identifier of namedIn(record)) log.identifiers.number(agentTerm(identifier) ?? '');
      declare(fed, record);
      if (refresh(record.record)) fold.upset([...persons.all()]);
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

const describe = ({ described }: FactLog, { position }: Place, fact: Fact): void => {
  for (const activity of fact.described) {
    const program = activity.id === fact.root ? fact.program : undefined;
    described.describe(activity, program, { position, time: fact.time });
  }
};

/** All that are or were of the persons whom a record merges or splits, which it does meanwhile. */
const membersNamedIn = (
  record: SignedRecord,
  { membersOf }: PersonDirectory,
  apply: () => unknown,
): readonly string[] => {
  const named = 'identifiers' in record ? record.identifiers.map((one) => agentTerm(one) ?? '') : [];
  const before = new Set(named);
  for (const list of new Set(named.map(membersOf))) for (const term of list) before.add(term);
  apply();
  const after = new Set<string>();
  for (const list of new Set([...before].map(membersOf))) for (const term of list) after.add(term);
  return [...after];
};

/** Whom a record speaks of, who may have done nothing yet. */
export const namedIn = (record: SignedRecord): readonly Identifier[] => {
  if (record.record === 'roster') return record.rows.map(({ identifier }) => identifier);
  return record.record === 'cohort' ? (record.list ?? []) : [];
};

export type World = ReturnType<typeof newWorld>;

/** All numbers of identifiers. */
export const identifiersOf = ({ identifiers }: FactLog): readonly number[] =>
  Array.from({ length: identifiers.size() - 1 }, (_, at) => at + 1);
