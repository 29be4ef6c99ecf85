import { apart, beginQuestion, keepMemory, roughNumbers, scratchNumbers } from '../../src/metrics/scratch.ts';

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
    const release = keepMemory();
    beginQuestion();
    const other = roughNumbers(LENGTH).fill(1);
    expect(other.buffer).not.toBe(left.buffer);
    expect(left.every((number) => number === 7)).toBe(true);
    release();
    keepMemory();
    beginQuestion();
    expect(roughNumbers(LENGTH).buffer).toBe(left.buffer);
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
