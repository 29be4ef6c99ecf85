import { NO_PARTS } from '../../ledger/part-spans.ts';
import type { StoredClock } from './clock.ts';
import type { Log } from './log.ts';

/**
 * Appends an entry that is no statement (a document's key and hash, an act on a credential) within the commit
 * under way, and answers its moment in microseconds.
 */
export type AppendFact = (op: number, fact: object) => number;

export const factAppender =
  (log: Log, clock: StoredClock): AppendFact =>
  (op, fact) => {
    const text = JSON.stringify(fact);
    const stored = clock.next();
    log.place({ op, flags: 0, text, parts: NO_PARTS }, stored);
    return stored;
  };
