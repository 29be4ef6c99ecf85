import { createHash } from 'node:crypto';
import { ADL_TYPE, activity, ISD, type Part } from '../facts-of.ts';
import { course, fed, roster, who } from '../fed-world.ts';
import { day, did, enrolled, rowsOf, tried } from './cases.ts';

const same = (...identifiers: Part[]) => ({ record: 'merge', identifiers, why: 'x' }) as never;
const as = (identifier: object, one: Part): Part => ({ ...one, actor: identifier });

describe('10 two identifiers merged, then split', () => {
  it('are one person only in between', () => {
    const story = [enrolled('ann', 1), enrolled('ann2', 2), did('ann2', 'completed', 3)];
    const merge = same(who('ann'), who('ann2'));
    const split = { record: 'split', identifiers: [who('ann2')], why: 'x' } as never;
    const world = fed(story);
    expect(world.cell('completion.rate')).toMatchObject({ num: 1, den: 2, persons: 2 });
    world.add(merge);
    // As one person the second assignment is of the same cycle, which is completed.
    expect(world.cell('completion.rate')).toMatchObject({ num: 1, den: 1, persons: 1 });
    world.add(split);
    expect(world.cell('completion.rate')).toMatchObject({ num: 1, den: 2, persons: 2 });
  });
});

describe('11 one account name at two home pages', () => {
  it('is two people', () => {
    const at = (homePage: string) => ({ account: { homePage, name: '17' } });
    const story = [
      as(at('https://lms.example'), enrolled('', 1)),
      as(at('https://hr.example'), enrolled('', 1)),
    ];
    expect(fed(story).cell('learners.count').value).toBe(2);
  });
});

describe('12 an address and its hash', () => {
  it('are one person as soon as the address is there', () => {
    const mbox = 'mailto:ann@example.org';
    const sha1 = createHash('sha1').update(mbox).digest('hex');
    const hashed = as({ mbox_sha1sum: sha1 }, enrolled('', 1));
    const story = [hashed, as({ mbox }, did('', 'completed', 2))];
    for (const order of [story, [...story].reverse()])
      expect(fed(order).cell('completion.rate')).toMatchObject({ num: 1, den: 1, persons: 1 });
    const other = as({ mbox: 'mailto:bob@example.org' }, did('', 'completed', 2));
    expect(fed([hashed, other]).cell('completion.rate')).toMatchObject({ num: 1, den: 2, persons: 2 });
  });
});

describe('22 a group as actor', () => {
  const named = { objectType: 'Group', ...who('team') };
  const nameless = { objectType: 'Group', member: [who('ann'), who('bob')] };

  it('with a name is a team, and no person', () => {
    const world = fed([as(named, enrolled('', 1)), enrolled('ann', 1)]);
    expect(world.cell('learners.count').value).toBe(1);
    expect(world.cell('enrolments.count').value).toBe(1);
    expect(rowsOf(world.ask({ metrics: ['events.count'], dimensions: ['team'] }))).toEqual([
      [false, 1],
      [true, 1],
    ]);
  });

  it('without one is its members, of what is true of each', () => {
    const meeting = { object: activity('meeting', `${ADL_TYPE}meeting`) };
    const world = fed([
      as(nameless, did('', 'attended', 1, meeting)),
      as(nameless, did('', 'passed', 2, { result: { score: { scaled: 0.9 } } })),
    ]);
    expect(world.cell('attendance.rate')).toMatchObject({ num: 2, den: 2, persons: 2 });
    expect(world.cell('assessment.score')).toMatchObject({ n: 0, value: null });
  });
});

describe('23 an instructor who is the actor', () => {
  it('observes nobody: it is a self-report', () => {
    const skill = {
      contextActivities: {
        category: [activity('skill', 'https://w3id.org/xapi/tla/activity-types/competency')],
      },
    };
    const used = (observer: string) =>
      did('ann', `${ISD}performed`, 9, {
        object: activity('task', `${ADL_TYPE}performance`),
        context: { ...skill, instructor: who(observer) },
      });
    const rate = (observer: string, minEvidence: string) =>
      fed([did('ann', 'passed', 2, { object: activity('test'), context: skill }), used(observer)]).cell(
        'application.rate',
        { minEvidence },
      );
    expect(rate('ann', 'E2')).toMatchObject({ num: 0, den: 1 });
    expect(rate('ann', 'E0')).toMatchObject({ num: 1, den: 1 });
    expect(rate('bob', 'E2')).toMatchObject({ num: 1, den: 1 });
  });
});

describe('24 a plan (SubStatement)', () => {
  it('is not counted, neither as a deed nor as a statement', () => {
    const { actor, verb, object } = did('ann', 'completed', 2) as Record<string, Part>;
    const plan = did('ann', 'asked', 3, { object: { objectType: 'SubStatement', actor, verb, object } });
    const world = fed([enrolled('ann', 1), plan]);
    expect(world.cell('completion.rate')).toMatchObject({ num: 0, den: 1 });
    expect(world.cell('events.count').value).toBe(1);
  });
});

describe('33 a leaver', () => {
  it('will not pass any more: that forestalls it, and is no pass and no failure', () => {
    const hired = '2025-01-01';
    const world = fed([
      ...['ann', 'bob', 'cem', 'dee'].map((name) => enrolled(name, 1)),
      roster('bob', { hired, left: '2026-01-11' }),
      did('ann', 'passed', 6),
    ]);
    const cell = world.cell('competency.time', { days: [30] }, { asOf: day(41) });
    expect(cell).toMatchObject({ n: 4, events: 1, competing: 1, censored: 2 });
    expect(cell).toMatchObject({ at: [{ day: 30, incidence: { value: 0.25 } }] });
  });
});

describe('34 a person who moves to another team in the middle of a window', () => {
  it('counts where they were when it began, and by .now where they are', () => {
    const hired = '2025-01-01';
    const world = fed([
      roster('ann', { hired, department: 'North' }),
      roster('ann', { effectiveFrom: '2026-01-10', department: 'South' }),
      enrolled('ann', 2),
      did('ann', 'completed', 20),
    ]);
    const by = (dimension: string, metric = 'completion.rate') =>
      rowsOf(world.ask({ metrics: [{ id: metric, params: { window: 30 } }], dimensions: [dimension] }));
    expect(by('department')).toEqual([['North', '1/1']]);
    expect(by('department.now')).toEqual([['South', '1/1']]);
  });
});

describe('35 a skill that an activity turns out to show', () => {
  it('was shown by what was done before it was said', () => {
    const needs = { record: 'skills', roles: [{ role: 'Welder', skill: 'urn:x:weld' }] } as never;
    const shows = {
      record: 'skills',
      activities: [{ activity: course('quiz'), skill: 'urn:x:weld' }],
    } as never;
    const story = [
      needs,
      roster('ann', { hired: '2025-01-01', role: 'Welder' }),
      tried('ann', 'passed', 200),
    ];
    const world = fed(story);
    expect(world.cell('skill.coverage')).toMatchObject({ num: 0, den: 1 });
    world.add(shows);
    expect(world.cell('skill.coverage')).toMatchObject({ num: 1, den: 1 });
  });
});
