import { comparisonQuery } from '../../../src/metrics/answers/comparison-query.ts';
import type { Query, Range } from '../../../src/metrics/query/query.ts';
import type { Scope } from '../../../src/metrics/query/scope.ts';
import { zoneOf } from '../../../src/metrics/query/zone.ts';

const BERLIN = { zone: zoneOf('Europe/Berlin') } as Scope;
const moments = (range: readonly [string, string]) => range.map((one) => Date.parse(one)) as unknown as Range;

const shifted = (kind: 'previous_period' | 'previous_year', ...range: readonly [string, string]) => {
  const query = { time: { by: 'begin', range: moments(range) }, compare: { kind } } as Query;
  const { time } = (comparisonQuery(query, BERLIN) as { readonly query: Query }).query;
  return (time.range as Range).map((one) => new Date(one).toISOString());
};

describe('what a range is compared with, by the calendar of Berlin', () => {
  it.each([
    // Three whole months, over the change of the clock.
    [
      'previous_period',
      '2026-03-31T22:00:00Z',
      '2026-06-30T22:00:00Z',
      '2025-12-31T23:00:00.000Z',
      '2026-03-31T22:00:00.000Z',
    ],
    // Seven whole days, of which the one has 23 hours.
    [
      'previous_period',
      '2026-03-29T22:00:00Z',
      '2026-04-05T22:00:00Z',
      '2026-03-22T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ],
    // Ninety minutes.
    [
      'previous_period',
      '2026-01-01T10:00:00Z',
      '2026-01-01T11:30:00Z',
      '2026-01-01T08:30:00.000Z',
      '2026-01-01T10:00:00.000Z',
    ],
    // There is no 29 February the year before.
    [
      'previous_year',
      '2024-02-28T23:00:00Z',
      '2024-06-30T22:00:00Z',
      '2023-02-27T23:00:00.000Z',
      '2023-06-30T22:00:00.000Z',
    ],
  ] as const)('%s of %s to %s', (kind, from, to, start, end) => {
    expect(shifted(kind, from, to)).toEqual([start, end]);
  });

  it('matches rows by the number of their period and by what else they say', () => {
    const range = moments(['2025-12-31T23:00:00Z', '2026-03-31T22:00:00Z']);
    const query = {
      time: { by: 'begin', grain: 'month', range },
      compare: { kind: 'previous_period' },
    } as Query;
    const { keyOf, otherKeyOf } = comparisonQuery(query, BERLIN) as NonNullable<
      ReturnType<typeof comparisonQuery>
    >;
    expect(keyOf(['2026-02-01', 'x'])).toBe(otherKeyOf(['2025-11-01', 'x']));
    expect(keyOf(['2026-02-01', 'x'])).not.toBe(otherKeyOf(['2025-12-01', 'x']));
    expect(keyOf(['2026-02-01', 'x'])).not.toBe(otherKeyOf(['2025-11-01', 'y']));
  });
});
