import type { ListCell, RateCell } from '../../src/metrics/views.ts';
import type { Requirement } from '../../src/people/record.ts';
import type { Part } from './facts-of.ts';
import { course, fed, idOf, roster, stated, who } from './fed-world.ts';

const W3 = 'https://w3id.org/xapi/adl/verbs/';
const hired = { hired: '2025-01-01' };
const asOf = (day: string) => ({ asOf: `${day}T00:00:00Z` });

const required = (rest: Partial<Requirement> = {}): Part => ({
  record: 'requirements',
  requirements: [
    { id: 'r', activity: course('safety'), due: { days: 30, of: 'hire' }, validFor: 'P1Y', ...rest },
  ],
});
const passed = (name: string, day: string, change: Part = {}) =>
  stated(name, 'passed', 'safety', day, change);

describe('compliance.currency', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const entries = [
    required({ grace: 'P1M' }),
    ...names.map((name) =>
      roster(name, { ...hired, department: name < 'c' ? 'Plant' : 'Sales', manager: who('boss') }),
    ),
    passed('a', '2025-03-01'),
    passed('b', '2024-05-20'),
    passed('c', '2024-03-01'),
    stated('d', `${W3}waived`, 'safety', '2025-03-01'),
  ];
  const world = fed([
    ...entries,
    {
      record: 'targets',
      targets: [
        { metric: 'compliance.currency', value: 1 },
        { metric: 'compliance.currency', value: 0.9, scope: { department: 'Plant' } },
      ],
    },
  ]);
  const at = asOf('2025-06-01');
  const currency = (params: Part = {}) => world.cell('compliance.currency', params, at) as RateCell;

  it('counts who holds it among all who have to, without the excused', () => {
    expect(currency()).toMatchObject({ num: 2, den: 4, value: 0.5, excluded: { waived: 1 } });
    expect(currency({ includeGrace: false })).toMatchObject({ num: 1, den: 4 });
    expect(currency({ includeWaived: true })).toMatchObject({ num: 3, den: 5 });
    const early = world.cell('compliance.currency', { includeNotDue: false }, asOf('2025-01-20')) as RateCell;
    expect(early).toMatchObject({ num: 2, den: 2, excluded: { notDue: 3 } });
  });

  it('rolls up by department and by team, with targets beside', () => {
    expect(world.values('compliance.currency', 'department', at)).toEqual({ Plant: 1, Sales: 0 });
    expect(world.values('compliance.currency', 'team', at)).toEqual({ [idOf('boss')]: 0.5 });
    const { rows, totals } = world.ask({
      metrics: ['compliance.currency'],
      dimensions: ['department'],
      ...at,
    });
    expect(rows.map(([, cell]) => (cell as RateCell).target)).toEqual([0.9, 1]);
    expect(totals?.[0]?.target).toBe(1);
    const filters = { dim: 'department', value: 'Plant' };
    expect(world.cell('compliance.currency', {}, { ...at, filters }).target).toBe(0.9);
    expect(world.cell('compliance.states', {}, at).target).toBeUndefined();
  });

  it('is null where nobody is under anything', () => {
    expect(fed([]).ask({ metrics: ['compliance.currency'] }).totals?.[0]).toMatchObject({
      value: null,
      den: 0,
    });
  });

  const listed = (metric: string, params: Part = {}, access?: { small: boolean; names: boolean }) =>
    world.cell(metric, params, at, access) as ListCell;

  it('lists who is overdue, due soon and expiring, to who may see names', () => {
    const overdue = listed('list.overdue');
    expect(overdue.value).toBe(2);
    expect(overdue.items).toMatchObject([
      {
        person: { id: idOf('e') },
        state: 'overdue',
        due: '2025-01-31T23:59:59.999Z',
        days: -121,
        department: 'Sales',
      },
      {
        person: { id: idOf('c') },
        state: 'expired',
        until: '2025-03-01T12:00:00.000Z',
        requirement: { id: 'r' },
      },
    ]);
    expect(listed('list.expiring').items).toMatchObject([
      { person: { id: idOf('b') }, until: '2025-05-20T12:00:00.000Z' },
    ]);
    expect(listed('list.expiring', { within: 300 }).value).toBe(2);
    expect(listed('list.overdue', {}, { small: true, names: false })).toMatchObject({ value: 2, items: [] });
    expect(listed('list.overdue', {}, { small: false, names: false })).toMatchObject({
      value: null,
      items: [],
      suppressed: true,
    });
    expect(listed('list.overdue', { limit: 1 }).items).toHaveLength(1);
    const soon = world.cell('list.due_soon', { within: 30 }, asOf('2025-01-20')) as ListCell;
    expect(soon.items).toHaveLength(3);
  });

  it('tells one person’s whole record', () => {
    const cell = listed('list.transcript', { person: idOf('b') });
    expect(cell.items).toMatchObject([
      { course: { id: course('safety') }, outcome: 'passed', passed: '2024-05-20T12:00:00.000Z' },
    ]);
    expect(listed('list.transcript', { person: 'nobody' })).toMatchObject({ value: 0, items: [] });
    expect(world.problems({ metrics: ['list.transcript'] })).toHaveLength(1);
  });
});

describe('completion.on_time', () => {
  const due = (day: string) => ({ context: { extensions: { 'urn:cairn:due': day } } });
  const assigned = (name: string, day = '2025-02-28') =>
    stated(name, 'registered', 'c', '2025-02-01', due(day));
  const onTime = (entries: readonly Part[], params: Part = {}, day = '2025-06-01') =>
    fed(entries).cell('completion.on_time', params, asOf(day)) as RateCell;

  it('counts what was completed by its last moment among all that was due', () => {
    const entries = [
      ...['in', 'last', 'late', 'never'].map((name) => assigned(name)),
      assigned('later', '2025-09-30'),
      stated('undated', 'registered', 'c', '2025-02-01'),
      stated('in', 'completed', 'c', '2025-02-20'),
      stated('last', 'completed', 'c', '2025-02-28T23:59:59Z'),
      stated('late', 'completed', 'c', '2025-03-01T00:00:01Z'),
    ];
    expect(onTime(entries)).toMatchObject({ num: 2, den: 4, excluded: { notDue: 1, undated: 1 } });
  });

  it('does not see a late statement as late: what counts is when it happened', () => {
    const offline = { ...stated('in', 'completed', 'c', '2025-02-20'), stored: '2025-05-01T00:00:00Z' };
    expect(onTime([assigned('in'), offline])).toMatchObject({ num: 1, den: 1 });
  });

  it('leaves out who was excused, taken off or had left by then', () => {
    const entries = [
      ...['excused', 'off', 'left', 'stays'].map((name) => assigned(name)),
      stated('excused', `${W3}waived`, 'c', '2025-02-10'),
      stated('off', 'http://id.tincanapi.com/verb/unregistered', 'c', '2025-02-10'),
      roster('left', { hired: '2024-01-01', left: '2025-02-15' }),
      roster('stays', { hired: '2024-01-01', left: '2025-03-15' }),
    ];
    expect(onTime(entries)).toMatchObject({ num: 0, den: 1, excluded: { waived: 1, withdrawn: 1, left: 1 } });
    expect(onTime(entries, { includeWaived: true })).toMatchObject({ num: 1, den: 2 });
  });

  it('takes the due date of a requirement for a first enrolment', () => {
    const rule = required({ activity: course('c'), due: { days: 30, of: 'hire' } });
    const entries = [
      rule,
      roster('a', hired),
      stated('a', 'completed', 'c', '2025-01-20'),
      stated('a', 'registered', 'c', '2026-01-20'),
    ];
    expect(onTime(entries, {}, '2026-06-01')).toMatchObject({ num: 1, den: 1, excluded: { undated: 1 } });
  });
});
