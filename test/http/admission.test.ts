import { admission } from '../../src/http/admission.ts';
import { admissions } from '../../src/http/admissions.ts';
import { withCairn } from './start-cairn.ts';
import { statementOf } from './statement-parts.ts';

/** One whose requests take `milliseconds` each, one after the other, once its pace has been measured. */
const paced = async (milliseconds: number) => {
  let now = 0;
  const gate = admission(() => now);
  for (let n = 0; n * milliseconds < 2000; n += 1) {
    await gate.enter();
    now += milliseconds;
    gate.leave();
  }
  const pass = (): void => {
    now += milliseconds;
  };
  return { gate, pass };
};

describe('admission', () => {
  it('has so many at once as are done within a tenth of a second, and the others wait in turn', async () => {
    const { gate, pass } = await paced(2);
    const order: number[] = [];
    const entered = Array.from({ length: 60 }, (_, n) => gate.enter()?.then(() => order.push(n)));
    expect(gate.figures()).toEqual({ active: 50, waiting: 10 });
    expect(entered.slice(0, 50).every((one) => one === undefined)).toBe(true);
    for (let n = 0; n < 10; n += 1) {
      pass();
      gate.leave();
    }
    await Promise.all(entered);
    expect(order).toEqual([50, 51, 52, 53, 54, 55, 56, 57, 58, 59]);
    expect(gate.figures()).toEqual({ active: 50, waiting: 0 });
  });

  it('turns away whoever would wait for longer than two seconds, and says for how long', async () => {
    const { gate } = await paced(100);
    expect(gate.wait()).toBe(0);
    for (let n = 0; n < 21; n += 1) void gate.enter();
    expect(gate.figures()).toEqual({ active: 16, waiting: 5 });
    expect(gate.wait()).toBe(1);
    expect(() => gate.enter()).toThrow('More requests come than can be dealt with');
    gate.leave();
    gate.leave();
    expect(gate.wait()).toBe(0);
  });

  it('turns away beyond a thousand that wait, however fast it goes', async () => {
    const { gate } = await paced(0.01);
    let waiting = 0;
    for (; gate.wait() === 0 && waiting < 3000; waiting += 1) void gate.enter();
    expect(gate.figures()).toEqual({ active: 512, waiting: 1000 });
  });

  it('takes no time for work in which there was nothing to do', async () => {
    let now = 0;
    const gate = admission(() => now);
    for (let n = 0; n < 1000; n += 1) {
      now += 1000;
      void gate.enter();
      now += 1;
      gate.leave();
    }
    for (let n = 0; n < 100; n += 1) void gate.enter();
    expect(gate.figures()).toEqual({ active: 100, waiting: 0 });
  });
});

describe('when more come than can be dealt with', () => {
  it('requests are answered 503 with Retry-After at once and leave nothing; readers and health are not held up', async () => {
    const gates = admissions();
    await withCairn({ services: (services) => ({ ...services, admissions: gates }) }, async (cairn) => {
      // As a store that takes a second for each: all places are taken, and enough wait.
      for (let n = 0; n < 1512; n += 1) void gates.writes.enter();
      const sent = statementOf();
      const { body, headers } = await cairn.all.post('/xapi/statements').send(sent).expect(503);
      expect(body.reason).toBe('unavailable');
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      await cairn.all.get('/xapi/statements').expect(200);
      await cairn.all.get(`/xapi/statements?statementId=${sent.id}`).expect(404);
      await cairn.bare.get('/health/ready').expect(200);
      for (let n = 0; n < 1512; n += 1) gates.writes.leave();
      await cairn.all.post('/xapi/statements').send(sent).expect(200);
      expect(gates.writes.figures()).toEqual({ active: 0, waiting: 0 });
    });
  });
});
