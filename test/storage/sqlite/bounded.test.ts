import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { rebuildStorage } from '../../../src/storage/open-storage.ts';
import { activity, found, one, referring, statement, store, verb, voiding } from '../sample-statements.ts';
import { copyOf, openFolder } from '../sqlite-folder.ts';

const MANY = 3000;
const contexts = Array.from({ length: MANY }, (_, n) => activity(`many-${n}`));
const wide = (n: number, change: object = {}) =>
  statement(n, { verb: verb('wide'), context: { contextActivities: { other: contexts } }, ...change });

const digestOf = async (opening: ReturnType<typeof rebuildStorage>): Promise<string> => {
  const storage = await opening;
  try {
    return await storage.indexDigest();
  } finally {
    await storage.close();
  }
};

describe('what a statement may cost those that refer to it', () => {
  it('is bounded: the nearest of its terms are inherited, whichever comes first, and a rebuild is equal', async () => {
    const { folder, storage, close } = await openFolder({ tuning: { flushEvery: 50 } });
    await store(storage, [wide(1)]);
    await store(
      storage,
      Array.from({ length: 100 }, (_, n) => referring(n + 2, 1)),
    );
    await store(
      storage,
      Array.from({ length: 1500 }, (_, n) => referring(n + 200, 199)),
    );
    await store(storage, [wide(199)]);
    const byVerb = await found(storage, { verb: verb('wide').id });
    expect(byVerb).toContain(101);
    expect(byVerb).toContain(200);
    // 250,000 postings at 256 each.
    expect(byVerb.filter((n) => n >= 200)).toHaveLength(Math.floor(250_000 / 256));
    const last = { activity: activity(`many-${MANY - 1}`).id, relatedActivities: true };
    expect(await found(storage, last)).toEqual([199, 1]);
    const digest = await storage.indexDigest();
    expect(await digestOf(rebuildStorage(`sqlite:${copyOf(folder)}`, { tuning: { flushEvery: 7 } }))).toBe(
      digest,
    );
    await close();
  });
});

describe('an index', () => {
  it('of another log is made anew', async () => {
    const [ours, theirs] = [await openFolder(), await openFolder()];
    await store(ours.storage, [statement(1), statement(2)]);
    await store(theirs.storage, [statement(3), statement(4), statement(5)]);
    await ours.close();
    await theirs.close();
    copyFileSync(join(theirs.folder, 'log.db'), join(ours.folder, 'log.db'));
    const again = await openFolder({}, ours.folder);
    expect(await found(again.storage)).toEqual([5, 4, 3]);
    await expect(one(again.storage, 1)).rejects.toThrow();
    await again.close();
  });
});

describe('a refused batch', () => {
  const body = Buffer.alloc(100_000, 'x');
  const sha2 = createHash('sha256').update(body).digest('hex');
  const attachments = [{ sha2, contentType: 'text/plain', body }];

  it('leaves no file of its attachments, nor does one that is here already', async () => {
    const { folder, storage, close } = await openFolder();
    await store(storage, [statement(1)], { by: 'other' });
    const refused = store(storage, [statement(1, { verb: verb('else') })], { attachments });
    await expect(refused).rejects.toMatchObject({ reason: 'statement-conflict' });
    await store(storage, [statement(1)], { attachments });
    const foreign = store(storage, [voiding(2, 1)], { attachments, voidsOnlyOwn: true });
    await expect(foreign).rejects.toMatchObject({ reason: 'forbidden' });
    expect(readdirSync(folder)).not.toContain('attachments');
    await store(storage, [statement(3)], { attachments });
    expect(readdirSync(join(folder, 'attachments'))).toEqual([sha2.slice(0, 2)]);
    expect((await one(storage, 3)).voided).toBe(false);
    await close();
  });
});
