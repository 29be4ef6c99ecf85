import { nextSalt } from '../../src/ledger/salts.ts';

describe('salts', () => {
  it('have 32 bytes, never come twice and keep their bytes when more are drawn', () => {
    const salts = Array.from({ length: 2000 }, nextSalt);
    const first = salts.map((salt) => salt.toString('hex'));
    Array.from({ length: 1000 }, nextSalt);
    expect(salts.map((salt) => salt.toString('hex'))).toEqual(first);
    expect(new Set(first).size).toBe(2000);
    expect(new Set(first.map((hex) => hex.length))).toEqual(new Set([64]));
  });

  it('are random in every byte', () => {
    const salts = Array.from({ length: 300 }, nextSalt);
    for (let at = 0; at < 32; at += 1) {
      expect(new Set(salts.map((salt) => salt[at])).size).toBeGreaterThan(100);
    }
  });
});
