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

/** The state in which one person is on a day, with a requirement. */
const stateOn = (entries: readonly Part[], day: string, dimension = 'state') =>
  Object.keys(fed([roster('a', hired), ...entries]).values('compliance.states', dimension, asOf(day)))[0];

describe('the state of a person under a requirement', () => {
  it.each([
    ['2025-01-02', 'not_due'],
    ['2025-01-03', 'due'],
    ['2025-02-01', 'due'],
    ['2025-02-02', 'overdue'],
  ])('on %s, hired on 2025-01-01 and with 31 days, is %s', (day, state) => {
    expect(stateOn([required({ due: { days: 31, of: 'hire' } })], day)).toBe(state);
  });

  const done = [required({ grace: 'P1M' }), passed('a', '2025-01-20')];
  it.each([
    ['2025-01-19', 'due'],
    ['2025-01-21', 'current'],
    ['2025-12-21', 'current'],
    ['2025-12-22', 'expiring'],
    ['2026-01-21', 'expiring'],
    ['2026-02-20', 'expiring'],
    ['2026-02-21', 'expired'],
  ])('on %s, passed at noon on 2025-01-20 for a year and a month of grace, is %s', (day, state) => {
    expect(stateOn(done, day)).toBe(state);
  });

  it('has other horizons', () => {
    expect(stateOn(done, '2025-11-30', 'state.60')).toBe('expiring');
    expect(stateOn(done, '2025-11-01', 'state.60')).toBe('current');
    expect(stateOn(done, '2025-11-01', 'state.90')).toBe('expiring');
  });

  it('is never without a due date, and expires never without an end', () => {
    const { due: _, validFor: __, ...open } = { id: 'r', activity: course('safety'), due: 0, validFor: 0 };
    const free: Part = { record: 'requirements', requirements: [open] };
    expect(stateOn([free], '2026-01-01')).toBe('never');
    expect(stateOn([free, passed('a', '2025-03-01')], '2026-12-01')).toBe('current');
  });

  it('is met by the completion that holds longest, without a new assignment', () => {
    const again = [required(), passed('a', '2025-01-20'), passed('a', '2026-01-10')];
    expect(stateOn(again, '2026-06-01')).toBe('current');
    expect(stateOn(again, '2026-01-05')).toBe('expiring');
  });

  it('ends with the certificate, if that is before the requirement says', () => {
    const until = { context: { extensions: { 'urn:cairn:valid-until': '2025-06-30' } } };
    const certified = [required(), passed('a', '2025-01-20', until)];
    expect(stateOn(certified, '2025-05-01')).toBe('current');
    expect(stateOn(certified, '2025-07-01')).toBe('expired');
  });

  it('is excused for as long as a completion would hold, until assigned anew', () => {
    const waived = [required(), stated('a', `${W3}waived`, 'safety', '2025-01-10')];
    expect(stateOn(waived, '2025-06-01')).toBe('exempt');
    expect(stateOn(waived, '2026-01-11')).toBe('overdue');
    const anew = [...waived, stated('a', 'registered', 'safety', '2025-03-01')];
    expect(stateOn(anew, '2025-06-01')).toBe('overdue');
  });

  it('is not met by a completion that was failed', () => {
    const failed = [
      required(),
      stated('a', 'failed', 'safety', '2025-01-20'),
      stated('a', 'completed', 'safety', '2025-01-21'),
    ];
    expect(stateOn(failed, '2025-06-01')).toBe('overdue');
    expect(stateOn([...failed, passed('a', '2025-02-10')], '2025-06-01')).toBe('current');
    expect(stateOn([required(), stated('a', 'completed', 'safety', '2025-01-21')], '2025-06-01')).toBe(
      'current',
    );
  });

  it('is taken back by a revocation, and held again afterwards', () => {
    const revoked = stated('a', 'https://w3id.org/xapi/tla/verbs/revoked', 'safety', '2025-03-01');
    const entries = [required(), passed('a', '2025-01-20'), revoked];
    expect(stateOn(entries, '2025-02-20')).toBe('current');
    expect(stateOn(entries, '2025-03-02')).toBe('expired');
    expect(stateOn([...entries, passed('a', '2025-03-10')], '2025-03-11')).toBe('current');
  });

  it('is due as somebody was told, where the requirement says nothing', () => {
    const { due: _, ...open } = { id: 'r', activity: course('safety'), due: 0 };
    const told = { context: { extensions: { 'urn:cairn:due': '2025-05-31' } } };
    const entries = [
      { record: 'requirements', requirements: [open] },
      stated('a', 'https://w3id.org/xapi/acrossx/verbs/was-assigned', 'safety', '2025-02-01', told),
    ];
    expect(stateOn(entries, '2025-05-31')).toBe('due');
    expect(stateOn(entries, '2025-06-01')).toBe('overdue');
  });

  it('counts from the assignment where that is asked for', () => {
    const entries = [
      required({ due: { days: 10, of: 'assignment' } }),
      stated('a', 'https://w3id.org/xapi/acrossx/verbs/was-assigned', 'safety', '2025-02-01'),
    ];
    expect(stateOn(entries, '2025-02-11')).toBe('due');
    expect(stateOn(entries, '2025-02-12')).toBe('overdue');
  });

  it('is met by a course whose structure is known once that is completed, and by a skill', () => {
    const structure = {
      record: 'courses',
      courses: [{ id: course('safety'), units: [{ id: course('u1'), moveOn: 'Passed' }] }],
    };
    const unit = { ...passed('a', '2025-01-20'), object: { id: course('u1') } };
    expect(
      stateOn([required(), structure, stated('a', 'completed', 'safety', '2025-01-20')], '2025-06-01'),
    ).toBe('overdue');
    expect(stateOn([required(), structure, unit], '2025-06-01')).toBe('current');
    expect(stateOn([required({ activity: course('u1') }), structure, unit], '2025-06-01')).toBe('current');
    const skilled: Part = {
      record: 'requirements',
      requirements: [{ id: 'r', skill: 'urn:skill', validFor: 'P1Y' }],
    };
    const shows = {
      record: 'skills',
      activities: [{ activity: course('safety'), skill: 'urn:skill' }],
      skills: [{ id: 'urn:skill', validFor: 'P6M' }],
    };
    expect(stateOn([skilled, shows, passed('a', '2025-01-20')], '2025-05-01')).toBe('current');
    expect(stateOn([skilled, shows, passed('a', '2025-01-20')], '2025-08-01')).toBe('expired');
  });

  it('needs nothing where nothing has to be done', () => {
    const structure = {
      record: 'courses',
      courses: [{ id: course('safety'), units: [{ id: course('u1') }] }],
    };
    expect(stateOn([required(), structure], '2025-06-01')).toBe('exempt');
  });

  it('is what it was at the moment, but for what has been voided since', () => {
    const id = '10000000-0000-4000-8000-000000000000';
    const entries = [required(), passed('a', '2025-01-20', { id })];
    const object = { objectType: 'StatementRef', id };
    const voiding = { ...stated('admin', 'voided', 'x', '2025-04-01'), object };
    expect(stateOn(entries, '2025-03-01')).toBe('current');
    expect(stateOn([...entries, voiding], '2025-03-01')).toBe('overdue');
    expect(stateOn([voiding, ...entries], '2025-03-01')).toBe('overdue');
  });
});

describe('who is under a requirement', () => {
  const world = fed([
    required({ appliesTo: { attr: 'department', op: 'eq', value: 'Plant' }, from: '2025-02-01' }),
    roster('stays', { ...hired, department: 'Plant' }),
    roster('moves', { ...hired, department: 'Sales' }),
    roster('moves', { effectiveFrom: '2025-06-01', department: 'Plant' }),
    roster('leaves', { ...hired, department: 'Plant', left: '2025-07-31' }),
    roster('other', { ...hired, department: 'Sales' }),
    passed('other', '2025-03-01'),
  ]);
  const inScope = (day: string) => Object.keys(world.values('compliance.states', 'person', asOf(day))).sort();
  const ids = (...names: string[]) => names.map(idOf).sort();

  it('follows the roster day by day', () => {
    expect(inScope('2025-01-15')).toEqual([]);
    expect(inScope('2025-02-01')).toEqual(ids('stays', 'leaves'));
    expect(inScope('2025-06-01')).toEqual(ids('stays', 'leaves', 'moves'));
    expect(inScope('2025-07-31')).toEqual(ids('stays', 'leaves', 'moves'));
    expect(inScope('2025-08-01')).toEqual(ids('stays', 'moves'));
  });

  it('has 30 days from when it began to apply', () => {
    const overdue = (day: string) =>
      world.values('compliance.states', 'state', { ...asOf(day) })['overdue'] ?? 0;
    expect(overdue('2025-03-03')).toBe(0);
    expect(overdue('2025-03-04')).toBe(2);
    expect(overdue('2025-07-02')).toBe(3);
  });

  it('may be those who did something, or are on a list', () => {
    const entries = [
      required({ appliesTo: { any: [{ did: 'completed', object: course('intro') }, { cohort: 'named' }] } }),
      { record: 'cohort', id: 'named', list: [who('never-seen')] },
      stated('doer', 'completed', 'intro', '2025-02-01'),
      stated('other', 'registered', 'intro', '2025-02-01'),
    ];
    const states = (day: string) =>
      Object.keys(fed(entries).values('compliance.states', 'person', asOf(day))).sort();
    expect(states('2025-01-31')).toEqual(ids('never-seen'));
    expect(states('2025-02-02')).toEqual(ids('doer', 'never-seen'));
  });
});

describe('a requirement for anybody', () => {
  const anybody = required({ appliesTo: { not: { attr: 'department', op: 'eq', value: 'Sales' } } });
  const observed = passed('a', '2025-01-20', { context: { instructor: who('mentor') } });

  it('is for whom statements are about and whom the roster knows, not for teams and observers', () => {
    const observer = 'http://id.tincanapi.com/extension/observer';
    const byMentor = passed('b', '2025-01-20', { context: { extensions: { [observer]: who('mentor') } } });
    const actor = { objectType: 'Group', account: { homePage: 'https://hr.example', name: 'team' } };
    const team = passed('', '2025-01-20', { actor });
    const world = fed([anybody, observed, byMentor, team, roster('c', hired)]);
    const persons = Object.keys(world.values('compliance.states', 'person', asOf('2025-06-01')));
    expect(persons.sort()).toEqual([idOf('a'), idOf('b'), idOf('c')].sort());
  });
});
