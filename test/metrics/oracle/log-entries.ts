import { join } from 'node:path';
import { OPS } from '../../../src/ledger/leaf.ts';
import type { FollowedEntry } from '../../../src/metrics/follower.ts';
import { openDatabase } from '../../../src/storage/sqlite/database.ts';
import { type Entry, entryReader } from '../../../src/storage/sqlite/entry-reader.ts';
import { FLAGS } from '../../../src/storage/sqlite/log.ts';

const kindOf = ({ op }: Entry): FollowedEntry['kind'] => {
  if (op === OPS.statement) return 'statement';
  return op === OPS.recorded ? 'record' : 'other';
};

/** Every entry of the log of a data folder that nobody writes to. */
export const logEntries = async (folder: string): Promise<readonly FollowedEntry[]> => {
  const database = await openDatabase(join(folder, 'log.db'), 'FULL', 4);
  const read = entryReader(database);
  const entries: FollowedEntry[] = [];
  for (let found = read.after(0, 1000); found.length > 0; found = read.after(entries.length, 1000))
    for (const entry of found) {
      const { position, stored, text, flags } = entry;
      const voidsOnlyOwn = (flags & FLAGS.voidsOnlyOwn) !== 0;
      entries.push({ position, stored, text, kind: kindOf(entry), voidsOnlyOwn });
    }
  database.close();
  return entries;
};
