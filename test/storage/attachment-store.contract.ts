import { createHash } from 'node:crypto';
import type { SentAttachment } from '../../src/statements/statement-store.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { closedAfterEach, everyWay, type Open, reasonOf } from './opened.ts';
import { found, statement, store, verb } from './sample-statements.ts';

const sent = (body: Buffer, contentType = 'application/octet-stream'): SentAttachment => ({
  sha2: createHash('sha256').update(body).digest('hex'),
  contentType,
  body,
});

/** Bytes of every value, so that nothing can take them for text. */
const bytes = (length: number): Buffer => Buffer.from(Uint8Array.from({ length }, (_, at) => (at * 7) % 256));

/** Whether it is there as it was sent; the bytes are compared as bytes, because jest would take seconds. */
const expectKept = async ({ attachments }: Storage, { body, ...rest }: SentAttachment): Promise<void> => {
  const { body: kept, ...other } = (await attachments.get(rest.sha2)) ?? { body: undefined };
  expect(other).toEqual(rest);
  expect(kept?.equals(body)).toBe(true);
  expect(await attachments.lengthOf(rest.sha2)).toBe(body.length);
};

/** What every backend's AttachmentStore has to do, and the storing of attachments with their statements. */
export const keepsTheAttachmentStoreContract = (backend: string, open: Open): void => {
  describe(`attachments on ${backend}`, () => {
    const fresh = closedAfterEach(open);

    it.each([0, 1, 65_535, 65_536, 65_537, 1_000_000])('gives back %d bytes as they came', async (length) => {
      const opened = await fresh();
      const attachment = sent(bytes(length), 'image/png; q="ü"');
      await store(opened.storage, [statement(1)], { attachments: [attachment] });
      await everyWay(opened, (storage) => expectKept(storage, attachment));
    });

    it('knows nothing that was not sent', async () => {
      const { storage } = await fresh();
      expect(await storage.attachments.get('ab'.repeat(32))).toBeUndefined();
      expect(await storage.attachments.lengthOf('ab'.repeat(32))).toBeUndefined();
    });

    it('keeps each content once, with the type with which it came first', async () => {
      const opened = await fresh();
      for (const body of [bytes(10), bytes(100_000)]) {
        const attachment = sent(body, 'text/plain');
        const again = { ...attachment, contentType: 'text/html' };
        await store(opened.storage, [statement(body.length)], { attachments: [attachment, again] });
        await store(opened.storage, [statement(body.length + 1)], { attachments: [again] });
        await everyWay(opened, (storage) => expectKept(storage, attachment));
      }
    });

    it('stores nothing with a batch that is refused or known', async () => {
      const opened = await fresh();
      await store(opened.storage, [statement(1)]);
      const [small, large] = [sent(bytes(11)), sent(bytes(70_000))];
      const attachments = [small, large];
      const refused = store(opened.storage, [statement(2), statement(1, { verb: verb('x') })], {
        attachments,
      });
      expect(await reasonOf(refused)).toBe('statement-conflict');
      await store(opened.storage, [statement(1)], { attachments });
      await everyWay(opened, async (storage) => {
        for (const { sha2 } of attachments) expect(await storage.attachments.get(sha2)).toBeUndefined();
      });
      await store(opened.storage, [statement(3)], { attachments });
      await expectKept(opened.storage, large);
    });

    it('stores one content that comes with several requests at once', async () => {
      const opened = await fresh();
      const large = sent(bytes(200_000));
      const numbers = [1, 2, 3, 4];
      await Promise.all(numbers.map((n) => store(opened.storage, [statement(n)], { attachments: [large] })));
      await everyWay(opened, async (storage) => {
        await expectKept(storage, large);
        expect(await found(storage)).toHaveLength(4);
      });
    });
  });
};
