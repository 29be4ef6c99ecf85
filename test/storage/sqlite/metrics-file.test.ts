import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { PART_VERSION } from '../../../src/metrics/parts.ts';
import { openStorage } from '../../../src/storage/open-storage.ts';
import { bytesOf, type Database } from '../../../src/storage/sqlite/database.ts';
import { rowSum } from '../../../src/storage/sqlite/row-sum.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { identifier, learning } from '../../metrics/oracle/arbitrary-learning.ts';
import { askedOf, figuresIn } from '../../metrics/oracle/ask-world.ts';
import { logEntries } from '../../metrics/oracle/log-entries.ts';
import { oracleAnswers, rounded } from '../../metrics/oracle/oracle-answers.ts';
import { oracleOf } from '../../metrics/oracle/oracle-state.ts';
import { store, uuid, voiding } from '../sample-statements.ts';
import { copyOf, openFolder, withDatabase } from '../sqlite-folder.ts';

const ACCESS = { small: true, names: true };
const KEPT_FROM = 5;
const TUNING = { tuning: { metricsKeptFrom: KEPT_FROM } };
const WHOLE_TIME = { window: null, start: 'assigned', includeWaived: false, includeImmature: false } as const;

const digest = async (storage: Storage): Promise<string> =>
  (JSON.parse(await storage.metrics.ask({ kind: 'digest', access: ACCESS })) as { digest: string }).digest;

/** What metrics know after a start on a folder. */
const digestOf = async (folder: string): Promise<string> => {
  const storage = await openStorage(`sqlite:${folder}`, TUNING);
  const found = await digest(storage);
  await storage.close();
  return found;
};

const inMetrics = <Result>(folder: string, use: (database: Database) => Result): Promise<Result> =>
  withDatabase(join(folder, 'metrics.db'), use);

const partsIn = (folder: string): Promise<number> =>
  inMetrics(folder, (database) => database.prepare('select upto from part').all().length);

const removeMetrics = (folder: string): void => {
  for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `metrics.db${end}`), { force: true });
};

/** Statements of every kind, so many at a time, with voids and who is who; metrics are asked in between. */
const fill = async (storage: Storage, from: number): Promise<void> => {
  const said = fc.sample(learning, { numRuns: 60, seed: from }).map(({ authority: _, ...one }) => one);
  const people = fc.sample(fc.tuple(identifier, identifier), { numRuns: 4, seed: from });
  for (let at = 0; at < said.length; at += 15) {
    const batch = said.slice(at, at + 15).map((one, place) => ({ id: uuid(from + at + place), ...one }));
    await store(storage, JSON.stringify([...batch, voiding(from + 500 + at, from + at + 20)]));
    const record = { record: 'merge', identifiers: people[at / 15], why: 'the same', by: 'key' };
    await storage.records.append([JSON.stringify(record)]);
    await digest(storage);
  }
};

const filled = async (from = 1000): Promise<string> => {
  const opened = await openFolder(TUNING);
  await fill(opened.storage, from);
  await opened.close();
  return opened.folder;
};

let folder = '';
let whole = '';
beforeAll(async () => {
  folder = await filled();
  const copy = copyOf(folder);
  removeMetrics(copy);
  whole = await digestOf(copy);
});

describe('metrics.db', () => {
  it('is kept in several parts, and says after a start what the log says', async () => {
    expect(await partsIn(folder)).toBeGreaterThan(2);
    expect(await digestOf(copyOf(folder))).toBe(whole);
    const storage = await openStorage(`sqlite:${copyOf(folder)}`, TUNING);
    const json = await storage.metrics.ask({ ...askedOf('course', WHOLE_TIME), access: ACCESS });
    await storage.close();
    const now = Date.parse((JSON.parse(json) as { meta: { asOf: string } }).meta.asOf);
    const told = oracleAnswers(oracleOf(await logEntries(copyOf(folder))), 'course', now, WHOLE_TIME);
    expect(Object.keys(told).length).toBeGreaterThan(2);
    expect(figuresIn(json)).toEqual(rounded(told));
  });

  it('is made anew when it is another log’s, or of a newer version', async () => {
    const copy = copyOf(folder);
    writeFileSync(join(copy, 'metrics.db'), readFileSync(join(await filled(5000), 'metrics.db')));
    expect(await digestOf(copy)).toBe(whole);
    const newer = copyOf(folder);
    await inMetrics(newer, (database) => {
      const change = database.prepare('update part set version=?, sum=? where upto=?');
      for (const { upto, version, identity, body } of database.prepare('select * from part').all()) {
        const values = [Number(upto), Number(version) + 1, Number(identity), bytesOf(body)] as const;
        change.run(values[1], rowSum(...values), values[0]);
      }
    });
    expect(await digestOf(newer)).toBe(whole);
    expect(
      await inMetrics(newer, (database) => database.prepare('select max(version) v from part').get()),
    ).toEqual({
      v: PART_VERSION,
    });
  });

  it.each([
    'delete from part where upto = (select min(upto) from part)',
    'delete from part where upto = (select upto from part order by upto limit 1 offset 1)',
    'delete from part where upto = (select max(upto) from part)',
    'delete from part',
    'drop table part',
    'update part set body = zeroblob(20) where upto = (select min(upto) from part)',
    'update part set identity = identity + 1 where upto = (select max(upto) from part)',
  ])('is made anew, or goes on from where it is right, after %s', async (sql) => {
    const copy = copyOf(folder);
    await inMetrics(copy, (database) => database.exec(sql));
    expect(await digestOf(copy)).toBe(whole);
  });

  it('is made anew when it was cut off or is no database at all', async () => {
    const path = join(folder, 'metrics.db');
    const { length } = readFileSync(path);
    for (const left of [0, 10, 100, 16_384, 20_000, length - 16_384, length - 1]) {
      const copy = copyOf(folder);
      truncateSync(join(copy, 'metrics.db'), left);
      expect([left, await digestOf(copy)]).toEqual([left, whole]);
    }
    const copy = copyOf(folder);
    writeFileSync(join(copy, 'metrics.db'), 'no database');
    expect(await digestOf(copy)).toBe(whole);
  });

  it('tells the same whichever of its bits has flipped', async () => {
    const bytes = readFileSync(join(folder, 'metrics.db'));
    const flips = fc.sample(fc.nat({ max: bytes.length * 8 - 1 }), 12);
    const inHeaders = [0, 16_384, 2 * 16_384].flatMap((page) =>
      [3, 5, 12, 18, 100, 103].map((at) => (page + at) * 8 + 2),
    );
    for (const bit of [...flips, ...inHeaders].filter((one) => one < bytes.length * 8)) {
      const copy = copyOf(folder);
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      writeFileSync(join(copy, 'metrics.db'), flipped);
      expect([bit, await digestOf(copy)]).toEqual([bit, whole]);
    }
  }, 60_000);

  it('keeps later what it could not keep, and nothing that stands behind a gap', async () => {
    const copy = copyOf(folder);
    const { storage, close } = await openFolder(TUNING, copy);
    await digest(storage);
    await inMetrics(copy, (database) =>
      database.exec("create trigger full before insert on part begin select raise(abort, 'full'); end"),
    );
    await fill(storage, 20_000).catch(() => undefined);
    await inMetrics(copy, (database) => database.exec('drop trigger full'));
    await fill(storage, 30_000);
    const live = await digest(storage);
    await close();
    expect(await digestOf(copyOf(copy))).toBe(live);
    removeMetrics(copy);
    expect(await digestOf(copy)).toBe(live);
  });
});
