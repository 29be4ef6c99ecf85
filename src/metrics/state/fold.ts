import { columns } from './columns.ts';
import { FACT } from './fact-columns.ts';
import type { FactLog } from './fact-log.ts';
import { factOrder } from './fact-order.ts';
import { foldedPersons } from './folded-persons.ts';

/** One kind of state that is folded from a person's facts. */
export type Projection = {
  /** Empties all that is known of a person. */
  forget(person: number): void;
  /** Takes in the next fact of a person, in the order of {@link factOrder}. */
  take(person: number, fact: number): void;
  /** Told that a fact says nothing that another one has not said: what it had said before does not hold any more. */
  leave?(fact: number): void;
};

/** Whether a fact counts: it is known, and no void has taken it back. */
export type IsEffective = (fact: number) => boolean;

/** Who is behind an identifier, and which identifiers a person has; a person has the number of one of its identifiers. */
export type Persons = {
  personOf(identifier: number): number;
  membersOf(person: number): readonly number[];
};

/**
 * Keeps the state of every person a pure fold of that person's facts, in the order in which they happened. What comes
 * in that order is taken in as it comes; whatever changes what was before (a fact that comes late, a void, a merge)
 * has the person folded anew.
 */
export const folding = (
  log: FactLog,
  persons: Persons,
  projections: readonly Projection[],
  isEffective: IsEffective,
) => {
  const { facts } = log;
  const order = factOrder(facts);
  /** How far each has been folded: the facts of rows below, and the last of them in order, plus one. */
  const folded = columns({ below: 'u32', last: 'u32' });
  const dirty = new Set<number>();
  const anew = new Set<number>();
  const known = foldedPersons();
  const rowsOf = effectiveFacts(log, persons, isEffective);

  const takeOne = (person: number, row: number): void => {
    for (const projection of projections) projection.take(person, row);
  };
  /** A statement about a group says one thing of a person, even if it names several of the person's identifiers. */
  const isTwin = (rows: Uint32Array, at: number): boolean =>
    at > 0 && facts.position[rows[at] as number] === facts.position[rows[at - 1] as number];
  const take = (person: number, rows: Uint32Array): void => {
    rows.forEach((row, at) => {
      if (!isTwin(rows, at)) takeOne(person, row);
      else for (const projection of projections) projection.leave?.(row);
    });
    if (rows.length > 0) folded.last[person] = (rows[rows.length - 1] as number) + 1;
  };
  const foldAnew = (person: number): void => {
    for (const projection of projections) projection.forget(person);
    folded.last[person] = 0;
    take(person, rowsOf(person, 0));
  };
  const foldOn = (person: number): void => {
    const rows = rowsOf(person, folded.below[person] as number);
    const last = folded.last[person] as number;
    const [first] = rows;
    if (first !== undefined && last !== 0 && order(last - 1, first) > 0) foldAnew(person);
    else take(person, rows);
  };
  const done = (person: number): void => {
    folded.below[person] = facts.rows;
    known.note(person);
  };

  return {
    /** Whose state is another than it was. */
    folded: known,
    /** Told that identifiers have new facts. */
    touch: (identifiers: readonly number[]): void => {
      for (const identifier of identifiers) dirty.add(persons.personOf(identifier));
    },
    /** Told that what was known of some persons, by their numbers, does not hold any more. */
    upset: (numbers: readonly number[]): void => {
      for (const person of numbers) anew.add(person);
    },
    /** Brings every person's state up to all facts that there are. */
    settle: (): void => {
      while (folded.rows < log.identifiers.size()) folded.add();
      for (const person of anew) {
        foldAnew(person);
        dirty.delete(person);
        done(person);
      }
      for (const person of dirty) {
        foldOn(person);
        done(person);
      }
      anew.clear();
      dirty.clear();
    },
  };
};

/** The facts of a person from a row on that count, in order. */
const effectiveFacts = (log: FactLog, persons: Persons, isEffective: IsEffective) => {
  const { facts } = log;
  const order = factOrder(facts);
  const addRows = (rows: number[], identifier: number, from: number): void => {
    for (let next = log.newestOf(identifier); next > from; next = facts.earlier[next - 1] as number) {
      const isTeam = ((facts.flags[next - 1] as number) & FACT.isTeam) !== 0;
      if (!isTeam && isEffective(next - 1)) rows.push(next - 1);
    }
  };
  return (person: number, from: number): Uint32Array => {
    const rows: number[] = [];
    for (const identifier of persons.membersOf(person)) addRows(rows, identifier, from);
    return Uint32Array.from(rows).sort(order);
  };
};
