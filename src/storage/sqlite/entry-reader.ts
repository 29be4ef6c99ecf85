import type { Position } from '../../statements/statement-query.ts';
import { bytesOf, type Database, type Row } from './database.ts';
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

/** Reads committed entries; lists end early, but not before their first, when they come to {@link MOST} characters. */
export type EntryReader = {
  at(position: Position): Entry | undefined;
  /** Those after a position, oldest first; with `op`, only of that kind. */
  after(position: Position, limit: number, op?: number): readonly Entry[];
  /** Those at some positions, in that order. */
  among(positions: readonly Position[]): readonly Entry[];
};

/** How many characters are read at once. */
const MOST = 16 * 1024 * 1024;

const COLUMNS = 'select position, op, stored, flags, body from entry';

export const entryReader = (database: Database): EntryReader => {
  const one = database.prepare(`${COLUMNS} where position=?`);
  const many = database.prepare(`${COLUMNS} where position>? order by position limit ?`);
  const manyOf = database.prepare(`${COLUMNS} where position>? and op=? order by position limit ?`);

  const at = (position: Position): Entry | undefined => {
    const row = one.get(position);
    return row === undefined ? undefined : entryOf(row);
  };

  return {
    at,
    after: (position, limit, op) => {
      const rows = op === undefined ? many.iterate(position, limit) : manyOf.iterate(position, op, limit);
      return upToMost(rows, entryOf);
    },
    among: (positions) =>
      upToMost(positions, (position) => {
        const entry = at(position);
        if (entry !== undefined) return entry;
        throw new Error(`The index names position ${position}, which the log does not hold.`);
      }),
  };
};

const upToMost = <Source>(sources: Iterable<Source>, read: (source: Source) => Entry): readonly Entry[] => {
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

const entryOf = (row: Row): Entry => ({
  position: Number(row['position']),
  op: Number(row['op']),
  stored: Number(row['stored']),
  flags: Number(row['flags']),
  text: decodeText(bytesOf(row['body'])),
});
