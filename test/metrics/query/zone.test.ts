import { zoneOf } from '../../../src/metrics/query/zone.ts';

it('is one zone however its name is spelt', () => {
  expect(zoneOf('europe/BERLIN')).toBe(zoneOf('Europe/Berlin'));
  expect(zoneOf('utc')).toBe(zoneOf('UTC'));
  expect(zoneOf('EUROPE/berlin').day(Date.parse('2026-06-30T22:30:00Z'))).toBe(Date.UTC(2026, 6, 1) / 864e5);
});
