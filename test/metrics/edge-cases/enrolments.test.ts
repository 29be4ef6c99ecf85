import type { Part } from '../facts-of.ts';
import { course, fed } from '../fed-world.ts';
import { did, enrolled, rowsOf, tried } from './cases.ts';

const W3ID = 'https://w3id.org/xapi/adl/verbs/';
const [ONE, TWO] = ['5a5e15a6-549d-4925-8912-0c00270046ff', '6e1c9276-9bf8-4946-ae15-6e76ea84a339'];
const registration = (id: string): Part => ({ context: { registration: id } });

describe('13 failed, failed, passed, failed', () => {
  it('is passed, at the third attempt, and not at the first', () => {
    const world = fed(['failed', 'failed', 'passed', 'failed'].map((verb, at) => tried('ann', verb, 1 + at)));
    expect(world.cell('assessment.pass_rate')).toMatchObject({ num: 1, den: 1 });
    expect(world.cell('assessment.pass_rate', { per: 'attempt' })).toMatchObject({ num: 1, den: 4 });
    expect(world.cell('assessment.first_time_pass')).toMatchObject({ num: 0, den: 1 });
    expect(world.cell('assessment.attempts_to_pass')).toMatchObject({ value: 3, events: 1 });
    expect(world.cell('success.rate')).toMatchObject({ num: 1, den: 1 });
  });
});

describe('14 two registrations', () => {
  it('are two enrolments of one person', () => {
    const world = fed([
      enrolled('ann', 1, registration(ONE)),
      enrolled('ann', 2, registration(TWO)),
      did('ann', 'completed', 3, registration(ONE)),
    ]);
    expect(world.cell('completion.rate')).toMatchObject({ num: 1, den: 2, persons: 1 });
    expect(world.cell('enrolments.repeated')).toMatchObject({ num: 1, den: 1 });
  });
});

describe('15 no registration, with one assignment open', () => {
  it('is of that assignment', () => {
    const world = fed([enrolled('ann', 1, registration(ONE)), did('ann', 'completed', 3)]);
    expect(world.cell('completion.rate')).toMatchObject({ num: 1, den: 1 });
    expect(world.cell('enrolments.count').value).toBe(1);
  });
});

describe('16 completed before it was assigned', () => {
  it('is in time within one registration; without one the assignment asks for it anew', () => {
    const within = (change: Part) =>
      fed([did('ann', 'completed', 1, change), enrolled('ann', 9, change)]).cell('completion.rate', {
        window: 30,
      });
    expect(within(registration(ONE))).toMatchObject({ num: 1, den: 1 });
    expect(within({})).toMatchObject({ num: 1, den: 2 });
  });
});

describe('17 the verb completed with completion: false', () => {
  it('is not completed', () => {
    const told = (result: Part) =>
      fed([enrolled('ann', 1), did('ann', 'completed', 2, { result })]).cell('completion.rate');
    expect(told({ completion: false })).toMatchObject({ num: 0, den: 1 });
    expect(told({})).toMatchObject({ num: 1, den: 1 });
    expect(told({ completion: true })).toMatchObject({ num: 1, den: 1 });
  });
});

const unit = (name: string, moveOn: string, rest: Part = {}): Part => ({ id: course(name), moveOn, ...rest });
const made = (rest: Part) => ({ record: 'courses', courses: [{ id: course('c'), ...rest }] }) as never;
const part = (verb: string, name: string, on: number, change: Part = {}): Part =>
  did('ann', verb, on, { object: { id: course(name) }, ...change });

describe('18 passed below the mastery score', () => {
  it('is passed, and told apart', () => {
    const by = (scaled: number) => {
      const result = { success: true, score: { scaled } };
      const structure = made({ units: [unit('u1', 'Passed', { masteryScore: 0.8 })] });
      const world = fed([structure, enrolled('ann', 1), part('passed', 'u1', 2, { result })]);
      const filters = { dim: 'course', op: 'eq', value: course('c') };
      return rowsOf(world.ask({ metrics: ['completion.rate'], dimensions: ['below.mastery'], filters }));
    };
    expect(by(0.6)).toEqual([[true, '1/1']]);
    expect(by(0.8)).toEqual([[false, '1/1']]);
  });
});

describe('19 moveOn NotApplicable', () => {
  it('leaves out a course of which nothing has to be done, unless it is asked for', () => {
    const world = fed([made({ units: [unit('u1', 'NotApplicable')] }), enrolled('ann', 1)]);
    expect(world.cell('completion.rate')).toMatchObject({ den: 0, excluded: { notApplicable: 1 } });
    expect(world.cell('completion.rate', { includeNotApplicable: true })).toMatchObject({ num: 1, den: 1 });
  });
});

describe('20 a waived unit in a block', () => {
  it('counts as met', () => {
    const structure = made({
      units: [unit('u1', 'Completed')],
      blocks: [{ id: course('b'), units: [unit('u2', 'Passed')] }],
    });
    const story = [structure, enrolled('ann', 1), part('completed', 'u1', 2)];
    const rate = (entries: readonly Part[]) => fed(entries).cell('completion.rate');
    expect(rate(story)).toMatchObject({ num: 0, den: 1 });
    expect(rate([...story, part(`${W3ID}waived`, 'u2', 3)])).toMatchObject({ num: 1, den: 1 });
  });
});

describe('21 satisfied, without anything of its units', () => {
  it('is completed, since an LMS says so', () => {
    const story = [made({ units: [unit('u1', 'Passed')] }), enrolled('ann', 1)];
    const rate = (verb: string) => fed([...story, did('ann', verb, 2)]).cell('completion.rate');
    expect(rate(`${W3ID}satisfied`)).toMatchObject({ num: 1, den: 1 });
    expect(rate('completed')).toMatchObject({ num: 0, den: 1 });
  });
});
