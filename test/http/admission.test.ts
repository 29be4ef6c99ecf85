import { Agent, request } from 'node:http';
import { type Admission, admission } from '../../src/http/admission.ts';
import { admissions } from '../../src/http/admissions.ts';
import { turns } from '../../src/http/turns.ts';
import { type Cairn, withCairn } from './start-cairn.ts';
import { statementOf } from './statement-parts.ts';

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
  return { gate, pass, wait };
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

  it('counts those whose bodies are still to be read, until they are over', () => {
    const { gate, pass, wait } = full(50);
    wait(10);
    pass(10);
    expect(gate.wait()).toBe(0);
    const arrived = Array.from({ length: 50 }, () => gate.arrive());
    expect(gate.wait()).toBe(3);
    for (const { leave } of arrived) leave();
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
    expect(gate.wait()).toBe(6);
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

type Told = { readonly status: number; readonly port: number };

const postWith = (agent: Agent, { url, master }: Cairn, body: string): Promise<Told> =>
  new Promise((resolve, refuse) => {
    const headers = {
      Authorization: master.authorization,
      'Content-Type': 'application/json',
      'X-Experience-API-Version': '1.0.3',
    };
    const sent = request(`${url}/xapi/statements`, { method: 'POST', agent, headers }, (response) => {
      const port = sent.socket?.localPort ?? 0;
      response.resume().once('end', () => resolve({ status: response.statusCode ?? 0, port }));
    });
    sent.once('error', refuse).end(body);
  });

describe('when more come than can be dealt with', () => {
  it('requests are answered 503 with Retry-After at once and leave nothing; readers and health are not held up', async () => {
    const gates = admissions();
    await withCairn({ services: (services) => ({ ...services, admissions: gates }) }, async (cairn) => {
      // As a store that takes a second for each: all places are taken, and enough wait.
      const others = Array.from({ length: 1256 }, () => come(gates.writes));
      const sent = statementOf();
      const { body, headers } = await cairn.all.post('/xapi/statements').send(sent).expect(503);
      expect(body.reason).toBe('unavailable');
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      await cairn.all.get('/xapi/statements').expect(200);
      await cairn.all.get(`/xapi/statements?statementId=${sent.id}`).expect(404);
      await cairn.bare.get('/health/ready').expect(200);
      for (const { leave } of others) leave();
      await cairn.all.post('/xapi/statements').send(sent).expect(200);
      expect(gates.writes.figures()).toEqual({ active: 0, waiting: 0 });
    });
  });

  it('connections on which too many are turned away are not read for a while, and nothing is lost on them', async () => {
    const gates = admissions();
    await withCairn({ services: (services) => ({ ...services, admissions: gates }) }, async (cairn) => {
      const others = Array.from({ length: 1256 }, () => come(gates.writes));
      const agent = new Agent({ keepAlive: true });
      const post = (bytes: number) =>
        postWith(agent, cairn, JSON.stringify({ ...statementOf(), result: { response: 'x'.repeat(bytes) } }));
      const posts = (count: number) =>
        Promise.all(Array.from({ length: count }, (_, n) => post(n % 5 === 0 ? 200_000 : 10)));
      const first = await posts(200);
      expect(new Set(first.map(({ status }) => status))).toEqual(new Set([503]));
      expect(gates.resting()).toBeGreaterThan(50);
      await cairn.bare.get('/health/ready').expect(200);
      const ports = new Set(first.map(({ port }) => port));
      const again = posts(200);
      for (const { leave } of others) leave();
      const answers = await again;
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      expect(answers.filter(({ port }) => ports.has(port))).toHaveLength(200);
      expect(gates.resting()).toBe(0);
      agent.destroy();
    });
  });
});
