import fc from 'fast-check';
import { countTimes } from '../../../src/metrics/statistics/count-times.ts';
import { kaplanMeier } from '../../../src/metrics/statistics/kaplan-meier.ts';
import { restrictedMean } from '../../../src/metrics/statistics/restricted-mean.ts';
import { medianOf, valueAt } from '../../../src/metrics/statistics/step-curve.ts';
import { atRiskOf, ENDED_BY, type SurvivalCounts } from '../../../src/metrics/statistics/survival-counts.ts';
import { golden, withGolden } from './golden.ts';
import { CENSORED, counted, EVENTS, sixMp, subjects } from './subjects.ts';

const { censoring, event } = ENDED_BY;

const PUBLISHED: Readonly<Record<string, readonly [s: number, se: number, lo: number, hi: number]>> = {
  6: [0.8571, 0.0764, 0.6197, 0.9516],
  7: [0.8067, 0.0869, 0.5631, 0.9228],
  10: [0.7529, 0.0963, 0.5032, 0.8894],
  13: [0.6902, 0.1068, 0.4316, 0.8491],
  16: [0.6275, 0.1141, 0.3675, 0.8049],
  22: [0.5378, 0.1282, 0.2678, 0.7468],
  23: [0.4482, 0.1346, 0.1881, 0.6801],
};

const rounded = (value: number | null | undefined): number => Math.round((value ?? Number.NaN) * 1e4) / 1e4;

describe('the Kaplan–Meier curve', () => {
  it.each(Object.entries(PUBLISHED))('of 6-MP at %s weeks is as published', (week, known) => {
    const { value, se, lo, hi } = valueAt(kaplanMeier(sixMp), Number(week)) ?? {};
    expect([value, se, lo, hi].map(rounded)).toEqual(known);
  });

  it('has steps at the events only, with those at risk', () => {
    const { times, atRisk, events } = kaplanMeier(sixMp);
    expect([...times]).toEqual([6, 7, 10, 13, 16, 22, 23]);
    expect([...atRisk]).toEqual([21, 17, 15, 12, 11, 7, 6]);
    expect([...events]).toEqual([3, 1, 1, 1, 1, 1, 1]);
  });

  it('has the median of the textbooks, with the interval of Brookmeyer and Crowley', () => {
    expect(medianOf(kaplanMeier(sixMp))).toEqual({ median: 23, lo: 13, hi: null });
  });

  it('puts events before censorings at one time', () => {
    // Were the censored one gone before, the first event would be one of 1, and S(5) 0.
    expect(valueAt(kaplanMeier(counted([5], [5])), 5)?.value).toBe(0.5);
    expect([...kaplanMeier(counted([5], [5, 5, 5])).atRisk]).toEqual([4]);
  });

  it('takes a competing event as censoring, after the events of its time', () => {
    const curve = kaplanMeier(counted([5, 8], [9], [5, 7]));
    expect(curve.value[0]).toBeCloseTo(4 / 5, 14);
    expect(curve.value[1]).toBeCloseTo((4 / 5) * (1 / 2), 14);
  });

  it('is 1 before the first event, changes on the very day, and is unknown after the last observation', () => {
    const curve = kaplanMeier(sixMp);
    expect(valueAt(curve, 5.99)).toEqual({ value: 1, se: 0, lo: 1, hi: 1 });
    expect(valueAt(curve, 6)?.value).toBeLessThan(1);
    expect(valueAt(curve, 35)?.value).toBe(valueAt(curve, 23)?.value);
    expect(valueAt(curve, 35.01)).toBeUndefined();
  });

  it('of nobody has no steps, no median and no mean', () => {
    const curve = kaplanMeier(counted([], []));
    expect(curve.times).toHaveLength(0);
    expect(medianOf(curve)).toEqual({ median: null, lo: null, hi: null });
    expect(valueAt(curve, 1)).toBeUndefined();
    expect(restrictedMean(curve, 1)).toBeUndefined();
  });

  it('of one subject falls to 0 with an error that cannot be had', () => {
    const curve = kaplanMeier(counted([3], []));
    expect(valueAt(curve, 3)).toEqual({ value: 0, se: null, lo: null, hi: null });
    expect(valueAt(curve, 1000)?.value).toBe(0);
    expect(medianOf(curve)).toEqual({ median: 3, lo: null, hi: null });
  });

  it('stays at 1 if all are censored', () => {
    const curve = kaplanMeier(counted([], [1, 4, 4]));
    expect(valueAt(curve, 4)).toEqual({ value: 1, se: 0, lo: 1, hi: 1 });
    expect(medianOf(curve).median).toBeNull();
    expect(restrictedMean(curve, 4)).toEqual({ value: 4, se: 0, lo: 4, hi: 4 });
    expect(restrictedMean(curve, 4.5)).toBeUndefined();
  });

  it('falls to 0 at once if all have the event at one time', () => {
    const curve = kaplanMeier(counted([7, 7, 7], []));
    expect([...curve.value]).toEqual([0]);
    expect(medianOf(curve).median).toBe(7);
    expect(restrictedMean(curve, 10)).toMatchObject({ value: 7, se: 0 });
  });

  it('at exactly one half is at the median, though doubles miss it', () => {
    // 23/24 · 22/23 · … · 12/13 is 0.5000000000000001 in doubles.
    const days = Array.from({ length: 12 }, (_, i) => i + 1);
    const exact = kaplanMeier(counted(days, Array(12).fill(20)));
    expect(exact.value.at(-1)).toBeGreaterThan(0.5);
    expect(medianOf(exact).median).toBe(12);
    expect(medianOf(kaplanMeier(counted(days, Array(13).fill(20)))).median).toBeNull();
  });

  it('takes a day 0 as any other', () => {
    expect(valueAt(kaplanMeier(counted([0, 4], [9, 9])), 0)?.value).toBe(0.75);
  });
});

describe('who enters late', () => {
  it('is at risk of what happens after, not at, the time of entry', () => {
    const { atRisk, value } = kaplanMeier(
      countTimes({ time: [3, 5, 8, 9], endedBy: [event, event, event, censoring], entry: [0, 0, 3, 0] }),
    );
    // At 3 the third is not yet at risk; at 5 it is.
    expect([...atRisk]).toEqual([3, 3, 2]);
    expect(value[2]).toBeCloseTo((2 / 3) * (2 / 3) * (1 / 2), 14);
  });

  it('between two times counts from the next on, also where times are no whole numbers', () => {
    const late = { endedBy: [event, event, censoring], entry: [0, 2.5, 0.25] };
    expect([...kaplanMeier(countTimes({ time: [2, 4, 5], ...late })).atRisk]).toEqual([2, 2]);
    expect([...kaplanMeier(countTimes({ time: [2.1, 4.2, 5.3], ...late })).atRisk]).toEqual([2, 2]);
  });

  it('no earlier than it ends was never at risk, and is left out', () => {
    const found = countTimes({ time: [4, 4, 6], endedBy: [event, event, censoring], entry: [4, 0, 5] });
    expect([found.subjects, found.neverAtRisk]).toEqual([2, 1]);
    expect([...kaplanMeier(found).atRisk]).toEqual([1]);
  });

  it('would be a fault if counted nevertheless', () => {
    const counts: SurvivalCounts = { times: [4, 5], events: [1, 0], censored: [0, 1], entries: [1, 1] };
    expect(() => atRiskOf(counts)).toThrow('At time 4');
  });
});

describe('the restricted mean', () => {
  it('is the area below the curve, with its variance', () => {
    // S is 1, ¾ from 2 on, 3/8 from 5 on.
    const curve = kaplanMeier(counted([2, 5], [3, 9]));
    const found = restrictedMean(curve, 8);
    expect(found?.value).toBeCloseTo(2 + 0.75 * 3 + 0.375 * 3, 14);
    // (¾ · 3 + 3/8 · 3)² / (4 · 3) + (3/8 · 3)² / (2 · 1)
    expect(found?.se).toBeCloseTo(Math.sqrt(3.375 ** 2 / 12 + 1.125 ** 2 / 2), 14);
    expect(restrictedMean(curve, 1)).toMatchObject({ value: 1, se: 0 });
    expect(restrictedMean(curve, 2)).toMatchObject({ value: 2, se: 0 });
    expect(restrictedMean(curve, 9.5)).toBeUndefined();
    expect(restrictedMean(curve, 0)).toBeUndefined();
  });

  it('is the mean where nobody is censored', () => {
    expect(restrictedMean(kaplanMeier(counted([1, 2, 6, 7], [])), 100)?.value).toBeCloseTo(4, 14);
  });
});

describe('counting times', () => {
  it('does not depend on the order of subjects, nor on how fine their times are', () => {
    fc.assert(
      fc.property(subjects, ({ time, endedBy, entry }) => {
        const there = kaplanMeier(countTimes({ time, endedBy, entry }));
        const back = kaplanMeier(
          countTimes({
            time: time.map((t) => t / 8 + 0.0625).reverse(),
            endedBy: [...endedBy].reverse(),
            entry: entry.map((t) => (t === 0 ? 0 : t / 8 + 0.0625)).reverse(),
          }),
        );
        expect([...back.value]).toEqual([...there.value]);
        expect([...back.atRisk]).toEqual([...there.atRisk]);
        expect([...back.times]).toEqual([...there.times].map((t) => t / 8 + 0.0625));
      }),
    );
  });
});

withGolden('the golden figures', () => {
  it('of 6-MP are those of the literals here', () => {
    const { events, censored, S } = golden().kaplan_meier_6mp;
    expect([events, censored, S]).toEqual([EVENTS, CENSORED, PUBLISHED]);
  });
});
