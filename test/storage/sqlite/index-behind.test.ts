import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '../../../src/storage/sqlite/database.ts';
import { found, statement, store } from '../sample-statements.ts';
import { openFolder } from '../sqlite-folder.ts';

jest.setTimeout(60_000);

it('statements wait while the index is far behind, and nothing else does', async () => {
  const { storage, folder, close } = await openFolder({
    threads: resolve('dist'),
    tuning: { flushEvery: 1 },
  });
  await store(storage, [statement(1)]);
  const writer = await openDatabase(join(folder, 'index.db'), 'NORMAL', 1);
  writer.exec('begin immediate');
  let stored = 0;
  const all = Array.from({ length: 40 }, async (_, at) => {
    await pause(at * 10);
    await store(storage, [statement(at + 2)]);
    stored += 1;
  });
  for (let n = 0; n < 300 && storage.figures().index.backlog <= 16; n += 1) await pause(10);
  await pause(200);
  expect(storage.figures().index.backlog).toBeGreaterThan(16);
  expect(stored).toBeLessThan(30);
  const before = storage.figures().consistentThrough;
  await storage.proveWritable();
  expect(storage.figures().consistentThrough).toBeGreaterThan(before);
  writer.exec('rollback');
  writer.close();
  await Promise.all(all);
  expect(await found(storage)).toHaveLength(41);
  await close();
});
