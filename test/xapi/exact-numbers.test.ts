import fc from 'fast-check';
import { mayRound, parseExactly } from '../../src/xapi/exact-numbers.ts';

/** A number as digits and a power of ten, written in one of many ways. */
const decimals = fc.record({
  digits: fc.stringMatching(/^[1-9]\d{0,29}$/),
  power: fc.integer({ min: -400, max: 400 }),
  shift: fc.integer({ min: -20, max: 20 }),
});

const written = (digits: string, power: number, shift: number): string => {
  const padded = shift > 0 ? `${digits}${'0'.repeat(shift)}` : digits;
  if (shift >= 0 || digits.length === 1) return `${padded}e${power - Math.max(shift, 0)}`;
  const point = Math.min(-shift, digits.length - 1);
  return `${digits.slice(0, -point)}.${digits.slice(-point)}E${power + point}`;
};

const isSame = (one: string, other: string): boolean =>
  JSON.stringify(parseExactly(`[${one}]`)) === JSON.stringify(parseExactly(`[${other}]`));

describe('numbers that are compared exactly', () => {
  it('are the same however they are written', () => {
    fc.assert(
      fc.property(decimals, fc.integer({ min: -20, max: 20 }), ({ digits, power, shift }, other) => {
        expect(isSame(written(digits, power, shift), written(digits, power, other))).toBe(true);
      }),
    );
  });

  it('differ when any digit differs, however many there are', () => {
    fc.assert(
      fc.property(decimals, fc.integer({ min: 1, max: 9 }), ({ digits, power }, by) => {
        const other = (BigInt(digits) + BigInt(by)).toString();
        expect(isSame(written(digits, power, 0), written(other, power, 0))).toBe(false);
      }),
    );
  });

  it.each([
    ['12345678901234567890', '12345678901234567891'],
    ['1e400', '1e999'],
    ['1e400', '-1e400'],
    ['0.1', '0.10000000000000000555'],
    ['12345678901234567000', '12345678901234567890'],
    ['1e-400', '0'],
    ['1e1000000000000000000000', '1e1000000000000000000001'],
  ])('%s is not %s', (one, other) => expect(isSame(one, other)).toBe(false));

  it.each([
    ['1e400', '10.0e399'],
    ['0.10', '0.1'],
    ['0e999', '0'],
    ['100000000000000000000', '1e20'],
  ])('%s is %s', (one, other) => expect(isSame(one, other)).toBe(true));

  it('leaves texts and all else as JSON.parse has it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(parseExactly(text)).toEqual(JSON.parse(text));
      }),
    );
    const text = String.raw`{"12345678901234567890":"\"1e400\\","a":["98765432109876543210 1e400"]}`;
    expect(mayRound(text)).toBe(true);
    expect(parseExactly(text)).toEqual(JSON.parse(text));
  });
});
