import { statement, store, uuid } from '../storage/sample-statements.ts';
import {
  closeReceivers,
  type Heard,
  keeping,
  type Receiver,
  refusing,
  say,
  startReceiver,
  take,
} from './receiver.ts';
import { type Sender, seen, startSender, stopSenders, targetAt, until, untilThere } from './sender.ts';

jest.setTimeout(60_000);

afterEach(async () => {
  await stopSenders();
  await closeReceivers();
});

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
const some = (count: number) => numbers(count).map((n) => statement(n));
const untilFailing = (sender: Sender) => until(async () => (await seen(sender)).failing !== undefined);
const untilDead = (sender: Sender, count: number) =>
  until(async () => (await seen(sender)).deadLetters === count);
const letters = (sender: Sender) => sender.forwards.deadLetters('other', 0, 100);

describe('a statement that the target refuses', () => {
  it.each([400, 409, 413, 422])('by %d becomes a dead letter, and the others go on', async (status) => {
    const taken: string[] = [];
    const receiver = await startReceiver(keeping(taken, refusing([7, 20], status)));
    const sender = await startSender([targetAt(receiver.url)], (storage) => store(storage, some(30)));
    await untilThere(sender);
    expect(taken).toEqual(
      numbers(30)
        .filter((n) => n !== 7 && n !== 20)
        .map(uuid),
    );
    const position = (await sender.storage.statements.find(uuid(7)))?.position;
    expect(await letters(sender)).toEqual([
      {
        position,
        statementId: uuid(7),
        status,
        answer: '{"message":"no"}',
        attempts: 1,
        refused: expect.any(Number),
      },
      expect.objectContaining({ statementId: uuid(20) }),
    ]);
    expect((await seen(sender)).deadLetters).toBe(2);
  });

  it('is seen after a restart, sent again when asked, and gone when it is taken', async () => {
    const taken: string[] = [];
    const receiver = await startReceiver(refusing([2, 3], 409));
    const sender = await startSender([targetAt(receiver.url)], (storage) => store(storage, some(4)));
    await untilDead(sender, 2);
    await sender.restart();
    await untilThere(sender);
    expect((await letters(sender)).map(({ statementId }) => statementId)).toEqual([2, 3].map(uuid));

    expect(await sender.forwards.retry('other', [uuid(2).toUpperCase(), uuid(9)])).toBe(1);
    await until(async () => (await letters(sender))[0]?.attempts === 2);
    expect((await letters(sender)).map(({ attempts }) => attempts)).toEqual([2, 1]);

    receiver.answer = keeping(taken, refusing([3], 400, 'still not'));
    expect(await sender.forwards.retry('other', 'all')).toBe(2);
    await until(async () => (await letters(sender))[0]?.status === 400);
    expect(await letters(sender)).toMatchObject([
      { statementId: uuid(3), status: 400, answer: 'still not', attempts: 2 },
    ]);
    expect(taken).toEqual([uuid(2)]);

    expect(await sender.forwards.discard('other', [uuid(3)])).toBe(1);
    expect((await seen(sender)).deadLetters).toBe(0);
    await expect(sender.forwards.retry('othre', 'all')).rejects.toMatchObject({
      reason: 'not-found',
      message: 'There is no target othre. Did you mean other?',
    });
  });

  it('by 409 though it has it already counts as delivered', async () => {
    const known = (n: number, change = {}) =>
      JSON.stringify(
        statement(n, {
          stored: '2020-01-01T00:00:00Z',
          authority: { mbox: 'mailto:x@example.org' },
          ...change,
        }),
      );
    const receiver = await startReceiver((heard, response) => {
      const asked = new URLSearchParams(heard.path.split('?')[1]).get('statementId');
      if (heard.method === 'POST') refusing([1, 2, 3], 409)(heard, response);
      else if (asked === uuid(1)) say(200, known(1))(heard, response);
      else if (asked === uuid(2))
        say(200, known(2, { actor: { mbox: 'mailto:bo@example.org' } }))(heard, response);
      else say(403)(heard, response);
    });
    const sender = await startSender([targetAt(receiver.url)], (storage) => store(storage, some(4)));
    await untilThere(sender);
    expect((await letters(sender)).map(({ statementId }) => statementId)).toEqual([2, 3].map(uuid));
    expect(receiver.heard.filter(({ method }) => method === 'GET').map(({ path }) => path)).toEqual(
      [1, 2, 3].map((n) => `/xapi/statements?statementId=${uuid(n)}`),
    );
  });

  it('waits for its second try as long as the target is down, also over a kill', async () => {
    const receiver = await startReceiver(refusing([1], 409));
    const sender = await startSender([targetAt(receiver.url)], (storage) => store(storage, some(2)));
    await untilDead(sender, 1);
    receiver.answer = say(503);
    await sender.forwards.retry('other', 'all');
    await untilFailing(sender);
    await sender.kill();
    await untilFailing(sender);
    expect(await letters(sender)).toMatchObject([{ statementId: uuid(1), attempts: 1 }]);
    receiver.answer = take;
    await sender.forwards.retry('other', []);
    await untilDead(sender, 0);
    expect(receiver.heard.at(-1)?.ids).toEqual([uuid(1)]);
  });
});

describe('a target that takes nothing', () => {
  const cut = (_heard: Heard, response: { readonly socket: { resetAndDestroy(): void } | null }) =>
    response.socket?.resetAndDestroy();
  it.each<[string, Receiver['answer'], RegExp]>([
    ['500', say(500, 'oops'), /^It answered 500\. oops$/],
    ['503 and when to come back', say(503, '', { 'Retry-After': '1' }), /^It answered 503\.$/],
    ['401', say(401), /^It answered 401\. Key or secret are wrong\.$/],
    ['403', say(403), /^It answered 403\. The key may not store statements\.$/],
    ['404', say(404), /^It answered 404\. There is no LRS at the endpoint\.$/],
    [
      'a redirect',
      say(302, '', { Location: 'http://127.0.0.1/' }),
      /^It answered 302\. Redirects are not followed/,
    ],
    ['200 and garbage', say(200, '{"ids":'), /^It answered 200 without the ids of the statements/],
    ['200 and other ids', say(200, `["${uuid(99)}"]`), /^It answered 200 without the ids of the statements/],
    ['a reset', cut as Receiver['answer'], /ECONNRESET|hang up/],
    ['nothing at all', () => undefined, /^There was no whole answer within 20\d\d ms\.$/],
    [
      'an endless answer',
      (_heard, response) => void response.end('x'.repeat(200_000)),
      /more than 100000 bytes/,
    ],
  ])('but answers %s is tried again, and nothing is lost or given up', async (_what, answer, error) => {
    const receiver = await startReceiver(answer);
    const sender = await startSender([targetAt(receiver.url)], (storage) => store(storage, some(60)));
    await untilFailing(sender);
    const { failing, position, deadLetters, behind, lastSuccess } = await seen(sender);
    expect(failing?.error).toMatch(error);
    expect(failing?.nextTry).toBeGreaterThanOrEqual(failing?.since ?? Number.NaN);
    expect([position, deadLetters, lastSuccess]).toEqual([0, 0, undefined]);
    expect(behind).toBe(sender.storage.statements.head());
    receiver.answer = take;
    const before = receiver.heard.length;
    await sender.forwards.retry('other', 'all');
    await untilThere(sender);
    expect(receiver.heard.slice(before).flatMap(({ ids }) => ids)).toEqual(numbers(60).map(uuid));
    expect((await seen(sender)).failing).toBeUndefined();
  });

  it('is tried again by itself', async () => {
    const receiver = await startReceiver(say(500));
    const sender = await startSender([targetAt(receiver.url)], (storage) => store(storage, some(3)));
    await until(async () => ((await seen(sender)).failing?.failures ?? 0) >= 2);
    receiver.answer = take;
    await untilThere(sender);
    expect(receiver.heard.at(-1)?.ids).toEqual(numbers(3).map(uuid));
  });

  it('is not tried before it has said', async () => {
    const receiver = await startReceiver(say(429, '', { 'Retry-After': '1000' }));
    const sender = await startSender([targetAt(receiver.url)], (storage) => store(storage, some(1)));
    await untilFailing(sender);
    const { failing } = await seen(sender);
    expect((failing?.nextTry ?? 0) - (failing?.since ?? 0)).toBe(1_000_000);
    await store(sender.storage, [statement(2)]);
    expect(receiver.heard).toHaveLength(1);
  });

  it('because they are so many is sent fewer', async () => {
    const taken: string[] = [];
    const receiver = await startReceiver(
      keeping(taken, (heard, response) => {
        if (heard.ids.length > 2) response.socket?.resetAndDestroy();
        else take(heard, response);
      }),
    );
    const target = targetAt(receiver.url, { batch: 5 });
    const sender = await startSender([target], (storage) => store(storage, some(7)));
    await until(async () => {
      await sender.forwards.retry('other', []);
      return taken.length >= 7;
    });
    await untilThere(sender);
    expect(taken).toEqual(numbers(7).map(uuid));
  });

  it('in the middle of a batch has kept what it took', async () => {
    const taken: string[] = [];
    let requests = 0;
    const receiver = await startReceiver(
      keeping(taken, (heard, response) => {
        requests += 1;
        if (requests === 4) say(500)(heard, response);
        else refusing([5], 400)(heard, response);
      }),
    );
    const target = targetAt(receiver.url, { batch: 8 });
    const sender = await startSender([target], (storage) => store(storage, some(8)));
    await untilFailing(sender);
    const first = (await sender.storage.statements.find(uuid(1)))?.position ?? Number.NaN;
    expect((await seen(sender)).position - first + 1).toBe(taken.length);
    await sender.kill();
    await untilThere(sender);
    expect(taken.toSorted()).toEqual([1, 2, 3, 4, 6, 7, 8].map(uuid));
    expect(await letters(sender)).toMatchObject([{ statementId: uuid(5) }]);
  });

  it('holds nobody up: others have theirs, writers write, and it all ends when it is to end', async () => {
    const silent = await startReceiver(() => undefined);
    const quick = await startReceiver();
    const sender = await startSender([
      targetAt(silent.url, { name: 'silent' }),
      targetAt(quick.url, { name: 'quick' }),
    ]);
    for (const n of numbers(100)) await store(sender.storage, [statement(n)]);
    await untilThere(sender, 'quick');
    expect(quick.heard.flatMap(({ ids }) => ids)).toEqual(numbers(100).map(uuid));
    expect((await seen(sender, 'silent')).position).toBe(0);
    expect(silent.heard.length).toBeLessThanOrEqual(3);
    await sender.forwards.stop();
  });
});
