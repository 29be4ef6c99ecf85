import { commit } from '../../ledger/commitment.ts';
import type { PartSpans } from '../../ledger/part-spans.ts';
import { nextSalt } from '../../ledger/salts.ts';
import type { Position } from '../../statements/statement-query.ts';
import type { Database } from './database.ts';
import { encodeText } from './stored-text.ts';

/** An entry that has its place in the order of storing, but is not in the log yet. */
export type PlacedEntry = {
  readonly position: Position;
  readonly op: number;
  /** Microseconds since 1970. */
  readonly stored: number;
  readonly flags: number;
  readonly text: string;
  /** Where the parts stand that are committed to on their own. */
  readonly parts: PartSpans;
};

/** Writes entries into the log within the transaction under way, each with its salt and its commitment. */
export type EntryWriter = (entries: readonly PlacedEntry[]) => void;

export const entryWriter = (database: Database): EntryWriter => {
  const insert = database.prepare('insert into entry values(?,?,?,?,?,?,?)');
  return (entries) => {
    for (const { position, op, stored, flags, text, parts } of entries) {
      const salt = nextSalt();
      insert.run(position, op, stored, flags, salt, commit(salt, text, parts), encodeText(text));
    }
  };
};

/** Entries as they go to another thread: their texts, and all their numbers in one array. */
export type PackedEntries = { readonly texts: readonly string[]; readonly numbers: Float64Array };

const NUMBERS = 10;

export const packEntries = (entries: readonly PlacedEntry[]): PackedEntries => {
  const numbers = new Float64Array(entries.length * NUMBERS);
  entries.forEach(({ position, op, stored, flags, parts: { actor, result, context } }, index) => {
    numbers.set([position, op, stored, flags, ...actor, ...result, ...context], index * NUMBERS);
  });
  return { texts: entries.map(({ text }) => text), numbers };
};

export const unpackEntries = ({ texts, numbers }: PackedEntries): readonly PlacedEntry[] =>
  texts.map((text, index) => {
    const at = (number: number) => numbers[index * NUMBERS + number] as number;
    const parts = { actor: [at(4), at(5)], result: [at(6), at(7)], context: [at(8), at(9)] } as const;
    return { position: at(0), op: at(1), stored: at(2), flags: at(3), text, parts };
  });
