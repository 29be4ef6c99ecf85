import { createHash } from 'node:crypto';
import type { Target } from '../../src/forwarding/target.ts';
import { type Cairn, cairnOfFile } from '../http/start-cairn.ts';
import { parsed, statement, store, uuid, voiding } from '../storage/sample-statements.ts';
import { type Sender, seen, startSender, stopSenders, targetAt, untilThere } from './sender.ts';

jest.setTimeout(60_000);

const other = cairnOfFile();
afterEach(stopSenders);

const toCairn = ({ url, master }: Cairn, change: Partial<Target> = {}): Target =>
  targetAt(url, { key: master.id, secret: master.secret, ...change });

const idBase = { next: 0 };
/** So many numbers that no other test has had. */
const newNumbers = (count: number): number[] => Array.from({ length: count }, () => (idBase.next += 1));

const textAt = async (cairn: Cairn, n: number): Promise<string | undefined> =>
  (await cairn.storage.statements.find(uuid(n)))?.text;

/** A statement's text without what every LRS sets itself. */
const sentPart = (text: string | undefined): string =>
  (text ?? '').replace(/,"stored":"[^"]+"/, '').replace(/,"authority":\{.*?\}\}/, '');

const storedNumbers = async (sender: Sender, numbers: readonly number[]) => {
  for (const n of numbers) {
    const there = await textAt(other.cairn, n);
    const here = (await sender.storage.statements.find(uuid(n)))?.text;
    expect(sentPart(there)).toBe(sentPart(here));
    expect(there).toContain(`"name":"${other.cairn.master.id}"`);
  }
};

describe('statements sent on to another Cairn', () => {
  it('are there with the same text but for what an LRS sets, those from before and those that come', async () => {
    const numbers = newNumbers(130);
    const odd = { result: { score: { raw: 0 } }, timestamp: '2026-01-01T10:00:00.120+02:00' };
    const before = numbers.slice(0, 70).map((n) => statement(n, odd));
    const text = JSON.stringify(before).replaceAll('"raw":0', '"raw":0.10');
    const sender = await startSender([toCairn(other.cairn)], (storage) => store(storage, text));
    const after = numbers.slice(70).map((n) => store(sender.storage, [statement(n)]));
    await Promise.all(after);
    await untilThere(sender);
    await storedNumbers(sender, numbers);
    expect(await textAt(other.cairn, numbers[0] as number)).toContain('"raw":0.10');
    const head = sender.storage.statements.head();
    const { endpoint, name, position, behind, deadLetters, lastSuccess, failing } = await seen(sender);
    expect({ endpoint, name, position, behind, deadLetters, failing }).toEqual({
      endpoint: `${other.cairn.url}/xapi`,
      name: 'other',
      position: head,
      behind: 0,
      deadLetters: 0,
      failing: undefined,
    });
    expect(lastSuccess).toBeGreaterThan(0);
  });

  it('are there in the order of the log, and each once when they are sent again', async () => {
    const numbers = newNumbers(40);
    const target = toCairn(other.cairn, { batch: 7 });
    const sender = await startSender([target]);
    await store(
      sender.storage,
      numbers.map((n) => statement(n)),
    );
    await untilThere(sender);
    const head = other.cairn.storage.statements.head();
    await sender.restart([{ ...target, name: 'once-more' }]);
    await untilThere(sender, 'once-more');
    expect(other.cairn.storage.statements.head()).toBe(head);
    const there = await other.cairn.storage.statements.after(head - 40, 100);
    expect(there.map((one) => parsed(one).id)).toEqual(numbers.map(uuid));
  });

  it('have their attachments with them, byte by byte, small and large', async () => {
    const numbers = newNumbers(4);
    const bodies = [0, 1, 5000, 200_000].map((length) =>
      Buffer.from(Uint8Array.from({ length }, (_, at) => (at * 7) % 256)),
    );
    const attachments = bodies.map((body) => ({
      sha2: createHash('sha256').update(body).digest('hex'),
      contentType: 'application/octet-stream',
      body,
    }));
    const elsewhere = { sha2: 'ab'.repeat(32), fileUrl: 'https://example.org/file', length: 3 };
    const declared = ({ sha2, length }: { sha2: string; length: number }) => ({
      usageType: 'https://example.org/usage',
      display: { en: 'work' },
      contentType: 'application/octet-stream',
      length,
      sha2,
    });
    const all = attachments.map(({ sha2, body }) => declared({ sha2, length: body.length }));
    const sender = await startSender([toCairn(other.cairn)]);
    const sent = [
      statement(numbers[0] as number),
      statement(numbers[1] as number, { attachments: [...all, { ...declared(elsewhere), ...elsewhere }] }),
      statement(numbers[2] as number, { attachments: all.slice(2) }),
      statement(numbers[3] as number),
    ];
    await store(sender.storage, sent, { attachments });
    await untilThere(sender);
    expect((await seen(sender)).deadLetters).toBe(0);
    await storedNumbers(sender, numbers);
    for (const { sha2, body } of attachments) {
      expect((await other.cairn.storage.attachments.get(sha2))?.body.equals(body)).toBe(true);
    }
    expect(await other.cairn.storage.attachments.get(elsewhere.sha2)).toBeUndefined();
  });

  it('are voided there too', async () => {
    const [target = 0, voider = 0] = newNumbers(2);
    const sender = await startSender([toCairn(other.cairn)]);
    await store(sender.storage, [statement(target)]);
    await store(sender.storage, [voiding(voider, target)]);
    await untilThere(sender);
    expect((await other.cairn.storage.statements.find(uuid(target)))?.voided).toBe(true);
    expect((await other.cairn.storage.statements.find(uuid(voider)))?.voided).toBe(false);
  });
});
