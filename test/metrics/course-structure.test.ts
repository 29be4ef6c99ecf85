import type { Course } from '../../src/people/record.ts';
import { ADL, type Part } from './facts-of.ts';
import { course, fed, stated, who } from './fed-world.ts';

const W3 = 'https://w3id.org/xapi/adl/verbs/';
const REGISTRATION = 'ec531277-b57b-4c15-8d91-d292c5b2b8f7';

/** A statement about a part of a course, which says nothing of the course. */
const part = (verb: string, id: string, day: number, change: Part = {}): Part => ({
  actor: who('a'),
  verb: { id: verb.includes(':') ? verb : ADL + verb },
  object: { id: course(id) },
  timestamp: `2026-02-${String(day).padStart(2, '0')}T12:00:00Z`,
  context: { registration: REGISTRATION },
  ...change,
});

const structure = (rest: Omit<Course, 'id'>): Part => ({
  record: 'courses',
  courses: [{ id: course('c'), ...rest }],
});
const enrolled = part('registered', 'c', 1);

const completedAt = (entries: readonly Part[], params: Part = {}) => {
  const world = fed(entries);
  const completed = (asOf: string): number | null =>
    world.cell('completion.rate', params, { asOf, filters: { dim: 'course', value: course('c') } }).value;
  for (let day = 1; day <= 20; day += 1)
    if (completed(`2026-02-${String(day).padStart(2, '0')}T23:00:00Z`) === 1) return day;
  return undefined;
};

describe('a course whose structure is known', () => {
  const two = structure({
    units: [
      { id: course('u1'), moveOn: 'Passed' },
      { id: course('u2'), moveOn: 'Completed' },
    ],
  });
  const passed = part('passed', 'u1', 3, { result: { success: true, score: { scaled: 0.9 } } });

  it('is completed when the last of its units is', () => {
    expect(completedAt([two, enrolled, passed])).toBeUndefined();
    expect(completedAt([two, enrolled, passed, part('completed', 'u2', 5)])).toBe(5);
    expect(completedAt([part('completed', 'u2', 5), two, passed, enrolled])).toBe(5);
  });

  it('has one enrolment, of which its parts are no courses', () => {
    const world = fed([two, enrolled, passed, part('completed', 'u2', 5)]);
    expect(world.values('enrolments.count', 'course')).toEqual({ [course('c')]: 1 });
    expect(fed([enrolled, passed]).values('enrolments.count', 'course')).toEqual({
      [course('c')]: 1,
      [course('u1')]: 1,
    });
  });

  it.each<[string, readonly string[], boolean]>([
    ['Passed', ['completed'], false],
    ['Passed', ['passed'], true],
    ['Completed', ['passed'], false],
    ['Completed', ['completed'], true],
    ['CompletedAndPassed', ['completed'], false],
    ['CompletedAndPassed', ['passed'], false],
    ['CompletedAndPassed', ['passed', 'completed'], true],
    ['CompletedOrPassed', ['completed'], true],
    ['CompletedOrPassed', ['passed'], true],
    ['CompletedOrPassed', ['failed', 'initialized'], false],
    ['CompletedAndPassed', [`${W3}waived`], true],
  ])('moves on by %s after %j: %s', (moveOn, verbs, isMet) => {
    const one = structure({ units: [{ id: course('u1'), moveOn: moveOn as 'Passed' }] });
    const parts = verbs.map((verb, at) => part(verb, 'u1', 3 + at));
    expect(completedAt([one, enrolled, ...parts])).toBe(isMet ? 2 + verbs.length : undefined);
  });

  it('is not completed by saying so, only by satisfied; one without a structure is', () => {
    expect(completedAt([two, enrolled, part('completed', 'c', 4)])).toBeUndefined();
    expect(completedAt([two, enrolled, part(`${W3}satisfied`, 'c', 4)])).toBe(4);
    expect(completedAt([enrolled, part('completed', 'c', 4)])).toBe(4);
  });

  it('has a unit waived within a block, and a block satisfied as a whole', () => {
    const blocks = structure({
      blocks: [
        {
          id: course('b1'),
          units: [
            { id: course('u1'), moveOn: 'Passed' },
            { id: course('u2'), moveOn: 'Passed' },
          ],
        },
        { id: course('b2'), units: [{ id: course('u3'), moveOn: 'Passed' }] },
      ],
    });
    const rest = [part('passed', 'u2', 4), part(`${W3}satisfied`, 'b2', 6)];
    expect(completedAt([blocks, enrolled, ...rest])).toBeUndefined();
    expect(completedAt([blocks, enrolled, part(`${W3}waived`, 'u1', 3), ...rest])).toBe(6);
  });

  it('knows units and itself by their aliases', () => {
    const aliased = structure({
      aliases: [course('c-published')],
      units: [{ id: course('u1'), aliases: [course('u1-published')], moveOn: 'Completed' }],
    });
    expect(completedAt([aliased, enrolled, part('completed', 'u1-published', 4)])).toBe(4);
    expect(completedAt([aliased, enrolled, part(`${W3}satisfied`, 'c-published', 5)])).toBe(5);
  });

  it('keeps cycles apart', () => {
    const again = { context: { registration: 'fd41c918-b88b-4b20-a0a5-a4c32391aaa0' } };
    expect(completedAt([two, enrolled, passed, part('completed', 'u2', 5, again)])).toBeUndefined();
  });

  it('is left out of rates when nothing has to be done, unless that is asked for', () => {
    const free = structure({ units: [{ id: course('u1') }, { id: course('u2'), moveOn: 'NotApplicable' }] });
    const world = fed([free, enrolled]);
    expect(world.cell('completion.rate')).toMatchObject({
      value: null,
      den: 0,
      excluded: { notApplicable: 1 },
    });
    expect(world.cell('completion.rate', { includeNotApplicable: true })).toMatchObject({ num: 1, den: 1 });
    expect(completedAt([free, enrolled], { includeNotApplicable: true })).toBe(1);
  });

  it('tells who passed below the mastery score', () => {
    const strict = structure({ units: [{ id: course('u1'), moveOn: 'Passed', masteryScore: 0.95 }] });
    const filters = { dim: 'below.mastery', value: true };
    expect(fed([strict, enrolled, passed]).cell('enrolments.count', {}, { filters }).value).toBe(1);
    expect(fed([two, enrolled, passed]).cell('enrolments.count', {}, { filters }).value ?? 0).toBe(0);
  });

  it('is folded anew when its structure changes or goes', () => {
    const one = structure({ units: [{ id: course('u1'), moveOn: 'Passed' }] });
    expect(completedAt([two, enrolled, passed, one])).toBe(3);
    expect(
      completedAt([one, enrolled, passed, { record: 'courses', remove: [course('c')] }]),
    ).toBeUndefined();
  });

  it('takes back what was completed by a statement that is voided', () => {
    const entries = [
      two,
      enrolled,
      { ...passed, id: '10000000-0000-4000-8000-000000000000' },
      part('completed', 'u2', 5),
    ];
    const object = { objectType: 'StatementRef', id: '10000000-0000-4000-8000-000000000000' };
    const voiding = { ...stated('admin', 'voided', 'c', '2026-03-01'), object };
    expect(completedAt([...entries, voiding])).toBeUndefined();
    expect(completedAt([voiding, ...entries])).toBeUndefined();
  });

  it('does not complete another course by a unit that both have', () => {
    const unit = (id: string) => ({ id: course(id), moveOn: 'Passed' as const });
    const both = {
      record: 'courses',
      courses: [
        { id: course('c'), units: [unit('u1')] },
        { id: course('d'), units: [unit('u1'), unit('u2')] },
      ],
    };
    const inCourse = (id: string, name: string, day: number): Part => {
      const definition = { type: 'http://adlnet.gov/expapi/activities/course' };
      const contextActivities = { grouping: [{ id: course(id), definition }] };
      return part('passed', name, day, { context: { registration: REGISTRATION, contextActivities } });
    };
    const entries = [
      both,
      part('registered', 'c', 1),
      part('registered', 'd', 1),
      inCourse('c', 'u1', 3),
      inCourse('d', 'u2', 4),
    ];
    const rates = (some: readonly Part[]) => fed(some).values('completion.rate', 'course');
    expect(rates(entries)).toEqual({ [course('c')]: 1, [course('d')]: 0 });
    expect(rates([...entries, inCourse('d', 'u1', 5)])).toEqual({ [course('c')]: 1, [course('d')]: 1 });
  });
});
