import type { PersonDirectory } from '../../people/persons.ts';
import type { Dictionary } from './dictionary.ts';
import type { Persons } from './fold.ts';

const NOBODY: readonly number[] = [];

/** The numbers by which persons go: that of the identifier which a directory names them by. */
export type PersonNumbers = Persons & {
  /** Takes in the identifiers that are new; answers the persons whose identifiers are others than before. */
  seeNew(): readonly number[];
  /**
   * Told the terms of everybody whose person may have got or lost identifiers; answers the persons, by the numbers that
   * they had and have, whose identifiers may be others than before.
   */
  reassign(terms: Iterable<string>): readonly number[];
  /** Counts up whenever an identifier may be another person's, or a person may have another number, than before. */
  changes(): number;
  /** The person that a term is of; 0 if no statement names any identifier of theirs. */
  named(term: string): number;
  /** Every person, that is, every number which is its own. */
  all(): Iterable<number>;
};

/** `isNamed` says which identifiers are there: all, but for who looks at what was known earlier. */
export const personNumbers = (
  identifiers: Dictionary,
  directory: PersonDirectory,
  isNamed: (identifier: number) => boolean = () => true,
): PersonNumbers => {
  /** Only of those whose person has another number than they have. */
  const others = new Map<number, number>();
  let seen = 1;
  let changes = 0;

  const personOf = (identifier: number): number => others.get(identifier) ?? identifier;
  const number = (term: string): number => {
    const known = identifiers.known(term) ?? 0;
    return isNamed(known) ? known : 0;
  };
  /**
   * What a person goes by may be an identifier that no statement has: then the first that one has stands for it, until
   * a statement has another one that comes before. Adds whoever was or is someone else by that.
   */
  const place = (terms: readonly string[], touched: Set<number>): void => {
    const members = terms.map(number).filter((one) => one !== 0);
    const [person = 0] = members;
    for (const member of members) {
      touched.add(personOf(member));
      if (member === person) others.delete(member);
      else others.set(member, person);
    }
    touched.add(person);
  };

  const reassign = (terms: Iterable<string>): readonly number[] => {
    const touched = new Set<number>();
    /** A person who has several identifiers has one list of them, and is placed once. */
    const placed = new Set<readonly string[]>();
    for (const term of terms) {
      const before = number(term);
      touched.add(before).add(personOf(before));
      const members = directory.membersOf(term);
      if (!placed.has(members)) place(members, touched);
      placed.add(members);
    }
    touched.delete(0);
    changes += touched.size;
    return [...touched];
  };

  return {
    personOf,
    membersOf: (person) => {
      if (personOf(person) !== person) return NOBODY;
      const members = directory.membersOf(identifiers.text(person));
      return members.length === 1 ? [person] : members.map(number).filter((one) => one !== 0);
    },
    seeNew: () => {
      const touched: number[] = [];
      for (; seen < identifiers.size(); seen += 1) {
        if (!isNamed(seen)) continue;
        const term = identifiers.text(seen);
        directory.see(term);
        // One that joins others changes who they are, and may change what they are called by.
        const members = directory.membersOf(term);
        if (members.length > 1) touched.push(...reassign(members));
      }
      return touched;
    },
    reassign,
    changes: () => changes,
    named: (term) => {
      const member = directory.membersOf(term).find((one) => number(one) !== 0);
      return member === undefined ? 0 : personOf(number(member));
    },
    *all() {
      for (let identifier = 1; identifier < identifiers.size(); identifier += 1)
        if (!others.has(identifier) && isNamed(identifier)) yield identifier;
    },
  };
};
