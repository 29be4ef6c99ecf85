import { binOf, RETENTION_BINS } from '../../../src/metrics/grains/delay-bins.ts';
import { answerOf, cellOf, worldOf } from './ask.ts';
import { aboutSkill, did, part, skill } from './learning.ts';

type Part = Readonly<Record<string, unknown>>;

const test = (who: string, item: string, day: number, success: boolean, more: Part = {}) =>
  did(who, 'answered', day, { ...part(item), result: { success, ...more } });

const HOUR = 1 / 24;
const values = (cell: { points: readonly { value: number }[] }) => cell.points.map(({ value }) => value);
const FEW = { minPersons: 1, fit: null };

describe('the bins of delays', () => {
  it('meet in the geometric middle, and have no gaps', () => {
    expect(RETENTION_BINS.map(({ name }) => name)).toEqual([0, 1, 2, 7, 14, 30, 60, 90, 180, 365]);
    expect(RETENTION_BINS.slice(1).map(({ from }) => from)).toEqual(
      RETENTION_BINS.slice(0, -1).map(({ to }) => to),
    );
    expect(RETENTION_BINS[3]).toEqual({ name: 7, from: Math.sqrt(14), to: Math.sqrt(98) });
  });

  it('have an hour in the first, and everything in one', () => {
    expect([0, HOUR, HOUR * 1.001, 1, 1.42, 3.7, 3.8, 9.8, 9.9, 256, 257, 9999].map(binOf)).toEqual([
      0, 0, 1, 1, 2, 2, 3, 3, 4, 8, 9, 9,
    ]);
  });
});

describe('retention', () => {
  it('pairs each success with the next test; a failure ends it until the next success', () => {
    const world = worldOf([
      test('a', 'q', 0, false),
      test('a', 'q', 1, true),
      test('a', 'q', 8, false),
      test('a', 'q', 9, false),
      test('a', 'q', 10, true),
      test('a', 'q', 12, true),
      test('a', 'other', 12, true),
    ]);
    const cell = cellOf(world, 'retention.curve', FEW);
    expect(cell).toMatchObject({ n: 2, persons: 1, value: 0, beside: { atStart: null } });
    expect(cell.points.map(({ at, value }: { at: number; value: number }) => [at, value])).toEqual([
      [2, 1],
      [7, 0],
    ]);
    expect(cellOf(world, 'retention.curve', { ...FEW, successes: 'first' }).n).toBe(1);
  });

  it('keeps clean pairs from those that were met again, whose delay is since then', () => {
    const world = worldOf([
      test('a', 'q', 0, true),
      did('a', 'experienced', 5, part('q')),
      test('a', 'q', 7, false),
      test('b', 'q', 0, true),
      test('b', 'q', 7, true),
    ]);
    expect(values(cellOf(world, 'retention.curve', FEW))).toEqual([1]);
    const again = cellOf(world, 'retention.curve', { ...FEW, pairs: 'reinforced' });
    expect(again.points).toMatchObject([{ at: 2, value: 0, n: 1 }]);
    expect(cellOf(world, 'retention.curve', { ...FEW, pairs: 'all' }).n).toBe(2);
    const { rows } = answerOf(world, {
      metrics: [{ id: 'retention.rate_at', params: { pairs: 'all', tolerance: 0.9 } }],
      dimensions: ['clean'],
    });
    expect(rows.map(([clean, { num, den }]) => [clean, num, den])).toEqual([
      [false, 0, 1],
      [true, 1, 1],
    ]);
  });

  it('takes items and skills for two different things', () => {
    const context = { context: aboutSkill('weld') };
    const world = worldOf([
      did('a', 'answered', 0, { ...part('q1'), result: { success: true }, ...context }),
      did('a', 'answered', 7, { ...part('q2'), result: { success: true }, ...context }),
    ]);
    expect(cellOf(world, 'retention.curve', FEW).n).toBe(0);
    const of = { of: 'skill', ...FEW };
    expect(cellOf(world, 'retention.curve', of)).toMatchObject({ n: 1, value: 1 });
    const { rows } = answerOf(world, {
      metrics: [{ id: 'retention.curve', params: of }],
      dimensions: ['skill'],
    });
    expect(rows[0]?.[0]).toEqual({ id: skill('weld') });
  });

  it('hides points of few people, always', () => {
    const people = ['a', 'b', 'c', 'd', 'e'];
    const world = worldOf([
      ...people.flatMap((who) => [test(who, 'q', 0, true), test(who, 'q', 7, who < 'd')]),
      ...people.slice(0, 4).map((who) => test(who, 'q', 40, true)),
    ]);
    const cell = cellOf(world, 'retention.curve', { fit: null });
    expect(cell.points).toMatchObject([{ at: 7, value: 0.6, n: 5, persons: 5 }]);
    expect(cell).toMatchObject({ value: 0.6, beside: { hiddenPoints: 1 } });
    const some = answerOf(
      world,
      { metrics: [{ id: 'retention.curve', params: FEW }] },
      { small: false, names: false },
    );
    expect(some.totals[0].points).toHaveLength(1);
  });

  describe('asked by who may not see what few stand behind', () => {
    const POOR = { small: false, names: false };
    const people = ['a', 'b', 'c', 'd', 'e', 'f'];
    const told = (world: ReturnType<typeof worldOf>, id: string, params: Part) =>
      answerOf(world, { metrics: [{ id, params }] }, POOR).totals[0];

    it('has no value and no curve of points that are hidden', () => {
      const world = worldOf([
        ...people.flatMap((who) => [test(who, 'q', 0, true), test(who, 'q', 2, who < 'd')]),
        ...people.slice(0, 2).flatMap((who) => [test(who, 'r', 0, true), test(who, 'r', 300, true)]),
      ]);
      const fit = { model: 'exponential', evenIfFew: true };
      const params = { minPersons: 1, at: 300, fit };
      expect(cellOf(world, 'retention.curve', params)).toMatchObject({ value: 1, persons: 6 });
      expect(cellOf(world, 'retention.curve', params).fit.reachesTo).toBe(450);
      const cell = told(world, 'retention.curve', params);
      expect(cell).toMatchObject({ value: null, persons: 6, points: [{ at: 2, persons: 6 }] });
      expect(cell.fit?.reachesTo ?? 0).toBeLessThanOrEqual(3);
    });

    it('is set against no start of few', () => {
      const world = worldOf([
        ...people.flatMap((who) => [test(who, 'q', 0, true), test(who, 'q', 7, who < 'd')]),
        ...people
          .slice(0, 2)
          .flatMap((who) => [test(who, 'r', 0, true), test(who, 'r', HOUR / 2, who < 'b')]),
      ]);
      const all = cellOf(world, 'retention.forgetting_index');
      expect(all).toMatchObject({ value: 0, beside: { atStart: 0.5, atDay: 0.5 } });
      const cell = told(world, 'retention.forgetting_index', {});
      expect(cell).toMatchObject({ value: null, ci: null, beside: { atStart: null, atDay: 0.5 } });
    });
  });

  it('is told after about so many days', () => {
    const world = worldOf(
      ['a', 'b', 'c', 'd'].flatMap((who, at) => [
        test(who, 'q', 0, true),
        test(who, 'q', [4.8, 4.9, 9.1, 9.2][at] as number, who < 'c'),
      ]),
    );
    expect(cellOf(world, 'retention.rate_at')).toMatchObject({ num: 1, den: 2 });
    expect(cellOf(world, 'retention.rate_at', { tolerance: 0.5 })).toMatchObject({ num: 2, den: 4 });
    expect(cellOf(world, 'retention.rate_at', { day: 90 })).toMatchObject({ value: null, den: 0 });
  });

  it('sets the scores of the same pairs against each other as sums', () => {
    const score = (scaled: number) => ({ score: { scaled } });
    const world = worldOf([
      test('a', 'q', 0, true, score(1)),
      test('a', 'q', 7, true, score(0.5)),
      test('b', 'q', 0, true, score(0.5)),
      test('b', 'q', 7, true, score(0.4)),
      test('c', 'q', 0, true),
      test('c', 'q', 7, true, score(1)),
    ]);
    const cell = cellOf(world, 'retention.ratio_at');
    expect(cell).toMatchObject({ value: 0.6, n: 2, persons: 2, excluded: { unscored: 1 } });
    const curve = cellOf(world, 'retention.curve', { ...FEW, measure: 'score' });
    expect(curve.value).toBeCloseTo(1.9 / 3, 10);
  });

  it('measures forgetting against what is known at once', () => {
    const people = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
    const world = worldOf(
      people.flatMap((who, at) => [
        test(who, 'q', 0, true),
        test(who, 'q', HOUR / 2, at !== 0),
        test(who, 'r', 0, true),
        test(who, 'r', 7, at < 6),
      ]),
    );
    const cell = cellOf(world, 'retention.forgetting_index');
    expect(cell).toMatchObject({ n: 10, persons: 10, beside: { atStart: 0.9, atDay: 0.6 } });
    expect(cell.value).toBeCloseTo(1 / 3, 10);
    expect(cell.ci.lo).toBeLessThan(cell.value);
    expect(cellOf(worldOf([]), 'retention.forgetting_index')).toMatchObject({ value: null, ci: null });
  });

  it('is not sure of forgetting where all of a few agree', () => {
    const indexOf = (isKept: boolean) =>
      cellOf(
        worldOf(
          ['a', 'b', 'c', 'd'].flatMap((who) => [
            test(who, 'q', 0, true),
            test(who, 'q', HOUR / 2, true),
            test(who, 'r', 0, true),
            test(who, 'r', 7, isKept),
          ]),
        ),
        'retention.forgetting_index',
      );
    // Wilson's interval of 4 of 4 is from 4 / (4 + 1.96²) on.
    const spread = 1 - 4 / (4 + 1.959964 ** 2);
    const [kept, lost] = [indexOf(true), indexOf(false)];
    expect([kept.value, lost.value]).toEqual([0, 1]);
    expect(kept.ci.lo).toBeCloseTo(-spread, 5);
    expect(kept.ci.hi).toBeCloseTo(spread, 5);
    expect(lost.ci.lo).toBeCloseTo(1 - spread, 5);
    expect(lost.ci.hi).toBeCloseTo(1, 5);
  });
});

describe('the curve through retention', () => {
  /** Thirty people, each tested after four delays; fewer and fewer of them still know it. */
  const DELAYS = [0.02, 1, 7, 30];
  const KEPT = [30, 20, 15, 10];
  const story = DELAYS.flatMap((delay, kind) =>
    Array.from({ length: 30 }, (_, at) => [
      test(`p${at}`, `q${kind}`, 0, true),
      test(`p${at}`, `q${kind}`, delay, at < (KEPT[kind] as number)),
    ]).flat(),
  );

  it('beats a constant, has a band, and says up to where it reaches', () => {
    const cell = cellOf(worldOf(story), 'retention.curve');
    expect(values(cell).map((value) => Math.round(value * 30))).toEqual(KEPT);
    expect(cell.fit).toMatchObject({ model: 'power-offset', unit: 'days', loss: 'likelihood' });
    expect(cell.fit.aic).toBeLessThan(cell.fit.baselineAic - 10);
    expect(cell.fit.halfLife).toBeCloseTo(2 ** (1 / cell.fit.parameters.a) - 1, 6);
    expect(cell.fit.reachesTo).toBeCloseTo(45, 8);
    const [first, last] = [cell.fit.line[0], cell.fit.line.at(-1)];
    expect([first.at, first.value]).toEqual([0, cell.fit.parameters.m]);
    expect(last.at).toBeCloseTo(45, 8);
    expect(last.ci.lo).toBeLessThan(last.value);
    expect(cell.references[0]).toMatchObject({ at: 7, value: 0.25 });
  });

  it('is refused, with the reason, where there is too little', () => {
    const few = cellOf(worldOf(story.slice(0, 40)), 'retention.curve');
    expect(few).toMatchObject({ fit: null, unfitted: expect.stringContaining('30 pairs') });
    const one = cellOf(worldOf(story.slice(0, 60)), 'retention.curve');
    expect(one.unfitted).toContain('3 different delays');
  });
});
