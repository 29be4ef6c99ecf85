import { type Admission, admission } from '../../src/http/admission.ts';
import { turns } from '../../src/http/turns.ts';

const SMALL = 1000;
const LARGE = 100_000;

/** Comes and wants to be dealt with; `entered` is what it is told. */
const come = (gate: Admission, bytes = SMALL) => {
  const place = gate.arrive();
  return { entered: place.enter(bytes), leave: place.leave };
};

/** One that has so many under way, and has those that wait done one after the other, each in `milliseconds`. */
const full = (milliseconds: number) => {
  let now = 0;
  const gate = admission(() => now);
  const here: (() => void)[] = [];
  const enter = (): Promise<void> | undefined => {
    const { entered, leave } = come(gate);
    here.push(leave);
    return entered;
  };
  while (enter() === undefined);
  const pass = (count = 1): void => {
    for (let n = 0; n < count; n += 1) {
      now += milliseconds;
      here.shift()?.();
    }
  };
  const wait = (count: number): void => {
    for (let n = 0; n < count; n += 1) void enter();
  };
  const later = (passed: number): void => {
    now += passed;
  };
  return { gate, pass, wait, later };
};

describe('admission', () => {
  it('has as many at once as have a megabyte together, and the others wait in turn', async () => {
    const gate = admission();
    const order: number[] = [];
    const all = Array.from({ length: 30 }, () => come(gate, LARGE));
    const entered = all.map((one, n) => one.entered?.then(() => order.push(n)));
    expect(gate.figures()).toEqual({ active: 16, waiting: 14 });
    for (const { leave } of all.slice(0, 14)) leave();
    await Promise.all(entered);
    expect(order).toEqual(Array.from({ length: 14 }, (_, n) => n + 16));
    expect(gate.figures()).toEqual({ active: 16, waiting: 0 });
    const small = full(1).gate;
    expect(small.figures()).toEqual({ active: 256, waiting: 1 });
  });

  it('lets nobody overtake who waits, and one in that is larger than all that may be under way', () => {
    const gate = admission();
    const huge = come(gate, 100_000_000);
    expect(huge.entered).toBeUndefined();
    const large = Array.from({ length: 16 }, () => come(gate, LARGE));
    expect(large.map(({ entered }) => entered === undefined)).toEqual([...Array(15).fill(true), false]);
    void come(gate).entered;
    expect(gate.figures()).toEqual({ active: 16, waiting: 2 });
    large[0]?.leave();
    expect(gate.figures()).toEqual({ active: 16, waiting: 1 });
    huge.leave();
    expect(gate.figures()).toEqual({ active: 16, waiting: 0 });
  });

  it('turns away whoever would wait for longer than a second, and says for how long', () => {
    const { gate, pass, wait } = full(50);
    wait(60);
    expect(gate.wait()).toBe(0);
    pass(10);
    expect(gate.figures()).toEqual({ active: 256, waiting: 51 });
    expect(gate.wait()).toBe(3);
    expect(gate.room()).toBe(21 - 51);
    pass(31);
    expect(gate.figures().waiting).toBe(20);
    expect(gate.wait()).toBe(0);
    expect(gate.room()).toBe(1);
  });

  it('counts those whose bodies are still to be read, until they are over or slow in coming', () => {
    const { gate, pass, wait, later } = full(50);
    wait(10);
    pass(10);
    expect(gate.wait()).toBe(0);
    const arrived = Array.from({ length: 50 }, () => gate.arrive());
    expect(gate.wait()).toBe(3);
    for (const { leave } of arrived) leave();
    expect(gate.wait()).toBe(0);
    const slow = Array.from({ length: 50 }, () => gate.arrive());
    const large = gate.arrive(10_000_000);
    later(999);
    expect(gate.wait()).toBe(16);
    later(1);
    expect(gate.wait()).toBe(0);
    for (const { leave } of [...slow, large]) leave();
    expect(gate.wait()).toBe(0);
  });

  it('turns away beyond a thousand that wait, however fast it goes', () => {
    const { gate, wait } = full(0.01);
    wait(998);
    expect(gate.wait()).toBe(0);
    wait(1);
    expect(gate.wait()).toBeGreaterThan(0);
  });

  it('turns away when large ones wait, though there would be place for a small one', () => {
    let now = 0;
    const gate = admission(() => now);
    const large = Array.from({ length: 100 }, () => come(gate, LARGE));
    for (const { leave } of large.slice(0, 3)) {
      now += 130;
      leave();
    }
    expect(gate.figures()).toEqual({ active: 16, waiting: 81 });
    expect(gate.wait()).toBe(11);
  });

  it('lets no more bytes wait than it is likely to deal with, before it has seen how fast that goes', () => {
    const gate = admission(() => 0);
    let count = 0;
    for (; gate.room() > 0; count += 1) void come(gate, 1024 * 1024);
    expect(count).toBe(16 + 21);
  });

  it('is not slowed down by one that takes long, nor by nothing to do', () => {
    let now = 0;
    const gate = admission(() => now);
    for (let n = 0; n < 100; n += 1) {
      const { entered, leave } = come(gate);
      expect(entered).toBeUndefined();
      now += 30_000;
      leave();
    }
    const under = Array.from({ length: 256 }, () => come(gate));
    for (let n = 0; n < 500; n += 1) void come(gate);
    expect(gate.wait()).toBe(0);
    now += 30_000;
    for (const { leave } of under.slice(0, 3)) leave();
    expect(gate.wait()).toBeLessThan(70);
  });
});

describe('the turns of the event loop', () => {
  it('take as many small ones as are a millisecond of work, or a single large one, in the order in which they came', async () => {
    const taken: { readonly name: string; readonly turn: number }[] = [];
    const given = turns();
    let turn = 0;
    const count = (): void => {
      turn += 1;
      if (turn < 9) setImmediate(count);
    };
    const take = async (name: string, bytes: number): Promise<void> => {
      const wait = given.take(bytes);
      if (wait !== undefined) await wait;
      taken.push({ name, turn });
    };
    count();
    const sizes = { a: 500, b: 14_000, c: 2000, d: 100_000, e: 1 };
    await Promise.all(Object.entries(sizes).map(([name, bytes]) => take(name, bytes)));
    expect(taken.map(({ name }) => name).join('')).toBe('abcde');
    const [a, b, c, d, e] = taken.map((one) => one.turn) as [number, number, number, number, number];
    expect(b).toBe(a);
    expect([c > b, d > c, e > d]).toEqual([true, true, true]);
  });
});
