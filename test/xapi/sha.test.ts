import { isSha1, isSha2 } from '../../src/xapi/sha.ts';

const hex = (digits: number) => '0123456789abcdefABCDEF'.repeat(6).slice(0, digits);

describe('isSha1', () => {
  it('accepts 40 hexadecimal digits of either case', () => {
    expect(isSha1(hex(40))).toBe(true);
    for (const text of ['', hex(39), hex(41), `${hex(39)}g`, `${hex(39)}@`, `${hex(39)}\u0000`, hex(64)]) {
      expect(isSha1(text)).toBe(false);
    }
  });
});

describe('isSha2', () => {
  it.each([56, 64, 96, 128])('accepts %d digits', (digits) => expect(isSha2(hex(digits))).toBe(true));

  it.each([0, 40, 55, 57, 63, 65, 95, 97, 127, 129])('refuses %d digits', (digits) =>
    expect(isSha2(hex(digits))).toBe(false),
  );

  it.each(['/', ':', '@', 'G', '`', 'g', ' ', '\u0010', 'é'])('refuses a digest with %j', (character) => {
    expect(isSha2(hex(63) + character)).toBe(false);
    expect(isSha2(character + hex(63))).toBe(false);
  });
});
