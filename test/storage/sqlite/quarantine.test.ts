import { join } from 'node:path';
import { MOST_QUARANTINED, type RefusedRequest } from '../../../src/statements/quarantine-store.ts';
import { openStorage } from '../../../src/storage/open-storage.ts';
import { openFolder, withDatabase } from '../sqlite-folder.ts';

const refused = (text: string): RefusedRequest => ({
  credential: 'a',
  family: '1.0.3',
  contentType: 'application/json',
  reason: 'json-invalid',
  problems: [],
  body: Buffer.from(text),
});

/** A folder in whose quarantine so many bytes are left. */
const nearlyFull = async (left: number): Promise<string> => {
  const { folder, close } = await openFolder();
  await close();
  const length = MOST_QUARANTINED.all - MOST_QUARANTINED.each - left;
  await withDatabase(join(folder, 'log.db'), (database) =>
    database
      .prepare(`insert into quarantine values(1,'big',1,'a','1.0.3','','','json-invalid','',?,x'00')`)
      .run(length),
  );
  return folder;
};

describe('the quarantine of the embedded store', () => {
  it('counts what stands around a body, and has room again for what is removed', async () => {
    const folder = await nearlyFull(2 * MOST_QUARANTINED.each - 1);
    const { quarantine, close } = await openStorage(`sqlite:${folder}`);
    const first = await quarantine.keep(refused('1'));
    expect(first).toBeDefined();
    expect(await quarantine.keep(refused('1'))).toBeUndefined();
    expect(await quarantine.keep(refused('2'))).toBeUndefined();
    expect(await quarantine.remove('big')).toBe(true);
    expect(await quarantine.keep(refused('2'))).toBeDefined();
    expect(await quarantine.list(10)).toHaveLength(2);
    await close();
  });

  it('counts what was wrong with a request', async () => {
    const folder = await nearlyFull(2 * MOST_QUARANTINED.each);
    const { quarantine, close } = await openStorage(`sqlite:${folder}`);
    const problems = [{ pointer: '', message: 'x'.repeat(2 * MOST_QUARANTINED.each) }];
    expect(await quarantine.keep({ ...refused('1'), problems })).toBeUndefined();
    expect(await quarantine.keep(refused('1'))).toBeDefined();
    await close();
  });
});
