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
  /** Every person, that is, every number which is its own. */
  all(): Iterable<number>;
};

export const personNumbers = (identifiers: Dictionary, directory: PersonDirectory): PersonNumbers => {
  /** Only of those whose person has another number than they have. */
  const others = new Map<number, number>();
  let seen = 1;
  let changes = 0;

  const personOf = (identifier: number): number => others.get(identifier) ?? identifier;
  const number = (term: string): number => identifiers.known(term) ?? 0;
  /** What a person goes by may be an identifier that no statement has: then the first that one has stands for it. */
  const place = (term: string): number => {
    const members = directory
      .membersOf(term)
      .map(number)
      .filter((one) => one !== 0);
    const [person = 0] = members;
    for (const member of members) {
      if (member === person) others.delete(member);
      else others.set(member, person);
    }
    return person;
  };

  const reassign = (terms: Iterable<string>): readonly number[] => {
    const all = [...terms];
    const touched = new Set(all.map((term) => personOf(number(term))));
    for (const term of all) touched.add(place(term));
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
    *all() {
      for (let identifier = 1; identifier < identifiers.size(); identifier += 1)
        if (!others.has(identifier)) yield identifier;
    },
  };
};
