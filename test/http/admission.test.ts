import { admission } from '../../src/http/admission.ts';
import { admissions } from '../../src/http/admissions.ts';
import { withCairn } from './start-cairn.ts';
import { statementOf } from './statement-parts.ts';

const SMALL = 1000;
const LARGE = 100_000;

/** One that has so many under way, and has those that wait done one after the other, each in `milliseconds`. */
const full = (milliseconds: number) => {
  let now = 0;
  const gate = admission(() => now);
  while (gate.enter(SMALL) === undefined);
  const pass = (count = 1): void => {
    for (let n = 0; n < count; n += 1) {
      now += milliseconds;
      gate.leave(SMALL);
    }
  };
  const wait = (count: number): void => {
    for (let n = 0; n < count; n += 1) void gate.enter(SMALL);
  };
  return { gate, pass, wait };
};

describe('admission', () => {
  it('has as many at once as have a megabyte together, and the others wait in turn', async () => {
    const gate = admission();
    const order: number[] = [];
    const entered = Array.from({ length: 30 }, (_, n) => gate.enter(LARGE)?.then(() => order.push(n)));
    expect(gate.figures()).toEqual({ active: 16, waiting: 14 });
    for (let n = 0; n < 14; n += 1) gate.leave(LARGE);
    await Promise.all(entered);
    expect(order).toEqual(Array.from({ length: 14 }, (_, n) => n + 16));
    expect(gate.figures()).toEqual({ active: 16, waiting: 0 });
    const small = full(1).gate;
    expect(small.figures()).toEqual({ active: 256, waiting: 1 });
  });

  it('lets nobody overtake who waits, and one in that is larger than all that may be under way', () => {
    const gate = admission();
    expect(gate.enter(100_000_000)).toBeUndefined();
    for (let n = 0; n < 15; n += 1) expect(gate.enter(LARGE)).toBeUndefined();
    void gate.enter(LARGE);
    void gate.enter(SMALL);
    expect(gate.figures()).toEqual({ active: 16, waiting: 2 });
    gate.leave(LARGE);
    expect(gate.figures()).toEqual({ active: 16, waiting: 1 });
    gate.leave(100_000_000);
    expect(gate.figures()).toEqual({ active: 16, waiting: 0 });
  });

  it('turns away whoever would wait for longer than two seconds, and says for how long', () => {
    const { gate, pass, wait } = full(100);
    wait(60);
    expect(gate.wait()).toBe(0);
    pass(10);
    expect(gate.figures()).toEqual({ active: 256, waiting: 51 });
    expect(gate.wait()).toBe(6);
    expect(() => gate.enter(SMALL)).toThrow('More requests come than can be dealt with');
    pass(31);
    expect(gate.figures().waiting).toBe(20);
    expect(gate.wait()).toBe(0);
    expect(gate.enter(SMALL)).toBeInstanceOf(Promise);
  });

  it('counts those whose bodies are still to be read, until they are over', () => {
    const { gate, pass, wait } = full(100);
    wait(20);
    pass(10);
    expect(gate.wait()).toBe(0);
    const over = Array.from({ length: 300 }, () => gate.arrive());
    expect(gate.wait()).toBe(5);
    for (const end of [...over, ...over]) end();
    expect(gate.wait()).toBe(0);
  });

  it('turns away beyond a thousand that wait, however fast it goes', () => {
    const { gate, wait } = full(0.01);
    wait(998);
    expect(gate.wait()).toBe(0);
    wait(1);
    expect(gate.wait()).toBeGreaterThan(0);
  });

  it('is not slowed down by one that takes long, nor by nothing to do', () => {
    let now = 0;
    const gate = admission(() => now);
    for (let n = 0; n < 100; n += 1) {
      expect(gate.enter(SMALL)).toBeUndefined();
      now += 30_000;
      gate.leave(SMALL);
    }
    for (let n = 0; n < 256; n += 1) expect(gate.enter(SMALL)).toBeUndefined();
    for (let n = 0; n < 500; n += 1) void gate.enter(SMALL);
    expect(gate.wait()).toBe(0);
    now += 30_000;
    for (let n = 0; n < 3; n += 1) gate.leave(SMALL);
    expect(gate.wait()).toBeLessThan(70);
  });
});

describe('when more come than can be dealt with', () => {
  it('requests are answered 503 with Retry-After at once and leave nothing; readers and health are not held up', async () => {
    const gates = admissions();
    await withCairn({ services: (services) => ({ ...services, admissions: gates }) }, async (cairn) => {
      // As a store that takes a second for each: all places are taken, and enough wait.
      for (let n = 0; n < 1256; n += 1) void gates.writes.enter();
      const sent = statementOf();
      const { body, headers } = await cairn.all.post('/xapi/statements').send(sent).expect(503);
      expect(body.reason).toBe('unavailable');
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      await cairn.all.get('/xapi/statements').expect(200);
      await cairn.all.get(`/xapi/statements?statementId=${sent.id}`).expect(404);
      await cairn.bare.get('/health/ready').expect(200);
      for (let n = 0; n < 1256; n += 1) gates.writes.leave();
      await cairn.all.post('/xapi/statements').send(sent).expect(200);
      expect(gates.writes.figures()).toEqual({ active: 0, waiting: 0 });
    });
  });
});
