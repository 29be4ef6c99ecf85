import fc from 'fast-check';
import {
  type ClusteredEstimate,
  type ClusteredRows,
  clusteredRate,
  pairedDifference,
  ratioOfSums,
} from '../../../src/metrics/statistics/clustered.ts';
import { wilson } from '../../../src/metrics/statistics/wilson.ts';

/** Three persons with two rows each: both, none, one. */
const THREE = { num: [1, 0, 1, 1, 0, 0], person: [7, 3, 9, 7, 3, 9] };

const some = (estimate: ClusteredEstimate | undefined): ClusteredEstimate => {
  if (estimate === undefined) throw new Error('Nothing was estimated');
  return estimate;
};

/** Rows of 8 persons, who differ. */
const rows = fc
  .array(fc.record({ person: fc.integer({ min: 0, max: 7 }), success: fc.integer({ min: 0, max: 1 }) }), {
    minLength: 1,
    maxLength: 60,
  })
  .map((list) => ({ num: list.map(({ success }) => success), person: list.map(({ person }) => person) }));

describe('a ratio of sums', () => {
  it('of three persons is as by hand', () => {
    const { value, se, lo, hi, clusters } = some(ratioOfSums(THREE));
    expect([value, clusters]).toEqual([0.5, 3]);
    // Pulls 1/6, −1/6 and 0: 3/2 · 2/36.
    expect(se).toBeCloseTo(Math.sqrt(1 / 12), 14);
    // Student's t with 2 degrees of freedom.
    expect(hi).toBeCloseTo(0.5 + 4.302652729749464 * Math.sqrt(1 / 12), 9);
    expect(lo).toBeCloseTo(0.5 - 4.302652729749464 * Math.sqrt(1 / 12), 9);
  });

  it('takes denominators that are not 1', () => {
    const { value, se } = some(ratioOfSums({ num: [8, 3], den: [10, 2], person: [0, 1] }));
    expect(value).toBeCloseTo(11 / 12, 14);
    // 8 − 110/12 = −7/6, 3 − 22/12 = 7/6, over 12; 2/1 times both squares.
    expect(se).toBeCloseTo(Math.sqrt((2 * 2 * (7 / 6) ** 2) / 144), 14);
  });

  it('is the mean with its usual error where every person has one row', () => {
    const values = [3, 9, 4, 4, 1];
    const { value, se } = some(ratioOfSums({ num: values, person: [0, 1, 2, 3, 4] }));
    const mean = 21 / 5;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 4;
    expect(value).toBeCloseTo(mean, 14);
    expect(se).toBeCloseTo(Math.sqrt(variance / 5), 14);
  });

  it('comes near the jackknife that leaves out one person after the other', () => {
    const persons = Array.from({ length: 40 }, (_, i) => i);
    const person = persons.flatMap((i) => Array<number>((i % 5) + 1).fill(i));
    const num = person.map((i, row) => ((i * 7 + row * 3) % 11) / 10);
    const ratioWithout = (left: number): number => {
      const kept = num.filter((_, row) => person[row] !== left);
      return kept.reduce((sum, x) => sum + x, 0) / kept.length;
    };
    const left = persons.map(ratioWithout);
    const mean = left.reduce((sum, x) => sum + x, 0) / 40;
    const jackknife = Math.sqrt((39 / 40) * left.reduce((sum, x) => sum + (x - mean) ** 2, 0));
    expect((some(ratioOfSums({ num, person })).se ?? 0) / jackknife).toBeCloseTo(1, 1);
  });

  it('of one person has no error, and without a denominator there is none', () => {
    expect(ratioOfSums({ num: [1, 0, 1, 0], person: [5, 5, 5, 5] })).toEqual({
      value: 0.5,
      se: null,
      lo: null,
      hi: null,
      clusters: 1,
    });
    expect(ratioOfSums({ num: [], person: [] })).toBeUndefined();
    expect(ratioOfSums({ num: [1, 2], den: [0, 0], person: [1, 2] })).toBeUndefined();
  });

  it('depends neither on the order of rows nor on how persons are numbered', () => {
    fc.assert(
      fc.property(rows, fc.nat(), ({ num, person }, by) => {
        const turned = <T>(list: T[]): T[] => [
          ...list.slice(by % list.length),
          ...list.slice(0, by % list.length),
        ];
        const straight = some(ratioOfSums({ num, person }));
        const other = some(
          ratioOfSums({
            num: turned(num).reverse(),
            person: turned(person)
              .reverse()
              .map((i) => (9 - i) * 1e8),
          }),
        );
        expect(other.value).toBeCloseTo(straight.value, 14);
        expect(other.se ?? -1).toBeCloseTo(straight.se ?? -1, 13);
      }),
    );
  });
});

describe('a difference by person', () => {
  const before: ClusteredRows = { num: [0.2, 0.5, 0.3, 0.6], person: [0, 1, 2, 3] };
  const after: ClusteredRows = { num: [0.9, 0.8, 0.4, 0.7], person: [2, 3, 0, 1] };

  it('of pairs is the mean of the differences, with their error', () => {
    const { value, se, clusters } = some(pairedDifference(after, before));
    const differences = [0.2, 0.2, 0.6, 0.2];
    const variance = differences.reduce((sum, x) => sum + (x - 0.3) ** 2, 0) / 3;
    expect(clusters).toBe(4);
    expect(value).toBeCloseTo(0.3, 14);
    expect(se).toBeCloseTo(Math.sqrt(variance / 4), 14);
  });

  it('of a thing with itself is certainly 0', () => {
    expect(pairedDifference(before, before)).toMatchObject({ value: 0, se: 0 });
  });

  it('of strangers has nearly the sum of both variances', () => {
    const num = Array.from({ length: 50 }, (_, i) => (i * 7) % 13);
    const first = { num, person: num.map((_, i) => i) };
    const second = { num: num.map((x) => x * 2), person: num.map((_, i) => 1000 + i) };
    const [a, b] = [some(ratioOfSums(first)).se ?? 0, some(ratioOfSums(second)).se ?? 0];
    expect((some(pairedDifference(first, second)).se ?? 0) / Math.hypot(a, b)).toBeCloseTo(1, 1);
  });

  it('needs something on either side', () => {
    expect(pairedDifference(before, { num: [], person: [] })).toBeUndefined();
    expect(pairedDifference({ num: [], person: [] }, before)).toBeUndefined();
  });
});

describe('a clustered rate', () => {
  it('of three persons is as by hand', () => {
    const found = clusteredRate(THREE.num, THREE.person);
    // 1/12 against ½ · ½ / 5: the design effect is 5/3.
    expect(found?.effectiveN).toBeCloseTo(3.6, 12);
    expect(found).toMatchObject({ value: 0.5, num: 3, den: 6, clusters: 3 });
    expect(found?.lo).toBeCloseTo(wilson(1.8, 3.6)?.lo ?? 0, 12);
    expect(found?.hi).toBeCloseTo(wilson(1.8, 3.6)?.hi ?? 0, 12);
  });

  it("is plainly Wilson's where every row is another person's", () => {
    const person = Array.from({ length: 263 }, (_, i) => i);
    const found = clusteredRate(
      person.map((i) => (i < 81 ? 1 : 0)),
      person,
    );
    expect(found?.effectiveN).toBe(263);
    expect(found).toMatchObject(wilson(81, 263) ?? {});
  });

  it('does not get narrower where persons are more alike than chance would have them', () => {
    // Each has one success and one failure: the linearised variance is 0.
    const found = clusteredRate([1, 0, 1, 0, 1, 0], [0, 0, 1, 1, 2, 2]);
    expect(found).toMatchObject({ effectiveN: 6, ...wilson(3, 6) });
  });

  it('counts persons, not rows, where all rows agree', () => {
    expect(clusteredRate(Array(20).fill(1), Array(20).fill(4))).toMatchObject({ effectiveN: 1, hi: 1 });
    expect(clusteredRate(Array(20).fill(1), Array(20).fill(4))?.lo).toBeCloseTo(wilson(1, 1)?.lo ?? 0, 12);
    expect(clusteredRate([0, 0, 0, 0], [1, 1, 2, 2])).toMatchObject({ effectiveN: 2, lo: 0 });
    expect(clusteredRate([0, 0, 0, 0], [1, 1, 1, 2])?.effectiveN).toBeCloseTo(1.6, 12);
  });

  it('of one person counts as one', () => {
    expect(clusteredRate([1, 0, 1, 0], [5, 5, 5, 5])).toMatchObject({
      value: 0.5,
      clusters: 1,
      effectiveN: 1,
    });
  });

  it('is not defined without rows', () => {
    expect(clusteredRate([], [])).toBeUndefined();
  });

  it("is never narrower than Wilson's of all rows", () => {
    fc.assert(
      fc.property(rows, ({ num, person }) => {
        const found = clusteredRate(num, person);
        const naive = wilson(found?.num ?? 0, num.length);
        expect(found?.lo).toBeLessThanOrEqual((naive?.lo ?? 0) + 1e-12);
        expect(found?.hi).toBeGreaterThanOrEqual((naive?.hi ?? 1) - 1e-12);
        expect(found?.effectiveN).toBeGreaterThan(0.5);
      }),
    );
  });
});
