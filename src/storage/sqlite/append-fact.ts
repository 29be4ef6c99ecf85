import { NO_PARTS } from '../../ledger/part-spans.ts';
import type { StoredClock } from './clock.ts';
import { follow } from './follow.ts';
import type { Log } from './log.ts';
import type { PostingIndex } from './posting-index.ts';

/**
 * Appends an entry that is no statement (a document's key and hash, an act on a credential) within the commit
 * under way, and answers its moment in microseconds.
 */
export type AppendFact = (op: number, fact: object) => number;

export const factAppender =
  (log: Log, index: PostingIndex, clock: StoredClock): AppendFact =>
  (op, fact) => {
    const text = JSON.stringify(fact);
    const stored = clock.next();
    const position = log.place({ op, flags: 0, text, parts: NO_PARTS }, stored);
    follow(index, log, { position, op, flags: 0 });
    return stored;
  };
