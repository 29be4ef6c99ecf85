import {
  countAll,
  countDifferent,
  denseNumbers,
  haveCommon,
  numberingTable,
} from '../../../src/metrics/statistics/dense-numbers.ts';

const GIVEN = Uint32Array.of(7, 3, 7, 70_000, 3, 1_000_000, 7);
const ROWS = Uint32Array.from(GIVEN.keys());

/** Everything that is numbered in one table. */
const numbered = () => {
  const { numbers, count } = denseNumbers(GIVEN);
  return {
    numbers: [...numbers],
    count,
    all: countAll(GIVEN),
    different: countDifferent(ROWS, GIVEN),
    common: haveCommon(ROWS.subarray(0, 3), GIVEN, ROWS.subarray(4), GIVEN),
    apart: haveCommon(ROWS.subarray(0, 1), GIVEN, ROWS.subarray(3, 4), GIVEN),
  };
};

const EXPECTED = {
  numbers: [0, 1, 0, 2, 1, 3, 0],
  count: 4,
  all: 4,
  different: 4,
  common: true,
  apart: false,
};

it('are numbered as they are met, again and again', () => {
  for (let time = 0; time < 3; time += 1) expect(numbered()).toEqual(EXPECTED);
});

it('are numbered alike when the table has to begin anew', () => {
  for (let time = 0; time < 5; time += 1) {
    // Half of all places: after two of them there are no more.
    const { base, slots } = numberingTable(8, 2 ** 30);
    slots[3] = base;
    slots[7] = base + 2 ** 30 - 1;
    expect(numbered()).toEqual(EXPECTED);
  }
});

it('finds nothing met in a table that it is given', () => {
  for (let time = 0; time < 3; time += 1) {
    const { base, slots } = numberingTable(100, 50);
    expect([...slots.subarray(0, 101)].every((slot) => slot < base)).toBe(true);
    for (let at = 0; at < 50; at += 1) slots[2 * at] = base + at;
  }
});

it('are told apart beyond 32 bits', () => {
  const { numbers, count } = denseNumbers([2 ** 32 + 5, 5, 2 ** 33 + 5, 5, 2 ** 32 + 5]);
  expect([[...numbers], count]).toEqual([[0, 1, 2, 1, 0], 3]);
});
