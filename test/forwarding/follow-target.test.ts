import { hashSecret } from '../../src/credentials/credential.ts';
import { statement, store, uuid, verb, voiding } from '../storage/sample-statements.ts';
import { closeReceivers, startReceiver } from './receiver.ts';
import { seen, startSender, stopSenders, targetAt, until, untilThere } from './sender.ts';

jest.setTimeout(60_000);

afterEach(async () => {
  await stopSenders();
  await closeReceivers();
});

const newNumbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

describe('statements that are followed', () => {
  it('go on from where they were, after a stop and after a kill', async () => {
    const numbers = newNumbers(90);
    const receiver = await startReceiver();
    const sender = await startSender([targetAt(receiver.url, { batch: 10 })]);
    await store(
      sender.storage,
      numbers.slice(0, 30).map((n) => statement(n)),
    );
    await untilThere(sender);
    await sender.restart();
    await store(
      sender.storage,
      numbers.slice(30, 60).map((n) => statement(n)),
    );
    await untilThere(sender);
    expect(receiver.heard.flatMap(({ ids }) => ids)).toEqual(numbers.slice(0, 60).map(uuid));
    await sender.kill();
    await store(
      sender.storage,
      numbers.slice(60).map((n) => statement(n)),
    );
    await untilThere(sender);
    const ids = receiver.heard.flatMap((one) => one.ids);
    expect([...new Set(ids)]).toEqual(numbers.map(uuid));
    // What a kill takes of the cursor is sent again.
    expect(ids.slice(-30)).toEqual(numbers.slice(60).map(uuid));
  });

  it('are known to be there soon, without anything more being stored', async () => {
    const receiver = await startReceiver();
    const sender = await startSender([targetAt(receiver.url)]);
    for (const n of newNumbers(3)) {
      await store(sender.storage, [statement(n)]);
      await untilThere(sender);
    }
    const head = sender.storage.statements.head();
    await until(() => sender.storage.forwards.cursor('other')?.position === head);
    expect(receiver.heard).toHaveLength(3);
  });

  it('go to each target by its own filter, and what voids them too', async () => {
    const [did = 0, saw = 0, voidsDid = 0, voidsSaw = 0, early = 0] = newNumbers(5);
    const receiver = await startReceiver();
    const filters = {
      all: {},
      verb: { verb: verb('did').id },
      agent: { agent: { mbox: 'mailto:bo@example.org' } },
      related: { activity: 'https://example.org/course', relatedActivities: true },
      unrelated: { activity: 'https://example.org/course' },
    };
    const targets = Object.entries(filters).map(([name, filter]) =>
      targetAt(`${receiver.url}/${name}`, { name, filter }),
    );
    const sender = await startSender(targets);
    const context = { contextActivities: { parent: [{ id: 'https://example.org/course' }] } };
    await store(sender.storage, [
      statement(did, { context }),
      statement(saw, { verb: verb('saw'), actor: { mbox: 'mailto:bo@example.org' } }),
    ]);
    const missing = 1_000_000;
    await store(sender.storage, [voiding(voidsDid, did), voiding(voidsSaw, saw), voiding(early, missing)]);
    for (const name of Object.keys(filters)) await untilThere(sender, name);
    const heardBy = (name: string) =>
      receiver.heard.filter(({ path }) => path === `/${name}/xapi/statements`).flatMap(({ ids }) => ids);
    expect(heardBy('all')).toEqual([did, saw, voidsDid, voidsSaw, early].map(uuid));
    expect(heardBy('verb')).toEqual([did, voidsDid, early].map(uuid));
    expect(heardBy('agent')).toEqual([saw, voidsSaw, early].map(uuid));
    expect(heardBy('related')).toEqual([did, voidsDid, early].map(uuid));
    expect(heardBy('unrelated')).toEqual([early].map(uuid));
  });

  it('begin with what is stored from the first start on, unless the target says start', async () => {
    const [before = 0, between = 0, after = 0] = newNumbers(3);
    const receiver = await startReceiver();
    const target = targetAt(receiver.url, { from: 'now' });
    const sender = await startSender([target], (storage) => store(storage, [statement(before)]));
    await untilThere(sender);
    // The target is known by now, also to a program that is started later.
    await sender.restart([]);
    await store(sender.storage, [statement(between)]);
    await sender.restart([target]);
    await store(sender.storage, [statement(after)]);
    await untilThere(sender);
    await until(async () => receiver.heard.flatMap(({ ids }) => ids).length === 2);
    expect(receiver.heard.flatMap(({ ids }) => ids)).toEqual([between, after].map(uuid));
  });

  it('are no more behind because of what is no statement', async () => {
    const receiver = await startReceiver();
    const sender = await startSender([targetAt(receiver.url)]);
    await store(
      sender.storage,
      newNumbers(1).map((n) => statement(n)),
    );
    const key = { id: 'later', label: '', scopes: [], secretHash: hashSecret('x') };
    await sender.storage.credentials.create(key);
    await untilThere(sender);
    expect((await seen(sender)).position).toBe(sender.storage.statements.head());
    expect(receiver.heard).toHaveLength(1);
  });

  it('carry the key, the version of the target and no stored of ours', async () => {
    const receiver = await startReceiver();
    const target = targetAt(receiver.url, { version: '2.0.0', key: 'ä', secret: 'p:q' });
    const sender = await startSender([target]);
    await store(
      sender.storage,
      newNumbers(2).map((n) => statement(n)),
    );
    await untilThere(sender);
    const [heard] = receiver.heard;
    expect(heard).toMatchObject({
      method: 'POST',
      path: '/xapi/statements',
      headers: {
        authorization: `Basic ${Buffer.from('ä:p:q').toString('base64')}`,
        'x-experience-api-version': '2.0.0',
        'content-type': 'application/json',
      },
    });
    const [first] = JSON.parse(heard?.body.toString() ?? '[]') as Record<string, unknown>[];
    expect(Object.keys(first ?? {})).toEqual([
      'id',
      'actor',
      'verb',
      'object',
      'timestamp',
      'authority',
      'version',
    ]);
  });
});
