import fc from 'fast-check';
import { aalenJohansen } from '../../../src/metrics/statistics/aalen-johansen.ts';
import { countTimes } from '../../../src/metrics/statistics/count-times.ts';
import { kaplanMeier } from '../../../src/metrics/statistics/kaplan-meier.ts';
import {
  medianOf,
  type StepCurve,
  type StepValue,
  valueAt,
} from '../../../src/metrics/statistics/step-curve.ts';
import { ENDED_BY } from '../../../src/metrics/statistics/survival-counts.ts';
import { counted, sixMp, subjects } from './subjects.ts';

const { event, competing } = ENDED_BY;

const at = (curve: StepCurve, time: number): StepValue => {
  const found = valueAt(curve, time);
  if (found === undefined) throw new Error(`Unknown at ${time}`);
  return found;
};

/** Error and band, where there are any, are on their sides. */
const expectOrder = ({ value, se, lo, hi }: StepValue): void => {
  expect(se ?? 0).toBeGreaterThanOrEqual(0);
  expect(lo ?? 0).toBeLessThanOrEqual(value + 1e-12);
  expect(hi ?? 1).toBeGreaterThanOrEqual(value - 1e-12);
};

describe('the Aalen–Johansen incidence', () => {
  it('is as by hand, both causes sharing those at risk at one time', () => {
    // Of 4, one event and one competing at 2; of 2 one event at 3.
    const { event: first, competing: second } = aalenJohansen(counted([2, 3], [5], [2]));
    expect([...first.value]).toEqual([0.25, 0.5]);
    expect([...second.value]).toEqual([0.25, 0.25]);
    expect([...first.atRisk]).toEqual([4, 2]);
    // At 2, of 4: 1 · 1 · 3 / (16 · 3).
    expect(first.se[0]).toBeCloseTo(0.25, 14);
    expect(medianOf(first).median).toBe(3);
    expect(medianOf(second).median).toBeNull();
  });

  it('has the variance of Aalen', () => {
    const { event: curve } = aalenJohansen(counted([1, 3, 3, 6], [4, 8, 8], [2, 3, 7]));
    const [n, d, c] = [
      [10, 9, 8, 4, 3],
      [1, 1, 3, 1, 1],
      [1, 0, 2, 1, 0],
    ] as const;
    const before = [1, 9 / 10, 8 / 10, 5 / 10, (5 / 10) * (3 / 4)];
    const f = [0.1, 0.1, 0.3, 0.3 + 0.125, 0.3 + 0.125];
    const known = n.map((_, upTo) =>
      n.slice(0, upTo + 1).reduce((sum, at, i) => {
        const [rise, both, own, s] = [(f[upTo] ?? 0) - (f[i] ?? 0), d[i] ?? 0, c[i] ?? 0, before[i] ?? 0];
        const shares = own * (at - own);
        return (
          sum +
          (rise ** 2 * both) / ((at - 1) * (at - both)) +
          (s ** 2 * shares) / (at ** 2 * (at - 1)) -
          (2 * rise * s * shares) / (at * (at - both) * (at - 1))
        );
      }, 0),
    );
    expect([...curve.times]).toEqual([1, 2, 3, 6, 7]);
    for (const [i, variance] of known.entries()) {
      expect(curve.value[i]).toBeCloseTo(f[i] ?? 0, 14);
      expect(curve.se[i]).toBeCloseTo(Math.sqrt(variance), 13);
    }
  });

  it('has its median where the band says so, and at exactly one half, though doubles miss it', () => {
    const days = Array.from({ length: 13 }, (_, i) => i + 1);
    const { event: curve } = aalenJohansen(counted(days, Array(13).fill(20)));
    expect(curve.value.at(-1)).toBeLessThan(0.5);
    const { median, lo, hi } = medianOf(curve);
    expect([median, hi]).toEqual([13, null]);
    expect(curve.hi[(lo ?? 0) - 1]).toBeGreaterThanOrEqual(0.5);
    expect(curve.hi[(lo ?? 0) - 2]).toBeLessThan(0.5);
  });

  it('without competing events is 1 − Kaplan–Meier, and its band nearly so', () => {
    const { event: incidence } = aalenJohansen(sixMp);
    const { value, se, lo, hi } = kaplanMeier(sixMp);
    for (const i of value.keys()) {
      expect(incidence.value[i]).toBeCloseTo(1 - (value[i] ?? 0), 14);
      expect(Math.abs((incidence.se[i] ?? 0) / (se[i] ?? 1) - 1)).toBeLessThan(0.1);
      expect(incidence.lo[i]).toBeCloseTo(1 - (hi[i] ?? 0), 1);
      expect(incidence.hi[i]).toBeCloseTo(1 - (lo[i] ?? 0), 1);
    }
  });

  it('is less than 1 − Kaplan–Meier where something competes', () => {
    const counts = counted([2, 4, 6, 8], [9], [1, 3, 5]);
    expect(valueAt(aalenJohansen(counts).event, 8)?.value).toBeLessThan(
      1 - (valueAt(kaplanMeier(counts), 8)?.value ?? 1),
    );
  });

  it('of both causes and of those left adds up to 1, whatever happens', () => {
    fc.assert(
      fc.property(subjects, (given) => {
        const { event: first, competing: second } = aalenJohansen(countTimes(given));
        const either = kaplanMeier(
          countTimes({ ...given, endedBy: given.endedBy.map((by) => (by === competing ? event : by)) }),
        );
        expect([...first.times]).toEqual([...either.times]);
        for (const time of first.times) {
          const three = [first, second, either].map((curve) => at(curve, time).value);
          expect(three.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
          expectOrder(at(first, time));
          expectOrder(at(second, time));
        }
      }),
    );
  });

  it('of one, of nobody, and of all at one time has figures without NaN in its values', () => {
    expect(aalenJohansen(counted([], [])).event.times).toHaveLength(0);
    expect(valueAt(aalenJohansen(counted([3], [])).event, 9)).toMatchObject({ value: 1, lo: null, hi: null });
    expect(valueAt(aalenJohansen(counted([], [], [3])).event, 9)).toEqual({ value: 0, se: 0, lo: 0, hi: 0 });
    const both = aalenJohansen(counted([7, 7], [], [7, 7]));
    expect([...both.event.value, ...both.competing.value]).toEqual([0.5, 0.5]);
    expect(both.event.se[0]).toBeCloseTo(Math.sqrt((2 * 2) / (16 * 3)), 14);
    expect(medianOf(both.event).median).toBe(7);
  });
});
