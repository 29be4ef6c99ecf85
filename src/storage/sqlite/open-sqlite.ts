import { join } from 'node:path';
import { v4 as newUuid } from 'uuid';
import type { Storage, StorageOptions } from '../storage.ts';
import { factAppender } from './append-fact.ts';
import { ATTACHMENTS, sqliteAttachments, sweepUnfinished } from './attachments.ts';
import { backingUp } from './back-up.ts';
import { type StoredClock, storedClock } from './clock.ts';
import { type CommitQueue, commitQueue } from './commit-queue.ts';
import { sqliteCredentials } from './credentials.ts';
import { closeDatabase, openDatabase } from './database.ts';
import { sqliteDocuments } from './documents.ts';
import { entryWriter, type PlacedEntry } from './entry-writer.ts';
import { figuresOf } from './figures.ts';
import { folding } from './folding.ts';
import { follow } from './follow.ts';
import { sqliteForwards } from './forwards.ts';
import { type HeadWatchers, headWatchers } from './head-watchers.ts';
import { indexDigest } from './index-digest.ts';
import { lockFolder } from './lock.ts';
import { type Log, lastingSetting, openLog } from './log.ts';
import { logReading } from './log-reading.ts';
import { type LogThread, logThread } from './log-thread.ts';
import { marker, whenAsked } from './marker.ts';
import { sqliteMetrics } from './metrics.ts';
import { openIndex, removeIndex } from './open-index.ts';
import type { PostingIndex } from './posting-index.ts';
import { sqliteQuarantine } from './quarantine.ts';
import { sqliteRecords } from './records.ts';
import { refuseHalfRestored } from './restore.ts';
import { scrubbing } from './scrubbing.ts';
import { sqliteStatements } from './statements.ts';
import { makeFolder } from './sync-folder.ts';
import { walDamage } from './wal-damage.ts';

/** How old a mark may be, in milliseconds, before a reader that asks for it has it renewed. */
const MARK_FRESH = 50;

/**
 * Opens the embedded store: `log.db` is the truth, `index.db` is derived from it and brought up to its head here.
 *
 * @throws Error when another process has it open, or it was written by a newer Cairn.
 */
export const openSqlite = (folder: string, options: StorageOptions = {}): Promise<Storage> =>
  openLocking(folder, (unlock) => openLocked(folder, options, unlock));

/** As {@link openSqlite}, but with the index made anew. */
export const rebuildSqlite = (folder: string, options: StorageOptions = {}): Promise<Storage> =>
  openLocking(folder, (unlock) => openLocked(folder, options, unlock, true));

const openLocking = async (
  folder: string,
  open: (unlock: () => void) => Promise<Storage>,
): Promise<Storage> => {
  await makeFolder(folder);
  const unlock = await lockFolder(folder);
  try {
    refuseHalfRestored(folder);
    return await open(unlock);
  } catch (error) {
    unlock();
    throw error;
  }
};

const openLocked = async (
  folder: string,
  options: StorageOptions,
  unlock: () => void,
  anew = false,
): Promise<Storage> => {
  const log = await soundLog(join(folder, 'log.db'), options);
  // The first start writes these: before there is a thread that would have to be ended if it cannot.
  const installation = installationOf(log, options);
  const signingKey = lastingSetting(log, 'signing-key');
  if (anew) await removeIndex(folder);
  await sweepUnfinished(join(folder, ATTACHMENTS));
  const { reader, index, markDamaged } = await openIndex(folder, log, options);

  const thread = options.threads === undefined ? undefined : logThread(options.threads, folder);
  const { fold, close: closeFolding } = folding(log.database, join(folder, 'log.db'));
  const watchers = headWatchers();
  const { clock, queue } = committing(log, index, options, { thread, watchers, fold });
  const { marks, marked } = marking(queue, log, clock);
  const scrub = scrubbing(options.threads, folder, markDamaged);
  const metrics = sqliteMetrics(options, folder, log, watchers);
  const rows = rowStores(log, queue, clock, folder);
  const reading = logReading(log.database, join(folder, 'log.db'), options.threads, options.tuning);
  const statements = sqliteStatements({ ...rows, log, reading, index, queue, clock, watchers });

  const backups = backingUp({ folder, installation, scripts: options.threads, queue });

  return {
    statements: {
      ...statements,
      consistentThrough: () => {
        marked(MARK_FRESH).catch(() => undefined);
        return statements.consistentThrough();
      },
    },
    ...rows,
    metrics: metrics.metrics,
    installation,
    signingKey,
    proveWritable: () => marked(),
    failure: queue.failure,
    figures: figuresOf(folder, log, clock, queue, index, marks.start),
    backup: backups.backup,
    scrub: scrub.start,
    indexDigest: async () => {
      await index.flushAll();
      return indexDigest(reader);
    },
    close: closing({
      stop: async () => {
        marks.stop();
        await queue.close();
        return queue.failure() !== undefined;
      },
      index,
      threads: [metrics.close, backups.close, scrub.stop, async () => thread?.close(), () => reading.close()],
      files: [
        async () => closeDatabase(log.database),
        async () => closeFolding(),
        async () => reader.close(),
        () => index.close(),
      ],
      unlock,
    }),
  };
};

/** From the first time on that it is asked for, the mark is renewed. */
const marking = (queue: CommitQueue, log: Log, clock: StoredClock) => {
  const persistMark = marker(queue, log, clock);
  const marks = whenAsked(() => persistMark().catch(() => undefined));
  const marked = (fresh?: number): Promise<void> => {
    marks.start();
    return persistMark(fresh);
  };
  return { marks, marked };
};

type Closing = {
  /** Answers whether the store has failed. */
  readonly stop: () => Promise<boolean>;
  readonly index: PostingIndex;
  readonly threads: readonly (() => Promise<unknown>)[];
  readonly files: readonly (() => Promise<unknown>)[];
  readonly unlock: () => void;
};

const closing =
  ({ stop, index, threads, files, unlock }: Closing) =>
  async (): Promise<void> => {
    // What is left of a disk that failed is looked at by the next start: to fold it in would be to try again.
    if (await stop()) return closeEach([...threads, async () => unlock()]);
    await closeEach([() => index.flushAll(), ...threads, ...files, async () => unlock()]);
  };

const installationOf = (log: Log, { installation }: StorageOptions): string =>
  lastingSetting(log, 'installation', () =>
    Buffer.from(installation ?? `https://${newUuid()}.cairn.invalid/`),
  ).toString();

/** What stands in rows of the log beside its entries, or in entries that are no statements. */
const rowStores = (log: Log, queue: CommitQueue, clock: StoredClock, folder: string) => {
  const appendFact = factAppender(log, clock);
  return {
    attachments: sqliteAttachments(log.database, folder),
    documents: sqliteDocuments(log.database, queue, appendFact),
    quarantine: sqliteQuarantine(log.database, queue),
    forwards: sqliteForwards(log.database, queue),
    credentials: sqliteCredentials(log.database, queue, appendFact),
    records: sqliteRecords(log, queue, clock),
  };
};

type Committing = {
  readonly thread: LogThread | undefined;
  readonly watchers: HeadWatchers;
  readonly fold: () => void;
};

const committing = (
  log: Log,
  index: PostingIndex,
  { onFailure = () => undefined, onCommit, tuning = {} }: StorageOptions,
  { thread, watchers, fold }: Committing,
) => {
  const clock = storedClock(log.lastStored(), Number(log.setting('mark')?.toString() ?? 0));
  const queue = commitQueue({
    database: log.database,
    write: entryWriter(log.database),
    fold,
    thread,
    largeGroup: tuning.largeGroup,
    takePlaced: log.takePlaced,
    committed: (placed, milliseconds) => {
      const last = placed.at(-1);
      onCommit?.({ entries: placed.length, statements: statementsIn(placed), milliseconds });
      if (last === undefined) return;
      for (const entry of placed) follow(index, log, entry, entry.statement);
      log.committed(last.position);
      clock.marked(last.stored);
      index.flush().catch(queue.stop);
      watchers.tell();
    },
    failed: onFailure,
  });
  return { clock, queue };
};

const statementsIn = (placed: readonly PlacedEntry[]): number =>
  placed.reduce((count, { statement }) => (statement === undefined ? count : count + 1), 0);

/** Takes every step, and then tells the first error. */
const closeEach = async (steps: readonly (() => Promise<unknown>)[]): Promise<void> => {
  const errors: unknown[] = [];
  for (const step of steps) await step().catch((error) => errors.push(error));
  if (errors.length > 0) throw errors[0];
};

/** @throws Error when commits that had been flushed would be dropped. */
const checkWal = async (path: string, onNotice?: (what: string) => void): Promise<void> => {
  const found = await walDamage(path, true);
  if (found === undefined) return;
  if (!found.isCertain) {
    onNotice?.(
      'The last commit in log.db-wal is not whole and is dropped. After a power cut that is as it should be: nobody ' +
        'was answered. If there was none, the disk has damaged it.',
    );
    return;
  }
  throw new Error(
    `log.db-wal is damaged at frame ${found.frame} of ${found.of}: what was acknowledged stands behind it. ` +
      'Restore the folder from a backup.',
  );
};

const soundLog = async (path: string, { onNotice }: StorageOptions): Promise<Log> => {
  await checkWal(path, onNotice);
  const log = openLog(await openDatabase(path, 'FULL', 8));
  // Frames that were dropped are not to stand behind new ones: after another power cut they would look like lost ones.
  log.database.exec('pragma wal_checkpoint(truncate)');
  return log;
};
