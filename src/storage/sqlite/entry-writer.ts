import { commit } from '../../ledger/commitment.ts';
import { byteSpans, type PartSpans } from '../../ledger/part-spans.ts';
import { nextSalt } from '../../ledger/salts.ts';
import type { Position } from '../../statements/statement-query.ts';
import type { Statement } from '../../xapi/statement.ts';
import type { Database } from './database.ts';
import { rowSum } from './row-sum.ts';
import { encodeText } from './stored-text.ts';

/** An entry that has its place in the order of storing, but is not in the log yet. */
export type PlacedEntry = {
  readonly position: Position;
  readonly op: number;
  /** Microseconds since 1970. */
  readonly stored: number;
  readonly flags: number;
  readonly text: string;
  /** Where the parts stand that are committed to on their own, in characters. */
  readonly parts: PartSpans;
  /** What the text says, with id and authority, if the entry is a statement. */
  readonly statement?: Statement | undefined;
};

/** Entries as they are written and as they go to another thread: their texts as UTF-8, one behind the other. */
export type PackedEntries = { readonly texts: Buffer; readonly numbers: Float64Array };

/** Position, op, stored, flags, the text's length, and where its three parts start and end, in bytes. */
const NUMBERS = 11;

export const packEntries = (entries: readonly PlacedEntry[]): PackedEntries => {
  const numbers = new Float64Array(entries.length * NUMBERS);
  let length = 0;
  entries.forEach(({ text }, index) => {
    const bytes = Buffer.byteLength(text);
    numbers[index * NUMBERS + 4] = bytes;
    length += bytes;
  });
  const texts = Buffer.allocUnsafeSlow(length);
  let at = 0;
  let to = 0;
  for (const { position, op, stored, flags, text, parts } of entries) {
    const bytes = numbers[to + 4] as number;
    texts.write(text, at);
    const { actor, result, context } = byteSpans(text, bytes, parts);
    numbers.set([position, op, stored, flags, bytes, ...actor, ...result, ...context], to);
    at += bytes;
    to += NUMBERS;
  }
  return { texts, numbers };
};

/** Writes entries into the log within the transaction under way, each with its salt and its commitment. */
export type EntryWriter = (entries: PackedEntries) => void;

export const entryWriter = (database: Database): EntryWriter => {
  const insert = database.prepare('insert into entry values(?,?,?,?,?,?,?,?)');
  return ({ texts, numbers }) => {
    let at = 0;
    for (let from = 0; from < numbers.length; from += NUMBERS) {
      const number = (which: number) => numbers[from + which] as number;
      const text = texts.subarray(at, at + number(4));
      at += text.length;
      const salt = nextSalt();
      const parts: PartSpans = {
        actor: [number(5), number(6)],
        result: [number(7), number(8)],
        context: [number(9), number(10)],
      };
      const row = [
        number(0),
        number(1),
        number(2),
        number(3),
        salt,
        commit(salt, text, parts),
        encodeText(text),
      ];
      insert.run(...row, rowSum(...row));
    }
  };
};
