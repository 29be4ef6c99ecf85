import { Rejection } from '../../src/xapi/rejection.ts';
import { epochMicros } from '../../src/xapi/timestamp.ts';
import { closedAfterEach, everyWay, type Open, reasonOf } from './opened.ts';
import {
  account,
  activity,
  agent,
  found,
  numbersOf,
  one,
  parsed,
  statement,
  store,
  uuid,
  verb,
} from './sample-statements.ts';

const rejectionOf = async (refused: Promise<unknown>): Promise<Rejection> => {
  const error = await refused.catch((thrown: unknown) => thrown);
  if (!(error instanceof Rejection)) throw new Error(`No Rejection, but ${String(error)}.`);
  return error;
};

const oneOrder = (open: Open): void => {
  it('gives every entry the next position, whatever it is, and moments that ascend strictly', async () => {
    const opened = await open();
    const { statements, documents, credentials } = opened.storage;
    await store(opened.storage, [statement(1), statement(2)]);
    await documents.change({ resource: 'agent-profile', agent: 'a', id: 'x' }, () => ({
      contentType: 'text/plain',
      content: Buffer.from('x'),
    }));
    await store(opened.storage, [statement(3)]);
    await credentials.create({ id: 'c', label: 'C', scopes: ['all'], secretHash: '00' });
    await Promise.all([4, 5, 6].map((n) => store(opened.storage, [statement(n)])));
    expect((await statements.after(0, 100)).map(({ position }) => position)).toEqual([1, 2, 4, 6, 7, 8]);

    await everyWay(opened, async (storage) => {
      const all = await storage.statements.after(0, 100);
      expect(numbersOf(all)).toEqual([1, 2, 3, 4, 5, 6]);
      const moments = all.map(({ stored }) => stored);
      expect(moments).toEqual([...new Set(moments)].sort((a, b) => a - b));
    });
    await store(opened.storage, [statement(7)]);
    const [last] = await opened.storage.statements.after(8, 100);
    expect(last?.position).toBe(9);
    expect(last?.stored).toBeGreaterThan((await one(opened.storage, 6)).stored);
  });

  it('keeps the order of the batch, and of the requests', async () => {
    const opened = await open();
    await Promise.all([
      store(opened.storage, [statement(9), statement(3), statement(7)]),
      store(opened.storage, [statement(1)]),
      store(opened.storage, [statement(8), statement(2)]),
    ]);
    await everyWay(opened, async (storage) => {
      expect(await found(storage, { ascending: true })).toEqual([9, 3, 7, 1, 8, 2]);
    });
  });

  it('reads on after a position, at most so many', async () => {
    const opened = await open();
    await store(
      opened.storage,
      [1, 2, 3, 4, 5].map((n) => statement(n)),
    );
    await everyWay(opened, async ({ statements }) => {
      const from = async (position: number, limit: number) =>
        numbersOf(await statements.after(position, limit));
      expect(await from(0, 2)).toEqual([1, 2]);
      expect(await from(2, 2)).toEqual([3, 4]);
      expect(await from(4, 2)).toEqual([5]);
      expect(await from(5, 2)).toEqual([]);
    });
  });
};

const exactText = (open: Open): void => {
  it('keeps the tokens of the sender and adds what is the LRS’s to set', async () => {
    const opened = await open();
    const sent = `{ "id":"${uuid(1).toUpperCase()}", "actor":{"mbox":"mailto:ada@example.org","name":"A\\u0064a\\ud800"},
      "verb":{"id":"https://example.org/did"}, "object":{"id":"https://example.org/a"},
      "result":{"score":{"raw":0.10},"extensions":{"https://e.org/x":[1e400,12345678901234567890,"\\u0000"]}} }`;
    await store(opened.storage, sent);
    await everyWay(opened, async (storage) => {
      const { text, stored } = await one(storage, 1);
      const { stored: time } = parsed({ text });
      expect(epochMicros(time as string)).toBe(stored);
      expect(time).toMatch(/\.\d{6}Z$/);
      expect(text).toBe(
        `${sent.replace(/\s/g, '').slice(0, -1)},"stored":"${time}","timestamp":"${time}","authority":${JSON.stringify(
          { objectType: 'Agent', ...account('key') },
        )},"version":"1.0.0"}`,
      );
    });
  });

  it('keeps a sent timestamp and version, and drops a sent stored and authority', async () => {
    const opened = await open();
    const timestamp = '2020-01-01T00:00:00.5Z';
    await store(opened.storage, [
      statement(1, { timestamp, version: '1.0.1', stored: '1999-01-01T00:00:00Z', authority: agent('eve') }),
    ]);
    await everyWay(opened, async (storage) => {
      const { text, stored } = await one(storage, 1);
      expect(parsed({ text })).toMatchObject({ timestamp, version: '1.0.1', authority: account('key') });
      expect(stored).toBeGreaterThan(epochMicros('2020-01-01T00:00:00Z'));
      expect(text.match(/"stored"|"authority"/g)).toHaveLength(2);
    });
  });
};

const sameIds = (open: Open): void => {
  it('answers a statement that is sent again with its id, and changes nothing', async () => {
    const opened = await open();
    const described = (name: string) => ({ ...activity('a'), definition: { name: { en: name } } });
    await store(opened.storage, [statement(1, { object: described('first') })]);
    const before = await one(opened.storage, 1);
    const again = statement(1, { object: described('second') });
    expect(await store(opened.storage, [again], { by: 'other' })).toEqual([uuid(1)]);
    expect(await store(opened.storage, before.text)).toEqual([uuid(1)]);
    await everyWay(opened, async (storage) => {
      expect(await storage.statements.after(0, 10)).toEqual([before]);
      expect(await storage.statements.definition(activity('a').id)).toEqual({ name: { en: 'first' } });
      expect(await store(storage, [again])).toEqual([uuid(1)]);
    });
  });

  it('answers all ids of a partly known batch in the order sent, each as it was sent', async () => {
    const opened = await open();
    await store(opened.storage, [statement(0xa), statement(0xb)]);
    const upper = uuid(0xb).toUpperCase();
    const batch = [statement(0xd), statement(0xb, { id: upper }), statement(0xc), statement(0xa)];
    expect(await store(opened.storage, batch)).toEqual([uuid(0xd), upper, uuid(0xc), uuid(0xa)]);
    await everyWay(opened, async (storage) => {
      expect(await found(storage, { ascending: true })).toEqual([0xa, 0xb, 0xd, 0xc]);
    });
  });

  it('names every statement that conflicts, and stores nothing of their batch', async () => {
    const opened = await open();
    await store(
      opened.storage,
      [1, 2, 3].map((n) => statement(n)),
    );
    const other = (n: number, id = uuid(n)) => statement(n, { id, verb: verb('other') });
    const batch = [statement(8), other(0xa), other(1), statement(2), other(3, uuid(3).toUpperCase())];
    await everyWay(opened, async (storage) => {
      const { reason, problems } = await rejectionOf(store(storage, batch));
      expect(reason).toBe('statement-conflict');
      expect(problems.map(({ index, pointer }) => [index, pointer])).toEqual([
        [2, '/id'],
        [4, '/id'],
      ]);
      expect(problems[1]?.message).toContain(uuid(3));
      expect(await found(storage)).toEqual([3, 2, 1]);
      expect(await storage.statements.find(uuid(8))).toBeUndefined();
    });
    expect(await store(opened.storage, [statement(8), other(0xa)])).toHaveLength(2);
  });

  it('takes ids that differ only in case for one, when storing and when finding', async () => {
    const opened = await open();
    const id = 'ABCDEFab-0000-4000-8000-0000000000Ff';
    const batch = [statement(1, { id })];
    await store(opened.storage, batch);
    await everyWay(opened, async (storage) => {
      expect(await store(storage, [statement(1, { id: id.toLowerCase() })])).toEqual([id.toLowerCase()]);
      expect(await reasonOf(store(storage, [statement(1, { id: id.toUpperCase(), verb: verb('x') })]))).toBe(
        'statement-conflict',
      );
      for (const any of [id, id.toLowerCase(), id.toUpperCase()]) {
        expect(parsed((await storage.statements.find(any)) ?? { text: '{}' }).id).toBe(id);
      }
      expect(await found(storage)).toHaveLength(1);
    });
  });

  it('stores one of many that come at once under one id', async () => {
    const opened = await open();
    const same = await Promise.all([1, 2, 3, 4].map(() => store(opened.storage, [statement(1)])));
    expect(same).toEqual([[uuid(1)], [uuid(1)], [uuid(1)], [uuid(1)]]);
    const others = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map((name) => store(opened.storage, [statement(2, { verb: verb(name) })])),
    );
    expect(others.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
    await everyWay(opened, async (storage) => {
      expect(await found(storage, { verb: verb('a').id })).toEqual([2]);
      expect(await found(storage)).toEqual([2, 1]);
    });
  });

  it('leaves the neighbours of a conflicting batch alone', async () => {
    const opened = await open();
    await store(opened.storage, [statement(1)]);
    const [left, middle, right] = await Promise.allSettled([
      store(opened.storage, [statement(2)]),
      store(opened.storage, [statement(5), statement(1, { verb: verb('other') }), statement(6)]),
      store(opened.storage, [statement(3)]),
    ]);
    expect([left.status, middle.status, right.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await everyWay(opened, async (storage) => expect(await found(storage)).toEqual([3, 2, 1]));
  });
};

export const keepsTheRulesOfStoring = (open: Open): void => {
  describe('storing', () => {
    const fresh = closedAfterEach(open);
    oneOrder(fresh);
    exactText(fresh);
    sameIds(fresh);

    it('shows what was acknowledged to every reader that begins afterwards', async () => {
      const { storage } = await fresh();
      for (let n = 1; n <= 20; n += 1) {
        await store(storage, [statement(n, { actor: agent(`a${n % 3}`) })]);
        expect((await one(storage, n)).position).toBe(n);
        expect((await found(storage, { agent: agent(`a${n % 3}`) }))[0]).toBe(n);
        expect(await found(storage, { activity: activity('a').id })).toHaveLength(n);
      }
    });

    it('answers an empty batch with no ids', async () => {
      const { storage } = await fresh();
      expect(await store(storage, [])).toEqual([]);
    });
  });
};
