import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer } from '../../../src/metrics/views.ts';
import { openStorage } from '../../../src/storage/open-storage.ts';
import {
  type MetricsFollowing,
  openMetricsFollowing,
} from '../../../src/storage/sqlite/metrics-following.ts';
import { store, uuid } from '../sample-statements.ts';

/** Enough for several turns of taking in. */
const LEARNERS = 450;
const OWN_VERB = 'https://own.example/verbs/finished';
const TABLE = { rows: [{ verbs: [OWN_VERB], signals: ['completed'] }] };
const OTHER = { rows: [{ verbs: [OWN_VERB], signals: ['failed'] }] };

const finished = (from: number, count: number): string =>
  JSON.stringify(
    Array.from({ length: count }, (_, at) => ({
      id: uuid(from + at),
      actor: { mbox: `mailto:p${from + at}@example.org` },
      verb: { id: OWN_VERB },
      object: { id: 'https://own.example/course' },
      timestamp: '2026-03-01T12:00:00Z',
    })),
  );
const recorded = (table: object): string => JSON.stringify({ record: 'signals', table, by: 'test' });

const QUERY = { metrics: ['completion.rate', 'enrolments.count'], asOf: '2026-06-01' };
const ask = (following: MetricsFollowing): Answer => {
  const access = { small: true, names: true };
  const outcome = following.answer({ kind: 'query', query: QUERY, access });
  if ('rejected' in outcome) throw new Error(JSON.stringify(outcome.rejected));
  return JSON.parse(outcome.json) as Answer;
};
/** How many are completed, of how many, and by which table that was read. */
const told = (following: MetricsFollowing): readonly unknown[] => {
  const { totals, meta } = ask(following);
  const [rate] = totals as unknown as readonly [{ num: number; den: number }];
  return [rate.num, rate.den, meta.signals];
};
const settle = (following: MetricsFollowing): void => {
  while (following.step());
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-renewed-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Stores something; the store is closed before metrics look at it. */
const stored = async (act: (storage: Awaited<ReturnType<typeof openStorage>>) => Promise<unknown>) => {
  const storage = await openStorage(`sqlite:${folder}`, { metrics: 'off' });
  await act(storage);
  await storage.close();
};
const opened = () => openMetricsFollowing(folder, 100);

it('a table of signals changes what statements mean that were stored before it, and a start keeps that', async () => {
  await stored((storage) => store(storage, finished(1, LEARNERS)));
  const first = await opened();
  settle(first);
  const before = told(first);
  expect(before.slice(0, 2)).toEqual([0, LEARNERS]);
  first.close();

  await stored((storage) => storage.records.append([recorded(TABLE)]));
  const second = await opened();
  settle(second);
  const after = told(second);
  expect(after.slice(0, 2)).toEqual([LEARNERS, LEARNERS]);
  expect(after[2]).not.toBe(before[2]);
  second.close();

  const third = await opened();
  expect(third.upto()).toBe(LEARNERS + 1);
  expect(told(third)).toEqual(after);
  settle(third);
  expect(told(third)).toEqual(after);
  third.close();
});

it('answers keep coming from the table before until all is read anew, and then are no longer those that were kept', async () => {
  await stored(async (storage) => {
    await store(storage, finished(1, LEARNERS));
    await storage.records.append([recorded(TABLE)]);
  });
  const following = await opened();
  const seen: unknown[][] = [];
  let steps = 0;
  while (following.step()) {
    steps += 1;
    if (following.upto() > LEARNERS) seen.push([...told(following)]);
  }
  seen.push([...told(following)]);
  // Reading it anew takes several turns, with an answer after each.
  expect(seen.length).toBeGreaterThan(2);
  const tables = seen.map(([, , table]) => table);
  expect(new Set(tables).size).toBe(2);
  const [old] = tables;
  for (const [num, den, table] of seen) expect([num, den]).toEqual([table === old ? 0 : LEARNERS, LEARNERS]);
  expect(tables.lastIndexOf(old)).toBe(tables.indexOf(tables.at(-1)) - 1);
  expect(steps).toBeGreaterThan(2);
  following.close();
});

it('who says something else meanwhile is heard, and an empty table takes it back', async () => {
  await stored(async (storage) => {
    await store(storage, finished(1, LEARNERS));
    await storage.records.append([recorded(TABLE)]);
  });
  const following = await opened();
  while (following.upto() <= LEARNERS) following.step();
  const builtIn = told(following);
  expect(builtIn.slice(0, 2)).toEqual([0, LEARNERS]);
  following.step();
  await stored(async (storage) => {
    await storage.records.append([recorded(OTHER)]);
    await store(storage, finished(1000, 3));
  });
  settle(following);
  const other = told(following);
  expect(other.slice(0, 2)).toEqual([0, LEARNERS + 3]);
  expect(other[2]).not.toBe(builtIn[2]);
  await stored((storage) => storage.records.append([recorded({})]));
  settle(following);
  expect(told(following)).toEqual([0, LEARNERS + 3, builtIn[2]]);
  following.close();
});

it('a start in the midst of it goes on with it', async () => {
  await stored(async (storage) => {
    await store(storage, finished(1, LEARNERS));
    await storage.records.append([recorded(TABLE)]);
  });
  const first = await opened();
  while (first.upto() <= LEARNERS) first.step();
  first.step();
  first.close();
  const second = await opened();
  settle(second);
  expect(told(second).slice(0, 2)).toEqual([LEARNERS, LEARNERS]);
  second.close();
});

it('keeps how far it has come after many entries, though there is no fact in them', async () => {
  const rows = [{ identifier: { mbox: 'mailto:a@example.org' }, department: 'Sales' }];
  const record = JSON.stringify({ record: 'roster', rows, by: 'test' });
  await stored((storage) => storage.records.append(Array.from({ length: 250 }, () => record)));
  const first = await openMetricsFollowing(folder, 100, 100);
  settle(first);
  expect(first.upto()).toBe(250);
  first.close();
  const second = await openMetricsFollowing(folder, 100, 100);
  expect(second.upto()).toBe(200);
  second.close();
});
