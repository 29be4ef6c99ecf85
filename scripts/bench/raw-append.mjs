import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {import('./corpus.mjs').Corpus} Corpus */
/** @typedef {{ sqlite: number, file: number }} AppendRates statements per second by way */

/** @typedef {(statements: readonly Buffer[]) => void} Append one durable write */

/** The platform's SQLite, or the package that brings the same one to older Node. */
const openDatabase = async (/** @type {string} */ path) => {
  const { DatabaseSync } = await import('node:sqlite').catch(() => import('@photostructure/sqlite'));
  return new DatabaseSync(path);
};

/**
 * @param {string} folder
 * @returns {Promise<{ append: Append, end: () => void }>}
 */
const createSqliteLog = async (folder) => {
  const path = join(folder, 'append.db');
  const database = await openDatabase(path);
  database.exec('PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec('CREATE TABLE log (position INTEGER PRIMARY KEY, body BLOB NOT NULL)');
  const insert = database.prepare('INSERT INTO log (body) VALUES (?)');
  return {
    append: (statements) => {
      database.exec('BEGIN');
      for (const statement of statements) insert.run(statement);
      database.exec('COMMIT');
    },
    end: () => {
      database.close();
      for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    },
  };
};

/**
 * @param {string} folder
 * @returns {{ append: Append, end: () => void }}
 */
const createFileLog = (folder) => {
  const path = join(folder, 'append.log');
  const file = openSync(path, 'a');
  return {
    append: (statements) => {
      writeSync(file, Buffer.concat(statements));
      fdatasyncSync(file);
    },
    end: () => {
      closeSync(file);
      rmSync(path);
    },
  };
};

/**
 * @param {Append} append
 * @param {readonly Buffer[][]} groups
 * @param {number} seconds
 */
const rateOf = (append, groups, seconds) => {
  const start = performance.now();
  let statements = 0;
  for (const group of groups) {
    append(group);
    statements += group.length;
    if (performance.now() - start > seconds * 1000) break;
  }
  return (statements / (performance.now() - start)) * 1000;
};

/**
 * How fast this disk takes the same bytes when nothing else is done: appended to an SQLite table (WAL,
 * synchronous FULL) and to a plain file (fdatasync), `group` statements per durable write.
 * @param {object} options
 * @param {string} options.folder on the disk to measure
 * @param {Corpus} options.corpus
 * @param {number} options.from
 * @param {number} options.count
 * @param {number} options.group
 * @param {number} options.seconds at most, for each way
 * @returns {Promise<AppendRates>}
 */
export const measureAppend = async ({ folder, corpus, from, count, group, seconds }) => {
  const next = corpus.pieces(from, count, 1);
  const bodies = Array.from({ length: count }, () => next()?.body ?? Buffer.alloc(0));
  const groups = Array.from({ length: Math.ceil(count / group) }, (_, index) =>
    bodies.slice(index * group, (index + 1) * group),
  );
  const sqliteLog = await createSqliteLog(folder);
  const sqlite = rateOf(sqliteLog.append, groups, seconds);
  sqliteLog.end();
  const fileLog = createFileLog(folder);
  const file = rateOf(fileLog.append, groups, seconds);
  fileLog.end();
  return { sqlite, file };
};
