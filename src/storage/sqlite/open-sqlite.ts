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
import { follow } from './follow.ts';
import { sqliteForwards } from './forwards.ts';
import { type HeadWatchers, headWatchers } from './head-watchers.ts';
import { indexDigest } from './index-digest.ts';
import { lockFolder } from './lock.ts';
import { type Log, lastingSetting, openLog } from './log.ts';
import { logReading } from './log-reading.ts';
import { type LogThread, logThread } from './log-thread.ts';
import { openIndex, removeIndex } from './open-index.ts';
import type { PostingIndex } from './posting-index.ts';
import { sqliteQuarantine } from './quarantine.ts';
import { refuseHalfRestored } from './restore.ts';
import { sqliteStatements } from './statements.ts';
import { makeFolder } from './sync-folder.ts';

/** How often the clock's mark is persisted when nothing else is, in milliseconds. */
const MARK_EVERY = 1000;
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
  const log = openLog(await openDatabase(join(folder, 'log.db'), 'FULL', 8));
  if (anew) await removeIndex(folder);
  await sweepUnfinished(join(folder, ATTACHMENTS));
  const { reader, index } = await openIndex(folder, log, options);

  const thread = options.threads === undefined ? undefined : logThread(options.threads, folder);
  const watchers = headWatchers();
  const { clock, queue } = committing(log, index, options, thread, watchers);
  const persistMark = marker(queue, log, clock);
  const marks = whenAsked(() => persistMark().catch(() => undefined));
  const rows = rowStores(log, queue, clock, folder);
  const { attachments } = rows;
  const reading = logReading(log.database, join(folder, 'log.db'), options.threads, options.tuning);
  const statements = sqliteStatements({ log, reading, index, queue, clock, attachments, watchers });

  const installation = installationOf(log, options);
  const backups = backingUp({ folder, installation, scripts: options.threads });

  return {
    statements: {
      ...statements,
      consistentThrough: () => {
        marks.start();
        persistMark(MARK_FRESH).catch(() => undefined);
        return statements.consistentThrough();
      },
    },
    ...rows,
    installation,
    signingKey: lastingSetting(log, 'signing-key'),
    proveWritable: () => {
      marks.start();
      return persistMark();
    },
    failure: queue.failure,
    figures: figuresOf(folder, log, clock, queue, index),
    backup: backups.backup,
    indexDigest: async () => {
      await index.flushAll();
      return indexDigest(reader);
    },
    close: async () => {
      marks.stop();
      await queue.close();
      await closeEach([
        () => backups.close(),
        async () => (queue.failure() === undefined ? index.flushAll() : undefined),
        async () => thread?.close(),
        () => reading.close(),
        async () => closeDatabase(log.database),
        async () => reader.close(),
        () => index.close(),
        async () => unlock(),
      ]);
    },
  };
};

const installationOf = (log: Log, { installation }: StorageOptions): string =>
  lastingSetting(log, 'installation', () =>
    Buffer.from(installation ?? `https://${newUuid()}.cairn.invalid/`),
  ).toString();

/** What stands in rows of the log beside its entries. */
const rowStores = (log: Log, queue: CommitQueue, clock: StoredClock, folder: string) => {
  const appendFact = factAppender(log, clock);
  return {
    attachments: sqliteAttachments(log.database, folder),
    documents: sqliteDocuments(log.database, queue, appendFact),
    quarantine: sqliteQuarantine(log.database, queue),
    forwards: sqliteForwards(log.database, queue),
    credentials: sqliteCredentials(log.database, queue, appendFact),
  };
};

const committing = (
  log: Log,
  index: PostingIndex,
  { onFailure = () => undefined, onCommit, tuning = {} }: StorageOptions,
  thread: LogThread | undefined,
  watchers: HeadWatchers,
) => {
  const clock = storedClock(log.lastStored(), Number(log.setting('mark')?.toString() ?? 0));
  const queue = commitQueue({
    database: log.database,
    write: entryWriter(log.database),
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

/**
 * Marks are persisted only from the first time that anyone asks for one: nothing can be stored at or before them any
 * more, which a command that moves statements in with their own `stored` must not bring about by itself.
 */
const whenAsked = (persist: () => void) => {
  let timer: NodeJS.Timeout | undefined;
  return {
    start: () => {
      timer ??= setInterval(persist, MARK_EVERY).unref();
    },
    stop: () => clearInterval(timer),
  };
};

/**
 * Persists the clock's mark, unless what may be told is no older than `fresh` milliseconds or is about to
 * be renewed: by a commit that is under way, or because it is being persisted already.
 */
const marker = (queue: CommitQueue, log: Log, clock: StoredClock) => {
  let underWay: Promise<void> | undefined;
  return (fresh = 0): Promise<void> => {
    if (underWay !== undefined) return underWay;
    const isFresh = clock.now() - clock.consistentThrough() < fresh * 1000;
    if (fresh > 0 && (isFresh || queue.isBusy())) return Promise.resolve();
    let mark = 0;
    underWay = queue
      .add(() => {
        mark = clock.newMark();
        log.set('mark', Buffer.from(String(mark)));
      }, 'rows')
      .then(() => clock.marked(mark))
      .finally(() => {
        underWay = undefined;
      });
    return underWay;
  };
};
