/** The part of the platform's own `node:sqlite` that Cairn uses; `@photostructure/sqlite` has the same. */
export type Database = {
  exec(sql: string): void;
  prepare(sql: string): Prepared;
  close(): void;
};

export type Prepared = {
  run(...values: readonly Value[]): unknown;
  get(...values: readonly Value[]): Row | undefined;
  all(...values: readonly Value[]): Row[];
  iterate(...values: readonly Value[]): IterableIterator<Row>;
};

export type Value = string | number | Uint8Array | null;
export type Row = Readonly<Record<string, unknown>>;

type Driver = {
  readonly DatabaseSync: new (path: string, options?: { readonly readOnly: boolean }) => Database;
};

export type Durability =
  /** Every commit is fsynced: what was acknowledged survives a power cut. */
  | 'FULL'
  /** Consistent after a power cut, but the last commits may be lost: for what can be derived again. */
  | 'NORMAL';

/** Each commit writes whole pages: small ones where commits are small, large ones for what is flushed in bulk. */
const SMALL_PAGE = 4096;
const LARGE_PAGE = 16_384;
/** Pages that are free are given back when that is asked for. */
const INCREMENTAL = 2;

/**
 * Opens a database in WAL mode at the given durability, which is read back: some builds fall to NORMAL on WAL.
 * `cacheMegabytes` bounds its page cache, `patience` is how many milliseconds it waits for another's lock.
 */
export const openDatabase = async (
  path: string,
  durability: Durability,
  cacheMegabytes: number,
  patience = 5000,
): Promise<Database> => {
  const { DatabaseSync } = await driver();
  const database = new DatabaseSync(path);
  database.exec(`pragma busy_timeout=${patience}`);
  database.exec(`pragma page_size=${durability === 'FULL' ? SMALL_PAGE : LARGE_PAGE}`);
  // First of what may write: every commit is flushed before the next, even of a connection that has just been opened.
  database.exec(`pragma synchronous=${durability}`);
  if (database.prepare('pragma auto_vacuum').get()?.['auto_vacuum'] !== INCREMENTAL)
    database.exec(`pragma auto_vacuum=${INCREMENTAL}`);
  database.exec('pragma journal_mode=wal');
  database.exec('pragma trusted_schema=off');
  database.exec('pragma cell_size_check=on');
  database.exec('pragma temp_store=memory');
  database.exec(`pragma cache_size=-${cacheMegabytes * 1024}`);
  const level = Number(database.prepare('pragma synchronous').get()?.['synchronous']);
  if (level !== (durability === 'FULL' ? 2 : 1)) {
    throw new Error(`SQLite runs at synchronous=${level} on ${path}, not at ${durability} as was asked.`);
  }
  return database;
};

/** Opens a file that nobody writes, and leaves every byte of it as it is. */
export const openReadOnly = async (path: string): Promise<Database> => {
  const { DatabaseSync } = await driver();
  const database = new DatabaseSync(path, { readOnly: true });
  database.exec('pragma trusted_schema=off');
  database.exec('pragma cell_size_check=on');
  return database;
};

/**
 * Closes a database, dropping what was not committed and folding in its write-ahead log. On Node 20 the file stays
 * open, as do its locks, until the statements that were prepared on it have been collected.
 *
 * @throws Error when the disk does not take it; then it stays open, for to close it would be to try again.
 */
export const closeDatabase = (database: Database): void => {
  attempt(database, 'rollback');
  database.exec('pragma wal_checkpoint(truncate)');
  database.close();
};

/** Runs what may have nothing to do, or fail as the disk does: what was committed is safe all the same. */
export const attempt = (database: Database, sql: string): void => {
  try {
    database.exec(sql);
  } catch {}
};

const driver = async (): Promise<Driver> => {
  const builtIn = process.getBuiltinModule?.('node:sqlite') as Driver | undefined;
  return builtIn ?? ((await import('@photostructure/sqlite')) as unknown as Driver);
};

/** A blob as a Buffer over the same bytes. */
export const bytesOf = (value: unknown): Buffer => {
  const view = value as Uint8Array;
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
};
