import { statement, store, uuid } from '../storage/sample-statements.ts';
import { closeReceivers, keeping, refusing, say, startReceiver, take } from './receiver.ts';
import { type Sender, seen, startSender, stopSenders, targetAt, until, untilThere } from './sender.ts';

jest.setTimeout(60_000);

afterEach(async () => {
  await stopSenders();
  await closeReceivers();
});

const some = (count: number) => Array.from({ length: count }, (_, at) => statement(at + 1));

describe('a statement that the target answers 500', () => {
  /** Has the target tried again and again, without waiting in between. */
  const triedUntil = (sender: Sender, happened: () => Promise<boolean>) =>
    until(async () => {
      await sender.forwards.retry('other', []);
      return happened();
    });

  it('becomes a dead letter when it is answered so again and again and the next one is not', async () => {
    const taken: string[] = [];
    const receiver = await startReceiver(keeping(taken, refusing([2, 4], 500, 'oops')));
    const sender = await startSender([targetAt(receiver.url)], (storage) => store(storage, some(6)));
    await triedUntil(sender, async () => (await seen(sender)).deadLetters === 2);
    await untilThere(sender);
    expect(taken).toEqual([1, 3, 5, 6].map(uuid));
    expect(await sender.forwards.deadLetters('other', 0, 100)).toMatchObject(
      [2, 4].map((n) => ({
        statementId: uuid(n),
        status: 500,
        answer: 'It answered 500. oops',
        attempts: 10,
      })),
    );
    const before = receiver.heard.slice(
      0,
      receiver.heard.findIndex(({ ids }) => ids.join() === uuid(3)),
    );
    expect(before.filter(({ ids }) => ids.includes(uuid(2))).length).toBeGreaterThan(8);
  });

  it.each([500, 503])(
    'is not given up while others are answered %d as well, nor as the last one',
    async (status) => {
      const receiver = await startReceiver(say(status));
      const sender = await startSender([targetAt(receiver.url)], (storage) => store(storage, some(2)));
      await triedUntil(sender, async () => ((await seen(sender)).failing?.failures ?? 0) > 12);
      receiver.answer = refusing([2], status);
      await triedUntil(sender, async () => receiver.heard.at(-1)?.ids[0] === uuid(2));
      await triedUntil(sender, async () => ((await seen(sender)).failing?.failures ?? 0) > 12);
      expect((await seen(sender)).deadLetters).toBe(0);
      receiver.answer = take;
      await triedUntil(sender, async () => (await seen(sender)).behind === 0);
      expect(receiver.heard.at(-1)?.ids).toEqual([uuid(2)]);
    },
  );

  it('is found to be the one also when requests have one statement, and few are wanted', async () => {
    const taken: string[] = [];
    const receiver = await startReceiver(keeping(taken, refusing([2], 500)));
    const wanted = { mbox: 'mailto:wanted@example.org' };
    const many = Array.from({ length: 450 }, (_, at) =>
      statement(at + 1, [2, 449].includes(at + 1) ? { actor: wanted } : {}),
    );
    const target = targetAt(receiver.url, { batch: 1, filter: { agent: wanted } });
    const sender = await startSender([target], (storage) => store(storage, many));
    await triedUntil(sender, async () => (await seen(sender)).deadLetters === 1);
    await untilThere(sender);
    expect(taken).toEqual([uuid(449)]);
  });

  it('is not given up because the target was down before, nor when it takes it after all', async () => {
    const taken: string[] = [];
    const receiver = await startReceiver(say(503));
    const sender = await startSender([targetAt(receiver.url)], (storage) => store(storage, some(3)));
    await triedUntil(sender, async () => ((await seen(sender)).failing?.failures ?? 0) > 10);
    let fails = 1;
    receiver.answer = keeping(taken, (heard, response) => (fails-- > 0 ? say(500) : take)(heard, response));
    await triedUntil(sender, async () => (await seen(sender)).behind === 0);
    expect([taken, (await seen(sender)).deadLetters]).toEqual([[1, 2, 3].map(uuid), 0]);

    let tries = 0;
    receiver.answer = keeping(taken, (heard, response) => {
      tries += heard.ids.join() === uuid(4) ? 1 : 0;
      (heard.ids.includes(uuid(4)) && tries < 10 ? say(500) : take)(heard, response);
    });
    await store(sender.storage, [statement(4), statement(5)]);
    await triedUntil(sender, async () => (await seen(sender)).behind === 0);
    expect((await seen(sender)).deadLetters).toBe(0);
    expect([...new Set(taken)].sort()).toEqual([1, 2, 3, 4, 5].map(uuid));
  });

  it('as a dead letter that is sent again holds up neither the log nor other letters', async () => {
    const taken: string[] = [];
    const receiver = await startReceiver(keeping(taken, refusing([2, 4], 400)));
    const sender = await startSender([targetAt(receiver.url)], (storage) => store(storage, some(6)));
    await until(async () => (await seen(sender)).deadLetters === 2);
    receiver.answer = keeping(taken, refusing([2], 500));
    await sender.forwards.retry('other', 'all');
    await until(async () => (await seen(sender)).deadLetters === 1);
    await store(sender.storage, [statement(7)]);
    await untilThere(sender);
    expect(taken).toEqual([1, 3, 5, 6, 4, 7].map(uuid));
    expect(await sender.forwards.deadLetters('other', 0, 9)).toMatchObject([{ status: 500, attempts: 2 }]);
    expect((await seen(sender)).failing).toBeUndefined();
  });
});
