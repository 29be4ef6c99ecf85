import { OPS } from '../../ledger/leaf.ts';
import { NO_PARTS } from '../../ledger/part-spans.ts';
import type { RecordStore, StoredRecord } from '../../people/record-store.ts';
import type { StoredClock } from './clock.ts';
import type { CommitQueue } from './commit-queue.ts';
import { entryOf, upToMost } from './entry-reader.ts';
import type { Log } from './log.ts';

/** Found by a partial index, so that no statement is walked over. */
const RECORDS = 'select * from entry where op=8 and position>? and position<=? order by position limit ?';

export const sqliteRecords = (log: Log, queue: CommitQueue, clock: StoredClock): RecordStore => {
  const read = log.database.prepare(RECORDS);

  const place = (text: string): StoredRecord => {
    const stored = clock.next();
    return {
      position: log.place({ op: OPS.recorded, flags: 0, text, parts: NO_PARTS }, stored),
      stored,
      text,
    };
  };

  return {
    append: async (texts) =>
      texts.length === 0 ? [] : queue.add(() => texts.map(place), 'entries', texts.length),
    after: async (position, limit) =>
      upToMost(read.iterate(position, log.durable(), limit), entryOf).map(
        ({ position: at, stored, text }) => ({
          position: at,
          stored,
          text,
        }),
      ),
  };
};
