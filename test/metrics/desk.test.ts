import type { KeptRows } from '../../src/metrics/answers/kept-rows.ts';
import { newDesk } from '../../src/metrics/desk.ts';
import { beginQuestion, roughNumbers } from '../../src/metrics/scratch.ts';

/** In milliseconds: how long a row takes to be measured. */
const EACH = 60;

/** Rows that take their time. */
const slowRows = (count: number): KeptRows =>
  Array.from({ length: count }, (_, at) => ({
    values: [at],
    cells: [],
    parts: [],
    settle: () => {
      const end = performance.now() + EACH;
      while (performance.now() < end);
    },
  }));

/** How many have been measured, and whether the others were given up. */
const standOf = (rows: KeptRows): readonly [number, boolean] => [
  rows.filter((row) => typeof row === 'string').length,
  rows.includes(null),
];

describe('rows that are measured later', () => {
  it('are given up when others have waited for them too long, and not before', () => {
    const desk = newDesk();
    const rows = slowRows(30);
    desk.postpone(rows, 0, 0);
    for (let times = 0; times < 14; times += 1) desk.finish(false);
    expect(standOf(rows)).toEqual([14, false]);
    while (!desk.finish(true));
    const [measured, isCut] = standOf(rows);
    expect(isCut).toBe(true);
    expect(measured).toBeLessThan(30);
    // What has been measured can still be told.
    expect(rows.slice(0, measured)).toEqual(Array.from({ length: measured }, (_, at) => `[${at}]`));
  });

  it('are measured as far as they were asked for, however long others wait', () => {
    const desk = newDesk();
    const rows = slowRows(30);
    desk.postpone(rows, 0, 20);
    while (!desk.finish(true));
    expect(standOf(rows)).toEqual([20, true]);
  });

  it('are all measured while nobody waits, but for those that were told at once', () => {
    const desk = newDesk();
    const rows = slowRows(15);
    desk.postpone(rows, 3, 0);
    while (!desk.finish(false));
    expect(standOf(rows)).toEqual([12, false]);
    expect(rows[2]).toHaveProperty('settle');
  });

  it('are done with the last of them, and some of them with what was asked for', () => {
    const desk = newDesk();
    desk.postpone(slowRows(1), 0, 0);
    expect(desk.finish(false)).toBe(true);
    const more = slowRows(30);
    desk.postpone(more, 3, 15);
    while (!desk.finish(true));
    expect(standOf(more)).toEqual([12, true]);
  });

  it('are given up for those of many other answers, but for what was asked for: they hold memory', () => {
    const desk = newDesk();
    const lists = [9, 2, 1, 1, 1, 1].map(slowRows);
    for (const rows of lists) {
      beginQuestion();
      // As much as fits into three pieces of memory.
      for (let piece = 0; piece < 3; piece += 1) roughNumbers(1 << 21);
      desk.postpone(rows, 0, 2);
    }
    expect(lists.map(standOf)).toEqual([
      [2, true],
      [2, false],
      [0, false],
      [0, false],
      [0, false],
      [0, false],
    ]);
    while (!desk.finish(false));
    expect(lists.map(standOf)).toEqual([
      [2, true],
      [2, false],
      [1, false],
      [1, false],
      [1, false],
      [1, false],
    ]);
  });

  it('are measured, however much memory they hold, as long as there is no other answer', () => {
    const desk = newDesk();
    beginQuestion();
    for (let piece = 0; piece < 13; piece += 1) roughNumbers(1 << 21);
    const rows = slowRows(2);
    desk.postpone(rows, 0, 0);
    expect(standOf(rows)).toEqual([0, false]);
    while (!desk.finish(false));
    expect(standOf(rows)).toEqual([2, false]);
  });

  it('are given up for those of many other answers, however little memory each holds', () => {
    const desk = newDesk();
    const lists = Array.from({ length: 9 }, () => slowRows(2));
    for (const rows of lists) desk.postpone(rows, 0, 1);
    expect(lists.map(standOf).slice(0, 2)).toEqual([
      [1, true],
      [0, false],
    ]);
  });

  it('are given up when they cannot be measured', () => {
    const desk = newDesk();
    const failing: KeptRows = [0, 1].map(() => ({
      values: [],
      cells: [],
      parts: [],
      settle: () => {
        throw new Error('too long');
      },
    }));
    desk.postpone(failing, 0, 2);
    while (!desk.finish(false));
    expect(failing).toEqual([null, null]);
  });
});
