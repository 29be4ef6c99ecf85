import {
  apart,
  beginQuestion,
  keepMemory,
  passing,
  roughNumbers,
  scratchNumbers,
  toLast,
} from '../../src/metrics/scratch.ts';

const LENGTH = 1000;

describe('memory of questions', () => {
  it('is used again by the next one, and cleared where that is asked for', () => {
    beginQuestion();
    const before = roughNumbers(LENGTH).fill(7);
    beginQuestion();
    const after = scratchNumbers(LENGTH);
    expect(after.buffer).toBe(before.buffer);
    expect(after.every((number) => number === 0)).toBe(true);
  });

  it('is a question’s own as long as something is left of it, and then there for another of that kind', () => {
    beginQuestion();
    const left = roughNumbers(LENGTH).fill(7);
    const { bytes, release } = keepMemory();
    expect(bytes).toBe(16 * 1024 * 1024);
    beginQuestion();
    const other = roughNumbers(LENGTH).fill(1);
    expect(other.buffer).not.toBe(left.buffer);
    expect(left.every((number) => number === 7)).toBe(true);
    release();
    const next = keepMemory();
    beginQuestion();
    expect(roughNumbers(LENGTH).buffer).toBe(left.buffer);
    next.release();
  });

  it('is used again for the next cell, but for what lasts as long as the question, whoever asked for it', () => {
    beginQuestion();
    const before = roughNumbers(LENGTH).fill(7);
    const [cell, lasting] = passing(() => [roughNumbers(LENGTH), toLast(() => roughNumbers(LENGTH).fill(8))]);
    const next = passing(() => {
      const outer = roughNumbers(LENGTH).fill(5);
      passing(() => roughNumbers(LENGTH).fill(6));
      expect(outer.every((number) => number === 5)).toBe(true);
      return outer;
    });
    expect([next.buffer, next.byteOffset]).toEqual([cell?.buffer, cell?.byteOffset]);
    expect(before.every((number) => number === 7)).toBe(true);
    expect(lasting?.every((number) => number === 8)).toBe(true);
    expect(roughNumbers(LENGTH).byteOffset).toBeGreaterThan(lasting?.byteOffset ?? 0);
  });

  it('lasts beyond the next question where it is made apart, within a cell too', () => {
    beginQuestion();
    const late = apart(() => passing(() => toLast(() => roughNumbers(LENGTH).fill(4))));
    const cell = apart(() => passing(() => roughNumbers(LENGTH).fill(5)));
    beginQuestion();
    roughNumbers(LENGTH).fill(9);
    passing(() => roughNumbers(LENGTH).fill(9));
    // The one has memory of its own, the other a piece of what cells use.
    expect([late, cell].map(({ buffer }) => buffer.byteLength)).toEqual([8 * LENGTH, 16 * 1024 * 1024]);
    expect(late.every((number) => number === 4)).toBe(true);
  });

  it('gives back what a cell has used that could not be measured', () => {
    beginQuestion();
    const measured = (): Float64Array => passing(() => roughNumbers(LENGTH));
    const before = measured();
    expect(() =>
      passing(() => {
        roughNumbers(LENGTH);
        throw new Error('as it is');
      }),
    ).toThrow('as it is');
    expect(measured().byteOffset).toBe(before.byteOffset);
  });

  it('has an end: what does not fit has memory of its own', () => {
    beginQuestion();
    const large = 1 << 20;
    const first = roughNumbers(large).fill(1);
    const all = Array.from({ length: 60 }, () => roughNumbers(large).fill(2));
    expect(first.every((number) => number === 1)).toBe(true);
    // Two in each of 24 pieces, the first of which has `first`.
    const own = all.filter(({ buffer }) => buffer.byteLength === 8 * large);
    expect(own).toHaveLength(60 - (2 * 24 - 1));
    const { bytes, release } = keepMemory();
    expect(bytes).toBe(8 * large * 61);
    release();
    beginQuestion();
    expect(all.map(({ buffer }) => buffer)).toContain(roughNumbers(large).buffer);
  });

  it('is apart for what is done for an earlier question: the next one does not write there', () => {
    beginQuestion();
    const late = apart(() => roughNumbers(LENGTH).fill(3));
    beginQuestion();
    roughNumbers(LENGTH).fill(9);
    expect(late.every((number) => number === 3)).toBe(true);
    expect(() =>
      apart(() => {
        throw new Error('as it is');
      }),
    ).toThrow('as it is');
    const [one, other] = [roughNumbers(LENGTH), roughNumbers(LENGTH)];
    expect(one.buffer).toBe(other.buffer);
  });
});
