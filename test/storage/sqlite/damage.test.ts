import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStorage } from '../../../src/storage/open-storage.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { put, STATE } from '../sample-documents.ts';
import { found, one, referring, statement, store, voiding } from '../sample-statements.ts';
import { copyOf, openFolder, withDatabase } from '../sqlite-folder.ts';

const LARGE = Buffer.alloc(100_000, 'large');
const SMALL = Buffer.from('small');
const sha2 = (body: Buffer): string => createHash('sha256').update(body).digest('hex');
const sent = (body: Buffer) => ({ sha2: sha2(body), contentType: 'text/plain', body });

let folder = '';
beforeAll(async () => {
  const opened = await openFolder();
  await store(opened.storage, [statement(1), statement(2)], { attachments: [sent(SMALL), sent(LARGE)] });
  await store(opened.storage, [statement(3)]);
  await put(opened.storage, STATE, 'bookmark');
  await opened.storage.credentials.create({ id: 'key', label: 'Key', scopes: ['all'], secretHash: 'hash' });
  await opened.close();
  folder = opened.folder;
});

const changed = async (sql: string): Promise<string> => {
  const copy = copyOf(folder);
  await withDatabase(join(copy, 'log.db'), (log) => log.exec(sql));
  return copy;
};

const using = async (copy: string, use: (storage: Storage) => Promise<void>): Promise<void> => {
  const storage = await openStorage(`sqlite:${copy}`);
  await use(storage).finally(() => storage.close());
};

/** The last byte of a blob is another. */
const OTHER = (column: string) =>
  `${column} = cast(substr(${column}, 1, length(${column}) - 1) || char(unicode(substr(${column}, -1)) + 1) as blob)`;

describe('what the disk has changed', () => {
  it.each([
    `body = (select body from entry where position = 1)`,
    'op = 2',
    'flags = flags + 1',
    'stored = stored + 1',
    'commitment = zeroblob(32)',
    OTHER('salt'),
  ])('of an entry is not served: %s', async (change) => {
    const copy = await changed(`update entry set ${change} where position = 2`);
    await using(copy, async (storage) => {
      await expect(one(storage, 2)).rejects.toThrow('log.db is damaged: position 2');
      await expect(found(storage)).rejects.toThrow('log.db is damaged: position 2');
      await expect(storage.statements.after(0, 10)).rejects.toThrow('log.db is damaged: position 2');
      expect((await one(storage, 3)).position).toBe(3);
    });
  });

  it('of an entry is no reason to stop: only who needs it is refused, whatever refers to it is stored', async () => {
    const copy = await changed('update entry set stored = stored + 1 where position = 2');
    const storage = await openStorage(`sqlite:${copy}`);
    const again = store(storage, [statement(2)]);
    const beside = store(storage, [statement(8)]);
    await expect(again).rejects.toThrow('log.db is damaged: position 2');
    await beside;
    await store(storage, [referring(9, 2), voiding(10, 2), statement(11)]);
    expect(storage.failure()).toBeUndefined();
    await storage.close();
    await using(copy, async (opened) => {
      await store(opened, [referring(12, 2)]);
      for (const n of [8, 9, 10, 11, 12]) expect((await one(opened, n)).position).toBeGreaterThan(3);
    });
  });

  it('leaves no gap that a list would step over', async () => {
    const copy = await changed('delete from entry where position = 2');
    await using(copy, async ({ statements }) => {
      await expect(statements.after(0, 10)).rejects.toThrow(
        'what should stand at position 2 is not as it was',
      );
    });
  });

  it.each(["content = x'00'", "content_type = 'text/html'", 'updated = updated + 1'])(
    'of a document is not served: %s',
    async (change) => {
      await using(await changed(`update document set ${change}`), async ({ documents }) => {
        await expect(documents.get({ ...STATE, id: 'bookmark' })).rejects.toThrow('the document bookmark');
      });
    },
  );

  it.each(["body = x'00' where body is not null", "content_type = 'text/html'"])(
    'of an attachment in the log is not served: %s',
    async (change) => {
      await using(await changed(`update attachment set ${change}`), async ({ attachments }) => {
        await expect(attachments.get(sha2(SMALL))).rejects.toThrow('log.db is damaged: the attachment');
      });
    },
  );

  it('of an attachment in a file is not served', async () => {
    const copy = copyOf(folder);
    const path = join(copy, 'attachments', sha2(LARGE).slice(0, 2), sha2(LARGE));
    writeFileSync(path, readFileSync(path).fill('x', 500, 501));
    await using(copy, async ({ attachments }) => {
      await expect(attachments.get(sha2(LARGE))).rejects.toThrow(`${path} is damaged`);
    });
  });

  it.each([
    ["update credential set scopes = 'all/read'", 'the credential key'],
    ["update setting set value = x'00' where name = 'signing-key'", 'the setting signing-key'],
  ])('keeps the store closed if all depends on it: %s', async (sql, what) => {
    await expect(openStorage(`sqlite:${await changed(sql)}`)).rejects.toThrow(what);
  });

  it('is seen in entries of a store that is older than the sums, too', async () => {
    const older = await changed('update entry set sum = null');
    await using(older, async (storage) => expect(await found(storage)).toEqual([3, 2, 1]));
    const copy = await changed(
      'update entry set sum = null, body = (select body from entry where position = 1) where position = 2',
    );
    await using(copy, async (storage) => {
      await expect(one(storage, 2)).rejects.toThrow('log.db is damaged: position 2');
    });
  });
});

describe('the write-ahead log that a crash has left', () => {
  /** A copy with several commits that are not folded in. */
  const crashed = async (): Promise<string> => {
    const opened = await openFolder({}, copyOf(folder));
    for (const n of [11, 12, 13]) await store(opened.storage, [statement(n)]);
    const copy = copyOf(opened.folder);
    await opened.close();
    return copy;
  };
  /** Another byte in the page of a frame, counted from the end. */
  const damageFrame = (copy: string, fromEnd: number): void => {
    const path = join(copy, 'log.db-wal');
    const bytes = readFileSync(path);
    const at = bytes.length - (fromEnd + 1) * (4096 + 24) + 24 + 100;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    writeFileSync(path, bytes);
  };

  it('is read as it is', async () => {
    await using(await crashed(), async (storage) =>
      expect(await found(storage)).toEqual([13, 12, 11, 3, 2, 1]),
    );
  });

  it('keeps the store closed when it is damaged before its last commit', async () => {
    const copy = await crashed();
    damageFrame(copy, 1);
    await expect(openStorage(`sqlite:${copy}`)).rejects.toThrow(
      /^log\.db-wal is damaged at frame \d+ of \d+/,
    );
  });

  it('keeps the store closed when its header is damaged', async () => {
    const copy = await crashed();
    const path = join(copy, 'log.db-wal');
    writeFileSync(path, readFileSync(path).fill(0xff, 20, 21));
    await expect(openStorage(`sqlite:${copy}`)).rejects.toThrow('log.db-wal is damaged');
  });

  it('may have lost its last commit in a power cut, which is told', async () => {
    const copy = await crashed();
    damageFrame(copy, 0);
    const told: string[] = [];
    const storage = await openStorage(`sqlite:${copy}`, { onNotice: (what) => told.push(what) });
    expect(told).toEqual([expect.stringMatching(/^The last commit in log\.db-wal is not whole/)]);
    expect(await found(storage)).toEqual([12, 11, 3, 2, 1]);
    await storage.close();
  });
});
