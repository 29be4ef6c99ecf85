/** So many are known at once; of those before nothing is known any more. */
const MOST = 100_000;

/** Whose state has been folded, in the order in which it was: the rows that may be others than they were. */
export type FoldedPersons = {
  note(person: number): void;
  /** Where the list ends now. */
  mark(): number;
  /** Who has been folded since; undefined if that is too long ago. One who was folded twice is named twice. */
  since(mark: number): readonly number[] | undefined;
};

export const foldedPersons = (): FoldedPersons => {
  let first = 0;
  let persons: number[] = [];
  return {
    note: (person) => {
      if (persons.length >= MOST) {
        first += persons.length / 2;
        persons = persons.slice(persons.length / 2);
      }
      persons.push(person);
    },
    mark: () => first + persons.length,
    since: (mark) => (mark < first ? undefined : persons.slice(mark - first)),
  };
};
