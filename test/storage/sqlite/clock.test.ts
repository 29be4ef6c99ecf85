import fc from 'fast-check';
import { storedClock } from '../../../src/storage/sqlite/clock.ts';

const HOUR = 3_600_000_000;
const START = 1_700_000_000_000_000;

const clockAt = (lastStored = 0, mark = 0) => {
  let time = START;
  const clock = storedClock(lastStored, mark, () => time);
  return {
    clock,
    step: (by: number) => {
      time += by;
    },
  };
};

describe('the clock that assigns stored', () => {
  it('tells the system’s time, or the last plus a microsecond', () => {
    const { clock, step } = clockAt();
    expect([clock.next(), clock.next(), clock.next()]).toEqual([START, START + 1, START + 2]);
    step(10);
    expect(clock.next()).toBe(START + 10);
  });

  it.each([-HOUR, HOUR])('ascends when the system’s clock steps by %d microseconds', (by) => {
    const { clock, step } = clockAt();
    const before = clock.next();
    step(by);
    const after = [clock.next(), clock.next()];
    expect(after[0]).toBe(by > 0 ? START + by : before + 1);
    expect(after[1]).toBe((after[0] ?? 0) + 1);
    step(-2 * by);
    expect(clock.next()).toBeGreaterThan(after[1] ?? 0);
  });

  it.each([
    ['the last that was stored', START + HOUR, 5],
    ['the mark that was told', 5, START + HOUR],
  ])('begins after %s, whatever the system’s clock says', (_, lastStored, mark) => {
    const { clock } = clockAt(lastStored, mark);
    expect(clock.consistentThrough()).toBe(START + HOUR);
    expect(clock.next()).toBe(START + HOUR + 1);
  });

  it('tells no mark before it was persisted, and stores nothing at or before it', () => {
    const { clock, step } = clockAt();
    step(HOUR);
    const mark = clock.newMark();
    expect(mark).toBe(START + HOUR);
    expect(clock.consistentThrough()).toBe(0);
    step(-HOUR);
    expect(clock.next()).toBe(mark + 1);
    clock.marked(mark);
    expect(clock.consistentThrough()).toBe(mark);
    expect(clock.newMark()).toBe(mark + 1);
  });

  it('never steps back in what it tells', () => {
    const { clock } = clockAt();
    clock.marked(START + 5);
    clock.marked(START);
    expect(clock.consistentThrough()).toBe(START + 5);
  });

  it('goes on from a moment that was given', () => {
    const { clock } = clockAt(5, 0);
    clock.advance(START + HOUR);
    expect([clock.last(), clock.next()]).toEqual([START + HOUR, START + HOUR + 1]);
    expect(clock.consistentThrough()).toBe(5);
  });

  it('ascends strictly over any steps', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -HOUR, max: HOUR }), { maxLength: 50 }), (steps) => {
        const { clock, step } = clockAt();
        let last = 0;
        for (const by of steps) {
          step(by);
          const mark = clock.newMark();
          const moment = clock.next();
          expect([mark >= last, moment > mark]).toEqual([true, true]);
          last = moment;
        }
      }),
    );
  });

  it('has microseconds below the millisecond of its own', () => {
    const clock = storedClock(0, 0);
    const moments = Array.from({ length: 50 }, () => clock.next());
    expect(moments.some((moment) => moment % 1000 !== 0)).toBe(true);
    expect(moments.every(Number.isSafeInteger)).toBe(true);
    expect(Math.abs(Date.now() * 1000 - (moments[0] ?? 0))).toBeLessThan(60_000_000);
  });
});
