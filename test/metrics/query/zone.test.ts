import fc from 'fast-check';
import { zoneOf } from '../../../src/metrics/query/zone.ts';

it('is one zone however its name is spelt', () => {
  expect(zoneOf('europe/BERLIN')).toBe(zoneOf('Europe/Berlin'));
  expect(zoneOf('utc')).toBe(zoneOf('UTC'));
  expect(zoneOf('EUROPE/berlin').day(Date.parse('2026-06-30T22:30:00Z'))).toBe(Date.UTC(2026, 6, 1) / 864e5);
});

it.each(['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia'])(
  'knows around a moment how long it is the same day: %s',
  (name) => {
    const { day, span } = zoneOf(name);
    const moments = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2035, 0, 1) });
    let spans = 0;
    fc.assert(
      fc.property(moments, fc.double({ min: 0, max: 1, noNaN: true }), (time, share) => {
        const [from, before] = span(time);
        if (from === before) return;
        spans += 1;
        expect(from).toBeLessThanOrEqual(time);
        expect(before).toBeGreaterThan(time);
        const others = [from, before - 1, Math.floor(from + share * (before - 1 - from))];
        expect(others.map(day)).toEqual(others.map(() => day(time)));
      }),
      { numRuns: 2000 },
    );
    expect(spans).toBeGreaterThan(1500);
  },
);

it('has no day, and no span, of no moment', () => {
  for (const name of ['UTC', 'Europe/Berlin']) {
    const { day, span } = zoneOf(name);
    expect([day(Number.NaN), ...span(Number.NaN)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  }
});
