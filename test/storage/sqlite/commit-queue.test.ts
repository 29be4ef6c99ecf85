import { join } from 'node:path';
import { OPS } from '../../../src/ledger/leaf.ts';
import { NO_PARTS } from '../../../src/ledger/part-spans.ts';
import { type CommitQueue, commitQueue, unwritten } from '../../../src/storage/sqlite/commit-queue.ts';
import { openDatabase } from '../../../src/storage/sqlite/database.ts';
import { entryWriter } from '../../../src/storage/sqlite/entry-writer.ts';
import { openLog } from '../../../src/storage/sqlite/log.ts';
import { reject } from '../../../src/xapi/rejection.ts';
import { newFolder } from '../sqlite-folder.ts';

type Bench = {
  readonly queue: CommitQueue;
  readonly add: (value: number) => Promise<number>;
  readonly rows: () => number[];
  readonly told: Error[];
  /** How many entries were in the log each time that the queue told of a commit. */
  readonly commits: number[];
};

/** A value of 13 breaks the commit itself, whose foreign keys are looked at only then; 14 breaks the writing. */
const bench = async (): Promise<Bench> => {
  const database = await openDatabase(join(newFolder(), 'log.db'), 'NORMAL', 1);
  const log = openLog(database);
  database.exec(`pragma foreign_keys=on;
    create table parent(id integer primary key);
    create table child(id integer references parent(id) deferrable initially deferred);
    create trigger a after insert on entry when new.stored = 13 begin insert into child values(13); end;
    create trigger b after insert on entry when new.stored = 14 begin select raise(abort, 'disk full'); end`);
  const rows = () => log.after(0, 100).map(({ stored }) => stored);
  const told: Error[] = [];
  const commits: number[] = [];
  const queue = commitQueue({
    fold: () => undefined,
    database,
    write: entryWriter(database),
    takePlaced: log.takePlaced,
    committed: () => commits.push(rows().length),
    failed: (error) => told.push(error),
  });
  const add = (value: number) =>
    queue.add(() => {
      log.place({ op: OPS['document-put'], flags: 0, text: '{}', parts: NO_PARTS }, value);
      return value;
    });
  return { queue, add, rows, told, commits };
};

const UNAVAILABLE = { reason: 'unavailable' };

describe('the commit queue', () => {
  it('makes one commit of all that arrives in one turn, in the order of its arrival', async () => {
    const { add, rows, commits } = await bench();
    expect(await Promise.all([add(1), add(2), add(3)])).toEqual([1, 2, 3]);
    expect(await add(4)).toBe(4);
    expect(rows()).toEqual([1, 2, 3, 4]);
    expect(commits).toEqual([3, 4]);
  });

  it('tells nobody before the commit', async () => {
    const { add, commits } = await bench();
    const seen: number[] = [];
    await Promise.all([1, 2].map((value) => add(value).then(() => seen.push(commits.length))));
    expect(seen).toEqual([1, 1]);
  });

  it('accepts nothing from the call of close on, and keeps what came before it', async () => {
    const { queue, add, rows, told } = await bench();
    const before = queue.add(() => 'heavy', 'entries', 1000);
    const last = add(1);
    const closed = queue.close();
    await expect(add(2)).rejects.toMatchObject(UNAVAILABLE);
    expect([await before, await last]).toEqual(['heavy', 1]);
    await closed;
    expect([rows(), told]).toEqual([[1], []]);
  });

  it('lets a task that is rejected leave its neighbours alone', async () => {
    const { queue, add, rows, told } = await bench();
    const rejection = reject('statement-conflict', '', 'No.');
    const fault = new TypeError('of the caller');
    const outcomes = await Promise.allSettled([
      add(1),
      queue.add(() => {
        throw rejection;
      }),
      queue.add(() =>
        unwritten(() => {
          throw fault;
        }),
      ),
      add(2),
    ]);
    expect(outcomes).toEqual([
      { status: 'fulfilled', value: 1 },
      { status: 'rejected', reason: rejection },
      { status: 'rejected', reason: fault },
      { status: 'fulfilled', value: 2 },
    ]);
    expect([rows(), told, queue.failure()]).toEqual([[1, 2], [], undefined]);
  });

  it.each([
    ['a commit that fails', 13],
    ['a write that fails', 14],
    ['a fault within a task', 'fault'],
  ])('rejects the whole group for %s, drops what it wrote, and stops', async (_, cause) => {
    const { queue, add, rows, told, commits } = await bench();
    await add(1);
    const breaking = () => {
      if (typeof cause === 'number') return add(cause);
      return queue.add(() => {
        throw new Error('fault');
      });
    };
    const outcomes = await Promise.allSettled([add(2), breaking(), add(3)]);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: UNAVAILABLE });
    expect(rows()).toEqual([1]);
    expect(told).toHaveLength(1);
    expect(queue.failure()).toBe(told[0]);
    await expect(add(4)).rejects.toMatchObject(UNAVAILABLE);
    await queue.close();
    expect([rows(), told.length, commits]).toEqual([[1], 1, [1]]);
  });

  it('waits for what was added before it closes, and refuses what comes later', async () => {
    const { queue, add, rows, told } = await bench();
    const before = [add(1), add(2)];
    const closed = queue.close();
    const late = before[0]?.then(() => add(3));
    await closed;
    expect(rows()).toEqual([1, 2]);
    await expect(late).rejects.toMatchObject(UNAVAILABLE);
    await expect(add(4)).rejects.toMatchObject(UNAVAILABLE);
    expect([rows(), told]).toEqual([[1, 2], []]);
  });

  it('stops for an error that came up elsewhere: what waits is refused', async () => {
    const { queue, add, rows, told } = await bench();
    const waiting = add(1);
    const error = new Error('elsewhere');
    queue.stop(error);
    queue.stop(new Error('again'));
    await expect(waiting).rejects.toMatchObject(UNAVAILABLE);
    expect([rows(), told, queue.failure()]).toEqual([[], [error], error]);
  });
});
