import { cellOf, worldOf } from './ask.ts';
import { did, part } from './learning.ts';

const test = (who: string, item: string, day: number, success: boolean) =>
  did(who, 'answered', day, { ...part(item), result: { success } });

it('tells delays of centuries exactly, as of a clock that began with the year 1', () => {
  const world = worldOf([
    test('a', 'q', -60_000, true),
    test('a', 'q', 0, true),
    test('b', 'q', -60_000.5, true),
    test('b', 'q', 0, false),
    test('c', 'q', -7, true),
    test('c', 'q', 0, true),
  ]);
  const { points } = cellOf(world, 'retention.curve', { minPersons: 1, fit: null, bins: 'exact' });
  expect(points.map(({ from, value }: { from: number; value: number }) => [from, value])).toEqual([
    [7, 1],
    [60_000, 1],
    [60_000.5, 0],
  ]);
});
