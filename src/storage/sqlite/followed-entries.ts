import { OPS } from '../../ledger/leaf.ts';
import type { FollowedEntry } from '../../metrics/follower.ts';
import type { Position } from '../../statements/statement-query.ts';
import type { Entry, EntryReader } from './entry-reader.ts';
import { FLAGS } from './log.ts';
import { Damage } from './row-sum.ts';

/** So many entries are taken in before others get their turn. */
const AT_ONCE = 200;

/** An entry that the disk has changed says nothing, and holds up nobody else's. */
export const nextEntries = (read: EntryReader, upto: Position): readonly FollowedEntry[] => {
  try {
    return read.after(upto, AT_ONCE).map(followed);
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    return [oneEntry(read, upto + 1)];
  }
};

const oneEntry = (read: EntryReader, position: Position): FollowedEntry => {
  try {
    const entry = read.at(position);
    if (entry !== undefined) return followed(entry);
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
  }
  return { position, stored: 0, kind: 'other', text: '', voidsOnlyOwn: false };
};

const KINDS: Readonly<Record<number, FollowedEntry['kind']>> = {
  [OPS.statement]: 'statement',
  [OPS.recorded]: 'record',
};

/** What metrics care about of an entry. */
export const followed = ({ position, stored, op, text, flags }: Entry): FollowedEntry => ({
  position,
  stored,
  kind: KINDS[op] ?? 'other',
  text,
  voidsOnlyOwn: (flags & FLAGS.voidsOnlyOwn) !== 0,
});

/** When an entry was stored, in milliseconds since 1970; of one that the disk has changed nobody knows. */
export const storedMillis = (read: EntryReader, position: Position): number | undefined => {
  try {
    const micros = read.storedAt(position);
    return micros === undefined ? undefined : micros / 1000;
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    return undefined;
  }
};
