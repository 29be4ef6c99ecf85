import { answerOf, cellOf, worldOf } from './ask.ts';
import { aboutSkill, agent, applied, did, employed, onDay, skill, trainedIn } from './learning.ts';

const AS_OF = { asOf: '2026-07-01T12:00:00Z' };
const roster = (...rows: readonly unknown[]) => ({ record: 'roster', rows });

/** Six are trained in welding on day 0. */
const TRAINED = ['a', 'b', 'c', 'd', 'e', 'f'].map((who) => trainedIn(who, 'weld', 0));
const USES = [
  applied('a', 'weld', 5, 'boss'),
  applied('b', 'weld', 5),
  applied('c', 'weld', 70, 'boss'),
  applied('d', 'weld', -5, 'boss'),
  applied('e', 'weld', 20, 'boss', { success: false }),
];

describe('skill application rate', () => {
  it('wants evidence, within the window after the training', () => {
    const world = worldOf([...TRAINED, ...USES]);
    const rate = (params: Readonly<Record<string, unknown>>) =>
      cellOf(world, 'application.rate', params, AS_OF);
    expect(rate({})).toMatchObject({ num: 1, den: 6, persons: 6 });
    expect(rate({ minEvidence: 'E0' })).toMatchObject({ num: 2, den: 6 });
    expect(rate({ window: 90 })).toMatchObject({ num: 2, den: 6 });
    expect(rate({ success: 'any' })).toMatchObject({ num: 2, den: 6 });
    expect(rate({ success: 'needed' })).toMatchObject({ num: 0, den: 6 });
    expect(rate({ minEvidence: 'E3', success: 'any' })).toMatchObject({ num: 1, den: 6 });
  });

  it('has the day of the end in the window, and the moment of the training not', () => {
    const world = worldOf([trainedIn('a', 'weld', 0), applied('a', 'weld', 60, 'boss')]);
    expect(cellOf(world, 'application.rate', {}, AS_OF)).toMatchObject({ num: 1, den: 1 });
    expect(cellOf(world, 'application.rate', { window: 59 }, AS_OF)).toMatchObject({ num: 0, den: 1 });
    const atOnce = worldOf([trainedIn('a', 'weld', 0), applied('a', 'weld', 0, 'boss')]);
    expect(cellOf(atOnce, 'application.rate', {}, AS_OF)).toMatchObject({ num: 0, den: 1 });
  });

  it('leaves out windows that have not passed and the untrained, and keeps those who left', () => {
    const world = worldOf([
      roster(employed('a', 'welder', -100, { left: 3 })),
      trainedIn('a', 'weld', 0),
      trainedIn('b', 'weld', 150),
      applied('c', 'weld', 5, 'boss'),
    ]);
    const cell = cellOf(world, 'application.rate', {}, AS_OF);
    expect(cell).toMatchObject({ num: 0, den: 1, excluded: { immature: 1, untrained: 1 } });
  });

  it('takes who observes themselves for a self-report, once it is known who they are', () => {
    const own = [trainedIn('a', 'weld', 0), applied('a', 'weld', 5, 'a2')];
    const merge = { record: 'merge', identifiers: [agent('a'), agent('a2')], why: 'one person' };
    expect(cellOf(worldOf(own), 'application.rate', {}, AS_OF).num).toBe(1);
    const merged = worldOf([...own, merge]);
    expect(cellOf(merged, 'application.rate', {}, AS_OF)).toMatchObject({ num: 0, den: 1 });
    expect(cellOf(merged, 'application.rate', { minEvidence: 'E0' }, AS_OF).num).toBe(1);
  });

  it('can be told apart by whether it had been practised, in a simulation and not at work', () => {
    const simulated = { context: aboutSkill('weld', { 'urn:cairn:setting': 'simulation' }) };
    const world = worldOf([...TRAINED, ...USES, did('a', 'performed', 3, simulated)]);
    const shares = (asOf: string) =>
      answerOf(world, { metrics: ['application.rate'], dimensions: ['practised'], asOf }).rows.map(
        ([practised, cell]) => [practised, cell.num, cell.den],
      );
    expect(shares(AS_OF.asOf)).toEqual([
      [false, 0, 5],
      [true, 1, 1],
    ]);
    const { rows } = answerOf(world, {
      metrics: [{ id: 'application.rate', params: { window: 1 } }],
      dimensions: ['practised'],
      asOf: onDay(2),
    });
    expect(rows.map(([practised]) => practised)).toEqual([false]);
  });

  it('can look at those alone who had an occasion', () => {
    const occasion = did('b', 'had-opportunity', 10, { context: aboutSkill('weld') });
    const late = did('c', 'had-opportunity', 61, { context: aboutSkill('weld') });
    const world = worldOf([...TRAINED, ...USES, occasion, late]);
    const cell = cellOf(world, 'application.rate', { opportunity: 'only', minEvidence: 'E0' }, AS_OF);
    expect(cell).toMatchObject({ num: 1, den: 1, excluded: { withoutOpportunity: 5 } });
  });

  it('groups by skill, and counts by the pair', () => {
    const world = worldOf([...TRAINED, ...USES, trainedIn('a', 'saw', 0)]);
    expect(cellOf(world, 'application.rate', {}, AS_OF)).toMatchObject({ num: 1, den: 7, persons: 6 });
    const saw = { filters: { dim: 'skill', values: [skill('saw')] } };
    expect(cellOf(world, 'application.rate', {}, { ...AS_OF, ...saw })).toMatchObject({ num: 0, den: 1 });
  });
});

describe('what else is said of skills at work', () => {
  const world = worldOf([
    roster(employed('f', 'welder', -100, { left: 10 })),
    ...TRAINED,
    ...USES,
    trainedIn('a', 'saw', 0),
  ]);

  it('compares with as long before the training', () => {
    const cell = cellOf(world, 'application.net_rate', {}, AS_OF);
    expect(cell).toMatchObject({ n: 7, persons: 6, value: 0, beside: { practising: 1 } });
    expect(cell.beside.after).toBeCloseTo(1 / 7, 10);
  });

  it('tells when it is first applied, where those who leave will not apply it', () => {
    const cell = cellOf(world, 'application.time', { days: [5, 10, 70] }, AS_OF);
    expect(cell).toMatchObject({ n: 7, events: 2, competing: 1, censored: 4, time: [5, 10, 70] });
    // 1/7, then one of 5 after two have gone: 5/7 · 1/5.
    expect(cell.at.map(({ incidence }: { incidence: { value: number } }) => incidence.value)).toEqual(
      [1 / 7, 1 / 7, 2 / 7].map((value) => Number(value.toPrecision(12))),
    );
  });

  it('tells by month who goes on', () => {
    const cell = cellOf(world, 'application.maintenance', { months: 3, minPersons: 1 }, AS_OF);
    expect(cell.points.map(({ n }: { n: number }) => n)).toEqual([6, 6, 6]);
    expect(cell.points.map(({ value }: { value: number }) => Math.round(value * 6))).toEqual([1, 0, 1]);
    expect(cell).toMatchObject({ value: 1, n: 7, fit: null });
    expect(cell.references).toHaveLength(3);
  });

  it('has no value made of a month of few for who may not see those', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const few = worldOf([
      roster(...names.map((who) => employed(who, 'welder', -100, who < 'c' ? {} : { left: 45 }))),
      ...names.map((who) => trainedIn(who, 'weld', 0)),
      ...['c', 'd', 'e'].map((who) => applied(who, 'weld', 5, 'boss')),
    ]);
    const query = {
      metrics: [{ id: 'application.maintenance', params: { months: 2, minPersons: 1 } }],
      ...AS_OF,
    };
    expect(answerOf(few, query).totals[0].points).toMatchObject([
      { value: 0.5, persons: 6 },
      { value: 0, persons: 2 },
    ]);
    const other = { ...query, metrics: [{ id: 'application.maintenance', params: { months: 1 } }] };
    const POOR = { small: false, names: false };
    const [told] = answerOf(few, query, POOR).totals;
    expect(told).toEqual(answerOf(few, other, POOR).totals[0]);
  });

  it('tells what share of their skills people use', () => {
    const cell = cellOf(world, 'application.breadth', {}, AS_OF);
    // a uses one of two, c the only one, four none.
    expect(cell).toMatchObject({ n: 6, value: 0.25 });
  });
});

describe('what roles need', () => {
  const needs = {
    record: 'skills',
    roles: [
      { role: 'welder', skill: skill('weld'), level: 2, weight: 3 },
      { role: 'welder', skill: skill('saw') },
    ],
    skills: [{ id: skill('saw'), validFor: 'P30D' }],
  };
  const staff = roster(
    employed('a', 'welder', -10),
    employed('b', 'welder', -10),
    employed('c', 'clerk', -10),
    employed('gone', 'welder', -10, { left: 5 }),
  );
  const world = worldOf([
    needs,
    staff,
    trainedIn('a', 'weld', 0, 2),
    trainedIn('a', 'saw', 100),
    trainedIn('b', 'weld', 0, 1),
    trainedIn('b', 'saw', 170),
  ]);

  it('is covered as far as it has been shown and still holds', () => {
    expect(cellOf(world, 'skill.coverage', {}, AS_OF)).toMatchObject({ num: 2, den: 4, persons: 2 });
    expect(cellOf(world, 'skill.coverage', { includeStale: true }, AS_OF)).toMatchObject({ num: 3, den: 4 });
    const early = { asOf: '2025-12-31T12:00:00Z' };
    expect(cellOf(world, 'skill.coverage', {}, early)).toMatchObject({ num: 0, den: 6, persons: 3 });
  });

  it('has gaps that weigh as the role says', () => {
    // a lacks saw (1 · 1), b lacks a level of weld (1 · 3): 4 of 8.
    expect(cellOf(world, 'skill.gap', {}, AS_OF)).toMatchObject({ value: 0.5, n: 4, beside: { gap: 2 } });
    expect(cellOf(world, 'skill.gap', { weighted: false }, AS_OF).value).toBe(0.5);
    expect(cellOf(world, 'skill.gap', { includeStale: true }, AS_OF).value).toBe(0.375);
  });

  it('is reached when all of it is there at once, unless somebody leaves before', () => {
    const revoked = did('d', 'revoked', 20, { context: aboutSkill('weld') });
    const more = worldOf([
      needs,
      roster(
        ...['a', 'd', 'gone', 'prior', 'mover'].map((who) =>
          employed(who, 'welder', 0, who === 'gone' ? { left: 30 } : {}),
        ),
        employed('mover', 'clerk', 0, { from: 40 }),
      ),
      trainedIn('a', 'weld', 10, 2),
      trainedIn('a', 'saw', 15),
      trainedIn('d', 'weld', 10, 3),
      revoked,
      trainedIn('d', 'saw', 25),
      trainedIn('d', 'weld', 50, 2),
      trainedIn('prior', 'weld', -10, 2),
      trainedIn('prior', 'saw', -5),
    ]);
    const cell = cellOf(more, 'competency.time_in_role', { days: [20] }, AS_OF);
    expect(cell).toMatchObject({ n: 4, events: 2, competing: 2, censored: 0, value: 50 });
    expect(cell).toMatchObject({ time: [15, 30, 39, 50], excluded: { prior: 1, withoutNeeds: 1 } });
    const only = { criterion: { skill: skill('weld'), level: 3 }, competing: [] };
    expect(cellOf(more, 'competency.time_in_role', only, AS_OF)).toMatchObject({ events: 1, censored: 5 });
  });
});
