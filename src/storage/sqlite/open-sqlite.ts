import { join } from 'node:path';
import { v4 as newUuid } from 'uuid';
import type { Storage, StorageOptions } from '../storage.ts';
import { factAppender } from './append-fact.ts';
import { sqliteAttachments, sweepUnfinished } from './attachments.ts';
import { type StoredClock, storedClock } from './clock.ts';
import { type CommitQueue, commitQueue } from './commit-queue.ts';
import { sqliteCredentials } from './credentials.ts';
import { closeDatabase, openDatabase } from './database.ts';
import { sqliteDocuments } from './documents.ts';
import { entryWriter } from './entry-writer.ts';
import { folding } from './folding.ts';
import { follow } from './follow.ts';
import { indexDigest } from './index-digest.ts';
import { lockFolder } from './lock.ts';
import { LOG_VERSION, type Log, lastingSetting, openLog } from './log.ts';
import { logReading } from './log-reading.ts';
import { type LogThread, logThread } from './log-thread.ts';
import { openIndex, removeIndex } from './open-index.ts';
import type { PostingIndex } from './posting-index.ts';
import { scrubbing } from './scrubbing.ts';
import { sqliteStatements } from './statements.ts';
import { makeFolder } from './sync-folder.ts';
import { walDamage } from './wal-damage.ts';

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
  if (anew) await removeIndex(folder);
  await sweepUnfinished(join(folder, 'attachments'));
  const { reader, index, markDamaged } = await openIndex(folder, log, options);

  const thread = options.threads === undefined ? undefined : logThread(options.threads, folder);
  const { fold, close: closeFolding } = folding(log.database, join(folder, 'log.db'));
  const { clock, queue } = committing(log, index, options, thread, fold);
  const persistMark = marker(queue, log, clock);
  const marks = whenAsked(() => persistMark().catch(() => undefined));
  const appendFact = factAppender(log, clock);
  const scrub = scrubbing(options.threads, folder, markDamaged);
  const attachments = sqliteAttachments(log.database, join(folder, 'attachments'));
  const reading = logReading(log.database, join(folder, 'log.db'), options.threads, options.tuning);
  const statements = sqliteStatements({ log, reading, index, queue, clock, attachments });

  return {
    statements: {
      ...statements,
      consistentThrough: () => {
        marks.start();
        persistMark(MARK_FRESH).catch(() => undefined);
        return statements.consistentThrough();
      },
    },
    attachments,
    documents: sqliteDocuments(log.database, queue, appendFact),
    credentials: sqliteCredentials(log.database, queue, appendFact),
    installation: lastingSetting(log, 'installation', () =>
      Buffer.from(options.installation ?? `https://${newUuid()}.cairn.invalid/`),
    ).toString(),
    signingKey: lastingSetting(log, 'signing-key'),
    proveWritable: () => {
      marks.start();
      return persistMark();
    },
    failure: queue.failure,
    scrub: scrub.start,
    indexDigest: async () => {
      await index.flushAll();
      return indexDigest(reader);
    },
    close: async () => {
      marks.stop();
      await queue.close();
      const threads = [scrub.stop, async () => thread?.close(), () => reading.close()];
      // What is left of a disk that failed is looked at by the next start: to fold it in would be to try again.
      if (queue.failure() !== undefined) return closeEach([...threads, async () => unlock()]);
      await closeEach([
        () => index.flushAll(),
        ...threads,
        async () => closeDatabase(log.database),
        async () => closeFolding(),
        async () => reader.close(),
        () => index.close(),
        async () => unlock(),
      ]);
    },
  };
};

const committing = (
  log: Log,
  index: PostingIndex,
  { onFailure = () => undefined, tuning = {} }: StorageOptions,
  thread: LogThread | undefined,
  fold: () => void,
) => {
  const clock = storedClock(log.lastStored(), Number(log.setting('mark')?.toString() ?? 0));
  const queue = commitQueue({
    database: log.database,
    write: entryWriter(log.database),
    fold,
    thread,
    largeGroup: tuning.largeGroup,
    takePlaced: log.takePlaced,
    committed: (placed) => {
      const last = placed.at(-1);
      if (last === undefined) return;
      for (const entry of placed) follow(index, log, entry, entry.statement);
      log.committed(last.position);
      clock.marked(last.stored);
      index.flush().catch(queue.stop);
    },
    failed: onFailure,
  });
  return { clock, queue };
};

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
  checkVersion(log);
  return log;
};

const checkVersion = (log: Log): void => {
  const version = Number(lastingSetting(log, 'version', () => Buffer.from(String(LOG_VERSION))).toString());
  if (version > LOG_VERSION) {
    throw new Error(
      `This store was written by a newer Cairn (format ${version}; this one knows ${LOG_VERSION}).`,
    );
  }
  if (version < LOG_VERSION) log.set('version', Buffer.from(String(LOG_VERSION)));
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
