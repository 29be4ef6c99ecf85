import { fed, idOf, stated, who } from '../fed-world.ts';

describe('a filter by persons', () => {
  const world = fed([
    stated('a', 'registered', 'one', '2026-01-10'),
    stated('b', 'registered', 'one', '2026-01-11'),
    stated('b', 'registered', 'two', '2026-01-11'),
    stated('c', 'registered', 'one', '2026-01-12'),
    { record: 'merge', identifiers: [who('b'), who('z')], why: 'w' },
    stated('z', 'registered', 'three', '2026-01-13'),
  ]);
  it.each([
    ['eq', idOf('a'), 1],
    ['ne', idOf('a'), 4],
    ['eq', idOf('b'), 3],
    // Any identifier's id means the person.
    ['eq', idOf('z'), 3],
    ['ne', idOf('z'), 2],
    ['in', [idOf('a'), idOf('c'), 'nobody'], 2],
    ['notIn', [idOf('a'), idOf('c'), 'nobody'], 3],
    ['eq', 'nobody', 0],
    ['ne', 'nobody', 5],
    ['in', [null], 0],
    ['in', [idOf('z'), null], 3],
    ['notIn', [idOf('z'), null], 2],
    ['notIn', [null], 5],
  ])('%s %s', (op, value, expected) => {
    const filters = Array.isArray(value) ? { values: value } : { value };
    const told = world.cell('enrolments.count', {}, { filters: { dim: 'person', op, ...filters } });
    expect(told.value).toBe(expected);
  });
});
