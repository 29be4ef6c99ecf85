import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { Question } from '../../../src/metrics/metrics.ts';
import { openStorage } from '../../../src/storage/open-storage.ts';
import {
  type MetricsFollowing,
  openMetricsFollowing,
} from '../../../src/storage/sqlite/metrics-following.ts';
import {
  type MetricsTold,
  type MetricsTurns,
  metricsTurns,
} from '../../../src/storage/sqlite/metrics-turns.ts';
import { store, uuid } from '../sample-statements.ts';

/** More than is taken in at once. */
const STORED = 1500;
const ACCESS = { small: true, names: true };
const COUNT: Question = { kind: 'query', query: { metrics: ['events.count'] }, access: ACCESS };
const FRESH: Question = { kind: 'freshness', access: ACCESS };

let folder = '';
let following: MetricsFollowing;
let turns: MetricsTurns;
let told: MetricsTold[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-turns-'));
  const storage = await openStorage(`sqlite:${folder}`, { metrics: 'off' });
  for (let from = 0; from < STORED; from += 100)
    await store(
      storage,
      JSON.stringify(
        Array.from({ length: 100 }, (_, at) => ({
          id: uuid(from + at + 1),
          actor: { mbox: `mailto:p${(from + at) % 40}@example.org` },
          verb: { id: 'http://adlnet.gov/expapi/verbs/experienced' },
          object: { id: `https://own.example/${(from + at) % 7}` },
          timestamp: new Date(Date.UTC(2026, 2, 1) + 1000 * (from + at)).toISOString(),
        })),
      ),
    );
  await storage.close();
  following = await openMetricsFollowing(folder, 100_000);
  told = [];
  turns = metricsTurns(following, (what) => told.push(what));
});
afterEach(() => {
  following.close();
  rmSync(folder, { recursive: true, force: true });
});

const hear = (ask: number, question: Question, atLeast: number, patience: number): void =>
  turns.hear({ ask, question, atLeast, patience });
const answered = (): readonly number[] => told.flatMap((one) => ('asked' in one ? [one.asked] : []));
const answerTo = (ask: number) =>
  JSON.parse(
    told.flatMap((one) => ('asked' in one && one.asked === ask && 'json' in one ? [one.json] : []))[0] ??
      'null',
  );
const takeAll = (): void => {
  while (turns.take());
};

it('who wants what has just been stored is answered once it has been taken in, and others at once', () => {
  turns.hear({ head: STORED });
  hear(1, COUNT, STORED, 60_000);
  hear(2, FRESH, 0, 0);
  expect(turns.isAwaited()).toBe(true);
  turns.take();
  expect(answered()).toEqual([2]);
  expect(answerTo(2).behind).toBeGreaterThan(0);
  takeAll();
  expect(answered()).toEqual([2, 1]);
  expect(answerTo(1).totals[0].value).toBe(STORED);
  expect(turns.isAwaited()).toBe(false);
  expect(told.findLast((one) => 'upto' in one)).toEqual({ upto: STORED });
});

it('who has waited for as long as they would is answered as far as has been taken in', async () => {
  hear(1, COUNT, STORED, 5);
  await after(20);
  turns.take();
  expect(answered()).toEqual([1]);
  expect(answerTo(1).meta.behind).toBeGreaterThan(0);
});

it('nobody is answered twice, and one a turn is answered, so that following goes on', () => {
  for (let ask = 1; ask <= 5; ask += 1) hear(ask, FRESH, 0, 0);
  const upto = following.upto();
  turns.take();
  expect(answered()).toEqual([1]);
  expect(following.upto()).toBeGreaterThan(upto);
  takeAll();
  expect(answered()).toEqual([1, 2, 3, 4, 5]);
});

it('a question that fails is told as such, and the next one is answered', () => {
  takeAll();
  hear(1, { ...COUNT, access: undefined } as never, 0, 0);
  hear(2, FRESH, 0, 0);
  takeAll();
  expect(told).toContainEqual({ asked: 1, rejected: undefined });
  expect(told.some((one) => 'problem' in one)).toBe(true);
  expect(answerTo(2).behind).toBe(0);
});

it('is quiet while nobody asks but how far it has come', async () => {
  takeAll();
  const began = turns.quietFor();
  await after(30);
  hear(1, FRESH, 0, 0);
  takeAll();
  expect(turns.quietFor()).toBeGreaterThanOrEqual(began + 29);
  hear(2, COUNT, 0, 0);
  takeAll();
  expect(turns.quietFor()).toBeLessThan(began + 29);
});

it('answers as far as it has come when following does not get on', () => {
  hear(1, FRESH, 0, 0);
  hear(2, FRESH, 0, 0);
  expect(turns.answerAnyhow()).toBe(true);
  expect(turns.answerAnyhow()).toBe(false);
  expect(answered()).toEqual([1, 2]);
  expect(following.upto()).toBe(0);
});
