import { course, fed, idOf, roster, stated, who } from './fed-world.ts';

const COUNT = 'enrolments.count';

describe('attributes of persons', () => {
  const world = fed([
    roster('boss', { hired: '2020-01-01', name: 'Bo' }),
    roster('lead', { hired: '2020-01-01', manager: who('boss'), department: 'Sales' }),
    roster('a', {
      hired: '2020-01-01',
      manager: who('lead'),
      department: 'Sales',
      attributes: { shift: 'day' },
    }),
    roster('a', {
      effectiveFrom: '2026-02-01',
      manager: who('boss'),
      department: 'Plant',
      attributes: { shift: 'night' },
    }),
    roster('b', { hired: '2026-01-10', left: '2026-03-31', manager: who('lead'), department: 'Sales' }),
    stated('a', 'registered', 'one', '2026-01-15'),
    stated('a', 'registered', 'two', '2026-02-15'),
    stated('b', 'registered', 'one', '2026-01-05'),
    stated('b', 'registered', 'two', '2026-03-01'),
    stated('stranger', 'registered', 'one', '2026-03-01'),
  ]);

  it('are those of when the row began, also in the middle of a course: who moves takes nothing along', () => {
    expect(world.values(COUNT, 'department')).toEqual({ Sales: 3, Plant: 1, null: 1 });
    expect(world.values(COUNT, 'person.shift')).toEqual({ day: 1, night: 1, null: 3 });
  });

  it('are those of the moment of the question when that is asked for', () => {
    expect(world.values(COUNT, 'department.now')).toEqual({ Plant: 2, Sales: 2, null: 1 });
    expect(world.values(COUNT, 'department.now', { asOf: '2026-01-31' })).toEqual({ Sales: 2 });
  });

  it('tell who was employed', () => {
    expect(world.values(COUNT, 'employed')).toEqual({ notYet: 1, employed: 3, null: 1 });
    expect(world.values(COUNT, 'employed.now')).toEqual({ employed: 2, left: 2, null: 1 });
  });

  it('tell the manager, and everybody above', () => {
    expect(world.values(COUNT, 'manager')).toEqual({ [idOf('lead')]: 3, [idOf('boss')]: 1, null: 1 });
    expect(world.values(COUNT, 'team')).toEqual({ [idOf('lead')]: 3, [idOf('boss')]: 4, null: 1 });
    const below = (name: string) => ({ filters: { dim: 'team', value: idOf(name) } });
    expect(world.cell(COUNT, {}, below('boss')).value).toBe(4);
    expect(world.cell(COUNT, {}, below('lead')).value).toBe(3);
    expect(world.cell(COUNT, {}, { filters: { not: below('lead').filters } }).value).toBe(2);
    const notBelow = { filters: { dim: 'team', op: 'ne', value: idOf('lead') } };
    expect(world.cell(COUNT, {}, notBelow).value).toBe(2);
  });

  it('names persons only to who may see names', () => {
    const query = {
      metrics: [COUNT],
      dimensions: ['manager'],
      filters: { dim: 'manager', value: idOf('boss') },
    };
    expect(world.ask(query).rows[0]?.[0]).toEqual({ id: idOf('boss'), name: 'Bo' });
    expect(() => world.ask(query, { small: true, names: false })).toThrow('/dimensions/0');
  });

  it('does not mind managers who report to each other', () => {
    const circle = fed([
      roster('x', { hired: '2020-01-01', manager: who('y') }),
      roster('y', { hired: '2020-01-01', manager: who('x') }),
      stated('x', 'registered', 'one', '2026-01-15'),
    ]);
    expect(circle.values(COUNT, 'team')).toEqual({ [idOf('y')]: 1 });
  });

  it('follow a merge and a split', () => {
    const rows = [
      roster('hr', { hired: '2020-01-01', department: 'Sales' }),
      stated('lms', 'registered', 'one', '2026-01-15'),
    ];
    const merge = { record: 'merge', identifiers: [who('hr'), who('lms')], why: 'w' } as const;
    const split = { record: 'split', identifiers: [who('lms')], why: 'w' } as const;
    expect(fed(rows).values(COUNT, 'department')).toEqual({ null: 1 });
    expect(fed([...rows, merge]).values(COUNT, 'department')).toEqual({ Sales: 1 });
    expect(fed([...rows, merge, split]).values(COUNT, 'department')).toEqual({ null: 1 });
  });
});

describe('a cohort', () => {
  const world = fed([
    roster('a', { hired: '2026-01-01', region: 'EU' }),
    roster('b', { hired: '2026-01-01', region: 'US' }),
    roster('b', { effectiveFrom: '2026-06-01', region: 'EU' }),
    roster('c', { hired: '2026-01-01', region: 'US' }),
    ...['a', 'b', 'c'].map((name) => stated(name, 'registered', 'one', '2026-02-01')),
    stated('c', 'completed', 'intro', '2026-03-01'),
    { record: 'cohort', id: 'eu', rule: { attr: 'region', op: 'eq', value: 'EU' } },
    { record: 'cohort', id: 'some', list: [who('b'), who('c'), who('nobody')] },
    { record: 'cohort', id: 'both', rule: { all: [{ cohort: 'eu' }, { cohort: 'some' }] } },
    { record: 'cohort', id: 'others', rule: { not: { cohort: 'eu' } } },
    {
      record: 'cohort',
      id: 'doers',
      rule: { did: 'completed', object: course('intro'), within: 'P100D', of: 'hire' },
    },
  ]);
  const only = { filters: { dim: 'course', value: course('one') } };
  const size = (cohort: string, asOf = '2026-12-01') =>
    world.cell(COUNT, {}, { cohort, asOf, ...only }).value;

  it.each([
    ['eu', 2],
    ['some', 2],
    ['both', 1],
    ['others', 1],
    ['doers', 1],
  ])('%s has the rows of %i', (cohort, expected) => expect(size(cohort)).toBe(expected));

  it('is that of the moment of the question', () => {
    expect([size('eu', '2026-05-31'), size('eu', '2026-06-01')]).toEqual([1, 2]);
    expect([size('doers', '2026-02-28'), size('doers', '2026-03-02')]).toEqual([0, 1]);
  });

  it('has to be there', () => {
    expect(world.problems({ metrics: [COUNT], cohort: 'oters' })).toEqual([
      { pointer: '/cohort', message: 'There is no cohort oters. Did you mean others?' },
    ]);
  });

  it('is measured anew once something has come', () => {
    const identifiers = [who('a'), who('other')];
    const rows = [
      stated('a', 'registered', 'one', '2026-02-01'),
      { record: 'cohort', id: 'list', list: [who('other')] },
    ] as const;
    expect(fed(rows).cell(COUNT, {}, { cohort: 'list' }).value).toBe(0);
    expect(
      fed([...rows, { record: 'merge', identifiers, why: 'w' }]).cell(COUNT, {}, { cohort: 'list' }).value,
    ).toBe(1);
  });
});
