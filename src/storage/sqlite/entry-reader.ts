import { commit } from '../../ledger/commitment.ts';
import { OPS } from '../../ledger/leaf.ts';
import { byteSpans, NO_PARTS, partSpans } from '../../ledger/part-spans.ts';
import type { Position } from '../../statements/statement-query.ts';
import { bytesOf, type Database, type Row } from './database.ts';
import { damage, isWhole } from './row-sum.ts';
import { decodeText } from './stored-text.ts';

/** One entry of the log as it is kept. */
export type Entry = {
  readonly position: Position;
  readonly op: number;
  /** Microseconds since 1970, strictly ascending with the position. */
  readonly stored: number;
  readonly flags: number;
  readonly text: string;
};

/**
 * Reads committed entries; lists end early, but not before their first, when they come to {@link MOST} characters.
 *
 * @throws Error instead of answering what is not as it was written.
 */
export type EntryReader = {
  at(position: Position): Entry | undefined;
  /** When one was stored. */
  storedAt(position: Position): number | undefined;
  /** Those after a position, oldest first; with `op`, only of that kind. */
  after(position: Position, limit: number, op?: number): readonly Entry[];
  /** Those at some positions, in that order. */
  among(positions: readonly Position[]): readonly Entry[];
};

/** How many characters are read at once. */
const MOST = 16 * 1024 * 1024;

const COLUMNS = 'select * from entry';

export const entryReader = (database: Database): EntryReader => {
  const one = database.prepare(`${COLUMNS} where position=?`);
  const behind = database.prepare(`${COLUMNS} where position>? order by position`);

  const at = (position: Position): Entry | undefined => {
    const row = one.get(position);
    return row === undefined ? undefined : entryOf(row);
  };

  return {
    at,
    storedAt: (position) => {
      const row = one.get(position);
      return row === undefined ? undefined : Number(checked(row)['stored']);
    },
    after: (position, limit, op) => {
      const rows = withoutGaps(behind.iterate(position), position);
      return upToMost(first(limit, op === undefined ? rows : ofKind(op, rows)), entryOf);
    },
    among: (positions) =>
      upToMost(positions, (position) => {
        const entry = at(position);
        if (entry !== undefined) return entry;
        throw new Error(`The index names position ${position}, which the log does not hold.`);
      }),
  };
};

/** Positions have no gaps: where one is missing, the log is damaged. */
function* withoutGaps(rows: Iterable<Row>, position: Position): Generator<Row> {
  let expected = position + 1;
  for (const row of rows) {
    if (row['position'] !== expected) throw damage('log.db', `what should stand at position ${expected}`);
    expected += 1;
    yield row;
  }
}

function* ofKind(op: number, rows: Iterable<Row>): Generator<Row> {
  for (const row of rows) if (checked(row)['op'] === op) yield row;
}

function* first(limit: number, rows: Iterable<Row>): Generator<Row> {
  let left = limit;
  if (left === 0) return;
  for (const row of rows) {
    yield row;
    left -= 1;
    if (left === 0) return;
  }
}

/** Reads until there are {@link MOST} characters, but at least one. */
export const upToMost = <Source>(
  sources: Iterable<Source>,
  read: (source: Source) => Entry,
): readonly Entry[] => {
  const found: Entry[] = [];
  let length = 0;
  for (const source of sources) {
    const entry = read(source);
    length += entry.text.length;
    if (found.length > 0 && length > MOST) break;
    found.push(entry);
  }
  return found;
};

const checked = (row: Row): Row => {
  if (isWhole(row, 'position', 'op', 'stored', 'flags', 'salt', 'commitment', 'body')) return row;
  throw damage('log.db', `position ${row['position']}`);
};

/** @throws Error when it is not as it was written. */
export const entryOf = (row: Row): Entry => {
  checked(row);
  const entry = {
    position: Number(row['position']),
    op: Number(row['op']),
    stored: Number(row['stored']),
    flags: Number(row['flags']),
    text: decodeText(bytesOf(row['body'])),
  };
  if (row['sum'] === null && !keepsCommitment(row, entry))
    throw damage('log.db', `position ${entry.position}`);
  return entry;
};

/** Entries of a store that is older than the sums are held against what the ledger says of them. */
const keepsCommitment = (row: Row, { op, text }: Entry): boolean => {
  const bytes = Buffer.from(text);
  const parts = op === OPS.statement ? byteSpans(text, bytes.length, partSpans(text)) : NO_PARTS;
  return commit(bytesOf(row['salt']), bytes, parts).equals(bytesOf(row['commitment']));
};
