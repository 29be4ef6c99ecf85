import { newDesk } from '../../src/metrics/desk.ts';
import type { AnswerRow } from '../../src/metrics/query/run-query.ts';

/** In milliseconds: how long a row takes to be measured. */
const EACH = 60;

/** Rows that take their time, and how many have been measured. */
const slowRows = (count: number) => {
  let measured = 0;
  const row = {
    settle: () => {
      const end = performance.now() + EACH;
      while (performance.now() < end);
      measured += 1;
    },
  } as AnswerRow;
  return { rows: Array.from({ length: count }, () => row), measured: () => measured };
};

describe('rows that are measured later', () => {
  it('are given up when others have waited for them too long, and not before', () => {
    const desk = newDesk();
    const { rows, measured } = slowRows(30);
    const given: string[] = [];
    desk.postpone(rows, 0, () => given.push('slow'));
    for (let times = 0; times < 14; times += 1) desk.finish(false);
    expect(measured()).toBe(14);
    expect(given).toEqual([]);
    while (!desk.finish(true));
    expect(given).toEqual(['slow']);
    expect(measured()).toBeLessThan(30);
  });

  it('are measured as far as they were asked for, however long others wait', () => {
    const desk = newDesk();
    const { rows, measured } = slowRows(30);
    const given: string[] = [];
    desk.postpone(rows, 20, () => given.push('slow'));
    while (!desk.finish(true));
    expect(measured()).toBe(20);
    expect(given).toEqual(['slow']);
  });

  it('are all measured while nobody waits', () => {
    const desk = newDesk();
    const { rows, measured } = slowRows(15);
    desk.postpone(rows, 0, () => expect('given up').toBe('measured'));
    while (!desk.finish(false));
    expect(measured()).toBe(15);
  });

  it('are given up for those of many other answers, but for what was asked for: they hold memory', () => {
    const desk = newDesk();
    const given: string[] = [];
    const lists = { a: slowRows(9), b: slowRows(2), c: slowRows(1), d: slowRows(1), e: slowRows(1) };
    for (const [name, { rows }] of Object.entries(lists)) desk.postpone(rows, 2, () => given.push(name));
    expect(given).toEqual(['a']);
    expect(Object.values(lists).map(({ measured }) => measured())).toEqual([2, 2, 0, 0, 0]);
    while (!desk.finish(false));
    expect(given).toEqual(['a']);
    expect(lists.e.measured()).toBe(1);
  });

  it('are given up when they cannot be measured', () => {
    const desk = newDesk();
    const given: string[] = [];
    const failing = {
      settle: () => {
        throw new Error('too long');
      },
    } as unknown as AnswerRow;
    desk.postpone([failing, failing], 2, () => given.push('failing'));
    while (!desk.finish(false));
    expect(given).toEqual(['failing']);
  });
});
