import { people } from '../../src/people/people.ts';
import { peopleFold } from '../../src/people/people-fold.ts';
import type { PeopleRecord } from '../../src/people/record.ts';
import type { RecordStore, StoredRecord } from '../../src/people/record-store.ts';
import { agentTerm } from '../../src/statements/terms.ts';
import type { Identifier } from '../../src/xapi/statement.ts';

const id = (name: string): Identifier => ({ account: { homePage: 'https://hr.example.org', name } });
const term = (name: string): string => agentTerm(id(name)) as string;

/** Records as a store answers them, a statement standing between each two, a second apart. */
const recordsOf = (...records: readonly PeopleRecord[]): readonly StoredRecord[] =>
  records.map((record, at) => ({
    position: 2 * at + 1,
    stored: at * 1e6,
    text: JSON.stringify({ ...record, by: 'ada' }),
  }));

const foldOf = (...records: readonly PeopleRecord[]) => {
  const fold = peopleFold();
  return { fold, moved: recordsOf(...records).map(fold.apply) };
};

/** Keeps records in memory, a few to a page. */
const inMemory = (): RecordStore => {
  const kept: StoredRecord[] = [];
  return {
    append: async (texts) => {
      const added = texts.map((text, at) => ({
        position: kept.length + at + 1,
        stored: (kept.length + at + 1) * 1e6,
        text,
      }));
      kept.push(...added);
      return added;
    },
    after: async (position, limit) =>
      kept.filter((one) => one.position > position).slice(0, Math.min(limit, 2)),
  };
};

const read = async <Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> => {
  const all: Item[] = [];
  for await (const one of items) all.push(one);
  return all;
};

const merge = (...names: readonly string[]): PeopleRecord => ({
  record: 'merge',
  identifiers: names.map(id),
  why: 'w',
});

describe('what all records say', () => {
  it('is the last of each thing', () => {
    const [skill, other] = [
      { id: 's', name: 'One' },
      { id: 's', name: 'Two' },
    ];
    const activity = { activity: 'https://example.org/a', skill: 's' };
    const role = { role: 'Welder', skill: 's' };
    const course = { id: 'https://example.org/c' };
    const sales = { department: 'Sales', region: 'EU' };
    const { fold } = foldOf(
      { record: 'skills', skills: [skill], activities: [activity], roles: [role] },
      {
        record: 'skills',
        skills: [other],
        activities: [{ ...activity, level: 2 }],
        roles: [{ ...role, weight: 2 }],
      },
      {
        record: 'targets',
        targets: [
          { metric: 'm', value: 1 },
          { metric: 'm', value: 2, scope: sales },
        ],
      },
      {
        record: 'targets',
        targets: [{ metric: 'm', value: 3, scope: { region: 'EU', department: 'Sales' } }],
      },
      { record: 'courses', courses: [course, { id: 'https://example.org/d' }] },
      { record: 'courses', courses: [{ ...course, title: 'C' }], remove: ['https://example.org/d'] },
      { record: 'requirements', requirements: [{ id: 'r', skill: 's' }] },
      { record: 'cohort', id: 'c', list: [id('a')] },
      { record: 'signals', table: {} },
    );
    expect(fold.skills()).toEqual([other]);
    expect(fold.activitySkills()).toEqual([{ ...activity, level: 2 }]);
    expect(fold.roleSkills()).toEqual([{ ...role, weight: 2 }]);
    expect(fold.targets()).toEqual([
      { metric: 'm', value: 1 },
      { metric: 'm', value: 3, scope: sales },
    ]);
    expect(fold.courses()).toEqual([{ ...course, title: 'C' }]);
    expect(fold.requirements.all()).toEqual([{ id: 'r', skill: 's' }]);
    expect(fold.cohorts.all()).toEqual([{ id: 'c', list: [id('a')] }]);
    expect(fold.upTo()).toBe(17);
    fold.apply({
      ...recordsOf({ record: 'targets', targets: [{ metric: 'm', value: null }] })[0],
      position: 19,
    } as StoredRecord);
    expect(fold.targets()).toEqual([{ metric: 'm', value: 3, scope: sales }]);
  });

  it('says who became another, and counts from when it was recorded', () => {
    const { fold, moved } = foldOf(
      { record: 'roster', rows: [{ identifier: id('b'), role: 'Rep' }] },
      merge('a', 'b'),
      { record: 'roster', rows: [{ identifier: id('b'), role: 'Chief' }] },
    );
    expect(moved).toEqual([[], [{ term: term('b'), from: term('b'), to: term('a') }], []]);
    expect(fold.roster.changesOf(term('a'))).toEqual([0, 2000]);
    expect(fold.persons.history()).toMatchObject([{ position: 3, at: 1e6, by: 'ada' }]);
  });
});

describe('people', () => {
  it('know at any time what has been recorded before', async () => {
    const kept = people(inMemory());
    expect((await kept.now()).upTo()).toBe(0);
    for (const name of ['b', 'c', 'd']) await kept.record(merge('a', name), 'ada');
    const { persons } = await kept.now();
    expect(persons.membersOf(term('d'))).toEqual(['a', 'b', 'c', 'd'].map(term));
    expect(persons.history().map(({ by }) => by)).toEqual(['ada', 'ada', 'ada']);
  });

  it('carry each record of another log over once, with who said it and when', async () => {
    const [one, other] = [people(inMemory()), people(inMemory())];
    await other.record(merge('x', 'y'), 'bo');
    await one.record(merge('a', 'b'), 'ada');
    await one.record(merge('a', 'b'), 'ada');
    const said = await read(one.all());
    expect(said.map(({ by, at }) => [by, at])).toEqual([
      ['ada', '1970-01-01T00:00:01.000000Z'],
      ['ada', '1970-01-01T00:00:02.000000Z'],
    ]);
    for (const expected of ['stored', 'known'])
      for (const record of said) expect(await other.carryOver(record)).toBe(expected);
    expect((await read(other.all())).slice(1)).toEqual(said);
    const history = async (kept: typeof one) =>
      (await kept.now()).persons.history().map(({ at, terms }) => [at, terms]);
    expect((await history(other)).slice(1)).toEqual(await history(one));
    for (const record of said) expect(await one.carryOver(record)).toBe('known');
  });
});
