import { cellOf, worldOf } from './ask.ts';
import { COURSE, did, inCourse, part } from './learning.ts';

/** Five enrol on day 0; two withdraw on day 10, one is seen until day 10 only, one passes on day 50. */
const FIVE = [
  ...['a', 'b', 'c', 'd', 'e'].map((who) => did(who, 'registered', 0)),
  did('a', 'unregistered', 10),
  did('b', 'unregistered', 10.5),
  did('d', 'passed', 50),
  did('d', 'unregistered', 60),
];
/** Of one registration; without one, who is enrolled after the end begins anew. */
const ONE = { context: { registration: 'd8a52d8e-0d1c-4d61-8c6a-0c6b2d0a1f11' } };
const AS_OF = { asOf: '2026-03-12T12:00:00Z' };

describe('staying enrolled', () => {
  it('is told by Kaplan and Meier, and a result beats a withdrawal', () => {
    const cell = cellOf(worldOf(FIVE), 'enrolment.survival', { days: [9, 10, 70, 71] }, AS_OF);
    expect(cell).toMatchObject({ n: 5, events: 2, competing: 0, censored: 3, persons: 5, value: null });
    expect(cell.at.map(({ value }: { value: number }) => value)).toEqual([1, 0.6, 0.6, null]);
    expect(cell).toMatchObject({ time: [10], survival: [0.6], atRisk: [5], lowN: true });
  });

  it('censors by what is not chosen to compete', () => {
    const world = worldOf([...FIVE, did('e', 'unregistered', 55)]);
    // Of five, two go on day 10; d is done on day 50, which leaves c and e.
    const censored = cellOf(world, 'enrolment.survival', {}, AS_OF);
    expect(censored).toMatchObject({ events: 3, competing: 0, censored: 2, time: [10, 55], atRisk: [5, 2] });
    const competing = cellOf(world, 'enrolment.survival', { competing: ['completed'] }, AS_OF);
    expect(competing).toMatchObject({ events: 3, competing: 1, censored: 1 });
  });

  it('puts events before censorings of the same day', () => {
    const cell = cellOf(worldOf(FIVE), 'enrolment.survival', { horizon: 10, days: [10] }, AS_OF);
    expect(cell).toMatchObject({ events: 2, censored: 3, atRisk: [5], survival: [0.6] });
  });

  it('leaves out who withdrew before the origin, or counts them on day 0', () => {
    const world = worldOf([...FIVE, did('f', 'registered', -20), did('f', 'unregistered', -3)]);
    const course = { origin: 'course', horizon: 'course', days: [0] };
    expect(cellOf(world, 'enrolment.survival', course, AS_OF)).toMatchObject({
      n: 5,
      excluded: { prior: 1 },
    });
    const counted = cellOf(world, 'enrolment.survival', { ...course, prior: 'zero' }, AS_OF);
    expect(counted).toMatchObject({ n: 6, events: 3, beside: { atZero: 1 } });
    expect(counted.at[0].value).toBeCloseTo(5 / 6, 12);
  });

  it('takes a withdrawal of unknown date for no event', () => {
    const context = { extensions: { 'urn:cairn:date-unknown': true } };
    const world = worldOf([did('a', 'registered', 0), did('a', 'unregistered', 40, { context })]);
    const cell = cellOf(world, 'enrolment.survival', { days: [40, 41] }, AS_OF);
    expect(cell).toMatchObject({ n: 1, events: 0, censored: 1 });
    expect(cell.at.map(({ value }: { value: number }) => value)).toEqual([1, null]);
  });

  it('lets people in late', () => {
    const world = worldOf([
      did('a', 'registered', 0),
      did('b', 'registered', 0),
      did('c', 'registered', 20),
      did('a', 'unregistered', 10),
      did('b', 'unregistered', 30),
    ]);
    const course = { origin: 'course', days: [10, 30], horizon: 'course' };
    const early = cellOf(world, 'enrolment.survival', course, AS_OF);
    const late = cellOf(world, 'enrolment.survival', { ...course, entry: 'delayed' }, AS_OF);
    expect(early.survival).toEqual([2 / 3, 1 / 3].map((value) => Number(value.toPrecision(12))));
    expect(late).toMatchObject({ atRisk: [2, 2], survival: [0.5, 0.25] });
  });

  it('says nothing of nobody, of those without an origin, or of what has not begun', () => {
    const cell = cellOf(worldOf([]), 'enrolment.survival');
    expect(cell).toMatchObject({ value: null, n: 0, events: 0, time: [], persons: 0, ci: null });
    const other = { object: { id: 'https://lms.example/no-dates' } };
    const undated = worldOf([did('a', 'registered', 0, other), did('b', 'registered', -30)]);
    const asked = { asOf: '2025-12-20T00:00:00Z' };
    expect(cellOf(undated, 'enrolment.survival', { origin: 'course' }, asked)).toMatchObject({
      n: 0,
      excluded: { notBegun: 1 },
    });
    expect(cellOf(undated, 'enrolment.survival', { origin: 'course' })).toMatchObject({
      n: 1,
      excluded: { undated: 1 },
    });
  });

  it('has no band where all go at once, nor a median where nobody goes', () => {
    const three = ['a', 'b', 'c'].flatMap((who) => [did(who, 'registered', 0), did(who, 'unregistered', 5)]);
    const all = cellOf(worldOf(three), 'enrolment.survival', { days: [4, 5, 500] });
    expect(all).toMatchObject({ value: 5, survival: [0], lo: [null], hi: [null], events: 3 });
    expect(all.at.map(({ value }: { value: number }) => value)).toEqual([1, 0, 0]);
    const none = cellOf(worldOf([did('a', 'registered', 0)]), 'enrolment.survival', { meanTo: 30 });
    expect(none).toMatchObject({ value: null, events: 0, censored: 1, restrictedMean: { value: 30 } });
  });
});

describe('completing by day', () => {
  const world = worldOf([
    ...['a', 'b', 'c', 'd'].map((who) => did(who, 'registered', 0)),
    did('a', 'completed', 10),
    did('b', 'unregistered', 20),
    did('c', 'completed', 30),
  ]);

  it('takes who withdrew for one who will not complete', () => {
    const cell = cellOf(world, 'completion.incidence', { days: [10, 30] }, AS_OF);
    expect(cell).toMatchObject({ n: 4, events: 2, competing: 1, censored: 1, value: 30 });
    expect(cell.incidence.value).toEqual([0.25, 0.25, 0.5]);
    expect(cell.at[1].incidence.value).toBe(0.5);
    // As censored it would leave 3/4 · 1/2 of them.
    expect(cell.at[1].value).toBe(0.375);
  });

  it('counts a completion before the assignment on day 0', () => {
    const early = worldOf([
      did('a', 'completed', -5, ONE),
      did('a', 'registered', 0, ONE),
      did('b', 'registered', 0),
    ]);
    expect(cellOf(early, 'completion.incidence', { days: [0] }, AS_OF)).toMatchObject({
      n: 2,
      events: 1,
      beside: { atZero: 1 },
      at: [{ incidence: { value: 0.5 } }],
    });
  });
});

describe('time to a criterion', () => {
  const score = (scaled: number) => ({ result: { score: { scaled } } });
  const world = worldOf([
    ...['a', 'b', 'c', 'd'].map((who) => did(who, 'registered', 0)),
    did('a', 'scored', 4, { ...part('quiz', 'TMA'), ...score(0.5), context: inCourse() }),
    did('a', 'scored', 8, { ...part('quiz', 'TMA'), ...score(0.8), context: inCourse() }),
    did('b', 'scored', 2, {
      ...part('quiz', 'TMA'),
      ...score(0.9),
      context: inCourse({ 'urn:cairn:carried-over': true }),
    }),
    did('b', 'scored', 6, { ...part('exam', 'Exam'), ...score(1), context: inCourse() }),
    did('c', 'unregistered', 7),
    did('c', 'scored', 7.2, { ...part('exam', 'Exam'), ...score(1), context: inCourse() }),
    did('d', 'scored', 3, { ...part('elsewhere', 'TMA'), ...score(1) }),
  ]);

  it('is the first score that is high enough, in the course and not carried over', () => {
    const criterion = { score: 0.8 };
    const cell = cellOf(world, 'competency.time', { criterion, days: [6, 7, 8] }, AS_OF);
    expect(cell).toMatchObject({ n: 5, events: 4, competing: 0, value: 7 });
    const own = { filters: { dim: 'course', values: [COURSE.id] } };
    // On the very day of the withdrawal the score wins.
    expect(cellOf(world, 'competency.time', { criterion }, { ...AS_OF, ...own })).toMatchObject({
      n: 4,
      events: 3,
      time: [6, 7, 8],
      value: 7,
      beside: { medianOfThoseWhoMetIt: 7 },
    });
    const tma = { score: 0.8, kind: 'TMA' };
    expect(cellOf(world, 'competency.time', { criterion: tma }, { ...AS_OF, ...own })).toMatchObject({
      n: 4,
      events: 1,
      competing: 1,
      censored: 2,
      value: null,
    });
  });

  it('counts those apart who had met it before', () => {
    const before = worldOf([
      did('a', 'passed', -2, ONE),
      did('a', 'registered', 0, ONE),
      did('b', 'registered', 0),
    ]);
    expect(cellOf(before, 'competency.time', {}, AS_OF)).toMatchObject({ n: 1, excluded: { prior: 1 } });
  });

  it('refuses a criterion that it does not know, and names what is wrong', () => {
    expect(() => cellOf(world, 'competency.time', { criterion: { score: 80 } })).toThrow(
      '/metrics/0/params/criterion/score',
    );
  });
});
