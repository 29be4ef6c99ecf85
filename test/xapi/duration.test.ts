import fc from 'fast-check';
import { cutDuration, isDuration } from '../../src/xapi/duration.ts';

describe('isDuration', () => {
  it.each([
    'PT1H0M0.1S',
    'PT16559.14S',
    'PT4H35M59.14S',
    'P3Y1M29DT4H35M59.14S',
    'P3Y',
    'P4W',
    'P0.5W',
    'P1D',
    'P1M',
    'PT1M',
    'PT0S',
    'PT63,2S',
    'P0.5Y',
    'P1Y2.5M',
    'PT1.5H',
    'P1DT12H',
    'PT000001S',
  ])('accepts %s', (text) => expect(isDuration(text)).toBe(true));

  it.each([
    '',
    'P',
    'PT',
    'P1',
    'PT1',
    'T1S',
    '1S',
    'P1S',
    'P1H',
    'PT1D',
    'P1DT',
    'P4W1D',
    'P1Y4W',
    'P1YT4W',
    'P4WT1S',
    'PA1H0M0S',
    'PT1M1H',
    'PT1S1S',
    'P1D1D',
    '-PT5S',
    'PT-5S',
    '+PT5S',
    'P0001-00-00T00:00:00',
    'PT1.S',
    'PT.5S',
    'PT1.5.5S',
    'PT1.5H30M',
    'P1.5DT1H',
    'PT5S ',
    'pt5s',
    'PT5s',
    'PTT5S',
    'PT5ST',
    'PT1e3S',
    'ten minutes',
  ])('refuses %j', (text) => expect(isDuration(text)).toBe(false));

  it('accepts any non-empty choice of components in their order', () => {
    const component = fc.option(fc.nat(9999), { nil: undefined });
    fc.assert(
      fc.property(fc.tuple(component, component, component, component, component, component), (numbers) => {
        const part = (from: number, units: string) =>
          [...units].map((unit, at) =>
            numbers[from + at] === undefined ? '' : `${numbers[from + at]}${unit}`,
          );
        const time = part(3, 'HMS').join('');
        const text = `P${part(0, 'YMD').join('')}${time === '' ? '' : `T${time}`}`;
        expect(isDuration(text)).toBe(text !== 'P');
      }),
    );
  });

  it('reads very long text to its end', () => {
    const digits = '1'.repeat(1_000_000);
    expect(isDuration(`PT${digits}.${digits}S`)).toBe(true);
    expect(isDuration(`PT${digits}.${digits}`)).toBe(false);
    expect(isDuration(`P${'1D'.repeat(500_000)}`)).toBe(false);
  });
});

describe('cutDuration', () => {
  it.each([
    ['PT1.239S', 'PT1.23S'],
    ['PT1,23S', 'PT1.23S'],
    ['PT1.2S', 'PT1.2S'],
    ['PT1.209S', 'PT1.2S'],
    ['PT1.00S', 'PT1S'],
    ['PT1.001S', 'PT1S'],
    ['PT1.0S', 'PT1S'],
    ['PT1.019S', 'PT1.01S'],
    ['P1DT1H2.999S', 'P1DT1H2.99S'],
    ['PT1S', 'PT1S'],
    ['PT10S', 'PT10S'],
    ['PT1.239M', 'PT1.239M'],
    ['P0.555Y', 'P0.555Y'],
    ['P4W', 'P4W'],
  ])('of %s is %s', (text, cut) => expect(cutDuration(text)).toBe(cut));

  it('is a duration again, and cutting it changes nothing', () => {
    fc.assert(
      fc.property(fc.nat(), fc.stringMatching(/^[0-9]{1,9}$/), (seconds, fraction) => {
        const cut = cutDuration(`PT${seconds}.${fraction}S`);
        expect(isDuration(cut)).toBe(true);
        expect(cutDuration(cut)).toBe(cut);
        expect(Number(cut.slice(2, -1))).toBeCloseTo(Number(`${seconds}.${fraction.slice(0, 2)}`), 6);
      }),
    );
  });
});
