import { foldedPersons } from '../../src/metrics/state/folded-persons.ts';

describe('persons who have been folded', () => {
  it('are told since a mark', () => {
    const persons = foldedPersons();
    persons.note(7);
    const mark = persons.mark();
    expect(persons.since(mark)).toEqual([]);
    persons.note(8);
    persons.note(7);
    expect(persons.since(mark)).toEqual([8, 7]);
  });

  it('are not known any more once too many have been folded since', () => {
    const persons = foldedPersons();
    const early = persons.mark();
    for (let person = 0; person < 99_990; person += 1) persons.note(person);
    const late = persons.mark();
    for (let person = 0; person < 20; person += 1) persons.note(person);
    expect(persons.since(early)).toBeUndefined();
    expect(persons.since(late)).toEqual(Array.from({ length: 20 }, (_, person) => person));
    expect(persons.mark() - late).toBe(20);
  });
});
