import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cairn, cleanUp, newFolder, serveCairn } from './cairn.ts';
import { statement } from './statements.ts';

jest.setTimeout(60_000);
afterEach(cleanUp);

/** Longer than all rows of an answer may take to be measured. */
const IDLE = 6000;

it('a later page is there although nobody has asked anything for a while', async () => {
  const folder = newFolder();
  const file = join(folder, 'source');
  const lines = Array.from({ length: 6 }, (_, n) =>
    statement(n, { actor: { mbox: `mailto:p${n}@example.org` }, result: undefined }),
  );
  writeFileSync(file, lines.join('\n'));
  expect((await cairn(folder, 'import', file)).code).toBe(0);
  const { url, stop } = await serveCairn(folder);
  const ask = async (page: object, dimension = 'person') => {
    const response = await fetch(new URL('/api/v1/query', url), {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Basic ${Buffer.from('first:first-secret').toString('base64')}`,
      },
      body: JSON.stringify({
        metrics: ['events.count'],
        dimensions: [dimension],
        page: { limit: 2, ...page },
      }),
    });
    return {
      status: response.status,
      body: (await response.json()) as { rows: unknown[]; page: { next: string } },
    };
  };
  // By then everything has been taken in, and nothing else is to be done.
  for (const other of ['verb', 'activity']) await ask({}, other);
  const first = await ask({});
  expect(first.body.rows).toHaveLength(2);
  await sleep(IDLE);
  const second = await ask({ cursor: first.body.page.next });
  expect([second.status, second.body.rows?.length]).toEqual([200, 2]);
  expect(second.body.rows).not.toEqual(first.body.rows);
  await stop();
});
