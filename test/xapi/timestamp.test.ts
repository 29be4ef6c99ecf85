import fc from 'fast-check';
import { epochMicros, formatMicros, isTimestamp, toUtc } from '../../src/xapi/timestamp.ts';

const VALID = [
  '2015-11-18T12:17:00Z',
  '2015-11-18T12:17:00+00:00',
  '2015-11-18T12:17:00+0000',
  '2015-11-18T12:17:00+00',
  '2015-11-18T12:17:00+01',
  '2015-11-18T12:17:00-0530',
  '2015-11-18T12:17:00+23:59',
  '2015-11-18t12:17:00z',
  '2015-11-18 12:17:00Z',
  '2015-11-18T12:17:00',
  '2015-11-18T12:17:00.1',
  '2015-11-18T12:17:00.123456789123Z',
  '2015-11-18T12:17:00,5+02:00',
  '2016-02-29T00:00:00Z',
  '2000-02-29T00:00:00Z',
  '2016-12-31T23:59:60Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '9999-12-31T23:59:59+01:00',
];

const INVALID = [
  '',
  '2015-11-18',
  '2015-11-18T12:17Z',
  '20151118T121700Z',
  '2015-W47-3T12:17:00Z',
  '2015-322T12:17:00Z',
  '01/011/2015',
  'should fail',
  '2008-09-15T15:53:00.601-00',
  '2008-09-15T15:53:00.601-0000',
  '2008-09-15T15:53:00.601-00:00',
  '2015-13-18T12:17:00Z',
  '2015-00-18T12:17:00Z',
  '2015-11-00T12:17:00Z',
  '2015-11-31T12:17:00Z',
  '2015-02-29T12:17:00Z',
  '2015-02-30T12:17:00Z',
  '1900-02-29T12:17:00Z',
  '2015-11-18T24:00:00Z',
  '2015-11-18T12:60:00Z',
  '2015-11-18T12:17:61Z',
  '2015-11-18T12:17:00.Z',
  '2015-11-18T12:17:00.',
  '2015-11-18T12:17:00ZZ',
  '2015-11-18T12:17:00Z ',
  ' 2015-11-18T12:17:00Z',
  '2015-11-18T12:17:00+',
  '2015-11-18T12:17:00+1',
  '2015-11-18T12:17:00+1:00',
  '2015-11-18T12:17:00+24:00',
  '2015-11-18T12:17:00+01:60',
  '2015-11-18T12:17:00+01:0',
  '2015-11-18T12:17:00+01:000',
  '2015-11-18T12:17:00−01:00',
  '2015-11-18_12:17:00Z',
  '2015/11/18T12:17:00Z',
  '2015-11-18T12.17.00Z',
  '+2015-11-18T12:17:00Z',
  '12015-11-18T12:17:00Z',
  '2015-11-18T12:17:00.1.2Z',
  '2015-11-18T1a:17:00Z',
  '0000-01-01T00:00:00+00:01',
  '9999-12-31T23:59:59-00:01',
];

/** Instants of four-digit years, in milliseconds. */
const instants = fc.integer({
  min: Date.parse('0001-01-01T00:00:00Z'),
  max: Date.parse('9998-12-31T00:00:00Z'),
});

const held = (micros: number) =>
  Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, micros));

describe('isTimestamp', () => {
  it.each(VALID)('accepts %s', (text) => expect(isTimestamp(text)).toBe(true));
  it.each(INVALID)('refuses %j', (text) => expect(isTimestamp(text)).toBe(false));

  it('reads very long text to its end', () => {
    const long = `2015-11-18T12:17:00.${'1'.repeat(1_000_000)}`;
    expect(isTimestamp(`${long}Z`)).toBe(true);
    expect(isTimestamp(`${long}X`)).toBe(false);
  });
});

describe('epochMicros', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0],
    ['1970-01-01T00:00:00.000001Z', 1],
    ['1970-01-01T00:00:00.0000019Z', 1],
    ['1969-12-31T23:59:59.999999Z', -1],
    ['1970-01-01T01:00:00,5+01', 500_000],
    ['1969-12-31T18:29:00.000000999-0530', -60_000_000],
    ['2026-11-23T17:50:16.123456Z', 1_795_456_216_123_456],
    ['2016-12-31T23:59:60.7Z', 1_483_228_799_999_999],
    ['0000-01-01T00:00:00Z', -Number.MAX_SAFE_INTEGER],
    ['9999-12-31T23:59:59Z', Number.MAX_SAFE_INTEGER],
  ])('of %s is %d', (text, micros) => expect(epochMicros(text)).toBe(micros));

  it('is not a number for what is no timestamp', () => {
    for (const text of INVALID) expect(epochMicros(text)).toBeNaN();
  });

  it('agrees with the platform on every instant and offset', () => {
    const offsets = fc.integer({ min: -23 * 60, max: 23 * 60 });
    fc.assert(
      fc.property(instants, offsets, (instant, offset) => {
        const local = new Date(instant + offset * 60_000).toISOString().slice(0, -1);
        const size = Math.abs(offset);
        const hours = String(Math.floor(size / 60)).padStart(2, '0');
        const zone = `${offset < 0 ? '-' : '+'}${hours}:${String(size % 60).padStart(2, '0')}`;
        expect(epochMicros(local + zone)).toBe(held(instant * 1000));
        expect(toUtc(local + zone)).toBe(offset === 0 ? local + zone : new Date(instant).toISOString());
      }),
    );
  });
});

describe('toUtc', () => {
  it.each([
    '2015-11-18T12:17:00Z',
    '2015-11-18t12:17:00,50z',
    '2015-11-18 12:17:00+00:00',
    '2015-11-18T12:17:00.10+0000',
    '2015-11-18T12:17:00',
  ])('leaves %s as it is', (text) => expect(toUtc(text)).toBe(text));

  it.each([
    ['2015-11-18T12:17:00+02:00', '2015-11-18T10:17:00Z'],
    ['2015-11-18T12:17:00.10-0530', '2015-11-18T17:47:00.10Z'],
    ['2015-12-31 23:00:00,123456789-01', '2016-01-01T00:00:00.123456789Z'],
    ['2016-03-01T00:30:00+01:00', '2016-02-29T23:30:00Z'],
    ['2017-01-01T00:59:60+01:00', '2016-12-31T23:59:60Z'],
    ['0001-01-01T00:00:00+01:00', '0000-12-31T23:00:00Z'],
  ])('turns %s into %s', (text, utc) => expect(toUtc(text)).toBe(utc));

  it('keeps the instant', () => {
    for (const text of VALID) expect(epochMicros(toUtc(text))).toBe(epochMicros(text));
  });

  it('leaves what is no timestamp alone', () => expect(toUtc('noon+01:00')).toBe('noon+01:00'));
});

describe('formatMicros', () => {
  it.each([
    [0, '1970-01-01T00:00:00.000000Z'],
    [1, '1970-01-01T00:00:00.000001Z'],
    [-1, '1969-12-31T23:59:59.999999Z'],
    [1_795_456_216_123_456, '2026-11-23T17:50:16.123456Z'],
    [1_795_456_216_000_000, '2026-11-23T17:50:16.000000Z'],
    [1_795_456_217_000_010, '2026-11-23T17:50:17.000010Z'],
  ])('writes %d as %s', (micros, text) => expect(formatMicros(micros)).toBe(text));

  it('is undone by epochMicros, in any order of calls', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), (micros) => epochMicros(formatMicros(micros)) === micros));
  });
});
