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
        attempts: 1,
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
});
