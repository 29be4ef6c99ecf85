import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStorage } from '../../src/storage/open-storage.ts';
import { cairn, cleanUp, newFolder, serveCairn } from './cairn.ts';
import { statements, uuid } from './statements.ts';

jest.setTimeout(60_000);
afterEach(cleanUp);

const filled = async (): Promise<string> => {
  const folder = newFolder();
  writeFileSync(join(folder, 'source'), statements(40).join('\n'));
  await cairn(folder, 'import', join(folder, 'source'));
  return folder;
};

describe('cairn rebuild', () => {
  it('makes an equal index, and says so', async () => {
    const { code, out, err } = await cairn(await filled(), 'rebuild');
    expect([code, err]).toEqual([0, '']);
    const [, before, after] =
      /^before {2}([0-9a-f]{64})\nafter {3}([0-9a-f]{64})\nThey are equal\.\n$/.exec(out) ?? [];
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    expect(after).toBe(before);
  });

  it('mends an index that cannot be read', async () => {
    const folder = await filled();
    for (const suffix of ['-wal', '-shm']) rmSync(join(folder, `index.db${suffix}`), { force: true });
    writeFileSync(join(folder, 'index.db'), 'no database at all, but long enough to be looked at');
    const { code, out } = await cairn(folder, 'rebuild');
    expect(code).toBe(0);
    expect(out).toMatch(/^before {2}could not be read: .+\nafter {3}[0-9a-f]{64}\nThey differ/);
    const storage = await openStorage(`sqlite:${folder}`);
    expect((await storage.statements.find(uuid(40)))?.text).toContain(uuid(40));
    await storage.close();
  });

  it('leaves the store of a running server alone', async () => {
    const folder = await filled();
    await serveCairn(folder);
    const { code, err } = await cairn(folder, 'rebuild');
    expect(code).toBe(1);
    expect(err).toContain(`cairn rebuild: A server is running on ${folder}. Stop it first`);
  });
});
