import { fed, roster, stated, who } from '../fed-world.ts';

/** What is reckoned of all rows is kept from question to question: nothing of it may outlive what it was reckoned of. */
describe('a question after the state has changed', () => {
  const world = fed([
    roster('a', { hired: '2020-01-01', department: 'Sales' }),
    stated('a', 'registered', 'one', '2026-01-10'),
    stated('a', 'completed', 'one', '2026-01-20'),
    stated('b', 'registered', 'one', '2026-01-11'),
  ]);
  const rate = () => {
    const { num, den } = world.cell('completion.rate', { includeImmature: true });
    return [num, den];
  };
  const statements = () => world.cell('events.count').value;
  const hours = () => world.cell('time.spent').value;
  const active = () => world.cell('learners.stickiness').num;

  it('is answered from the new one', () => {
    expect([rate(), statements(), hours(), active()]).toEqual([[1, 2], 3, 0, 1]);
    world.add(stated('b', 'completed', 'one', '2026-01-21', { result: { duration: 'PT1H' } }));
    expect([rate(), statements(), hours(), active()]).toEqual([[2, 2], 4, 1, 2]);
    // The same again says nothing of its own.
    world.add(stated('b', 'completed', 'one', '2026-01-21', { result: { duration: 'PT1H' } }));
    expect([rate(), statements()]).toEqual([[2, 2], 4]);
  });

  it('knows who is one person by now', () => {
    const merge = { record: 'merge', identifiers: [who('a'), who('b')], why: 'w' } as const;
    world.add(stated('a', 'completed', 'one', '2026-01-21', { result: { duration: 'PT1H' } }));
    expect([statements(), active(), world.values('events.count', 'department')]).toEqual([
      5,
      3,
      { Sales: 3, null: 2 },
    ]);
    world.add(merge);
    expect([statements(), active(), world.values('events.count', 'department')]).toEqual([
      4,
      2,
      { Sales: 4 },
    ]);
    world.add({ record: 'split', identifiers: [who('b')], why: 'w' });
    expect([statements(), active()]).toEqual([5, 3]);
  });

  it('knows nothing any more of what has been voided since', () => {
    const some = fed([
      stated('a', 'completed', 'one', '2026-01-10'),
      stated('b', 'completed', 'one', '2026-01-11'),
    ]);
    const told = () => [some.cell('events.count').value, some.cell('quality.voids').value];
    expect(told()).toEqual([2, 0]);
    some.add({
      actor: who('admin'),
      verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
      object: { objectType: 'StatementRef', id: '00000000-0000-4000-8000-000000000001' },
    });
    expect(told()).toEqual([1, 1]);
  });

  it('knows by when something was due, though somebody else says so later', () => {
    const quiz = (due: object) => ({
      object: { id: 'https://lms.example/quiz', definition: { name: { en: 'Quiz' }, extensions: due } },
    });
    const some = fed([stated('a', 'scored', 'quiz', '2026-01-10', quiz({}))]);
    const late = () => some.cell('submissions.late').num;
    expect(late()).toBe(0);
    some.add(
      stated('b', 'launched', 'quiz', '2026-01-11', quiz({ 'urn:cairn:due': '2026-01-05T10:00:00Z' })),
    );
    expect(late()).toBe(1);
  });

  it('does not mind another question between two of its kind, of another moment', () => {
    const then = () => world.cell('events.count', {}, { asOf: '2026-01-11' }).value;
    expect([statements(), then(), statements(), then()]).toEqual([5, 1, 5, 1]);
  });

  it('knows what was said before, however much has come since', () => {
    const said = Array.from({ length: 2000 }, (_, at) =>
      stated(`p${at % 50}`, 'completed', `c${at}`, '2026-01-10'),
    );
    const many = fed(said);
    const count = () => many.cell('events.count').value;
    expect(count()).toBe(2000);
    for (const one of said) many.add(one);
    many.add(stated('other', 'completed', 'one', '2026-01-10'));
    expect(count()).toBe(2001);
  });
});
