import { recordOf } from '../people/record.ts';
import type { Position } from '../statements/statement-query.ts';
import { authorityKey, voidedBy } from '../statements/store-statements.ts';
import type { Statement } from '../xapi/statement.ts';
import { installationSignals } from './installation-signals.ts';
import { appendPart, type Part, partCutter } from './parts.ts';
import { digestOf } from './query/canonical-query.ts';
import { readFact } from './signals/read-fact.ts';
import type { SignalTable } from './signals/signal-table.ts';
import { newWorld, type World } from './state/world.ts';
import { type PlacedRecord, worldKnownAt } from './state/world-known-at.ts';

/** One entry of the log, as far as metrics care. */
export type FollowedEntry = {
  readonly position: Position;
  /** Microseconds since 1970. */
  readonly stored: number;
  readonly kind: 'statement' | 'record' | 'other';
  readonly text: string;
  /** Whether it may void only statements of its own authority. */
  readonly voidsOnlyOwn: boolean;
};

/** Follows the log, entry by entry, and keeps what metrics are answered from. */
export type Follower = {
  readonly world: World;
  /** Takes in the next entry. */
  take(entry: FollowedEntry): void;
  /** What has come since it was last cut off, to be kept; and how many facts that is. */
  cut(): Part;
  waiting(): number;
  /** How many entries have come since then, whatever they say. */
  behind(): number;
  /** What was known at an earlier position; that of the last one asked for is kept. */
  knownAt(position: Position): World;
  /** What the installation now puts before the built-in table of signals, if facts have been read by another one. */
  outdatedBy(): object | undefined;
  /** By which table of signals facts have been read: the version of the built-in one, and a hash of what came before it. */
  readonly readBy: string;
};

export type EntryAt = (position: Position) => FollowedEntry | undefined;

/** What an installation that has said nothing puts before the built-in table. */
const NO_SIGNALS: object = {};

/** `entryAt` reads an entry of the log again; `signals` is what comes before the built-in table. */
export const follower = (entryAt: EntryAt, signals: object = NO_SIGNALS): Follower =>
  followerOf(worldOver(entryAt), entryAt, signals);

/**
 * Goes on from what was kept before, oldest part first.
 *
 * @throws Error when the log does not hold what the parts speak of.
 */
export const restoredFollower = (entryAt: EntryAt, parts: Iterable<Part>): Follower => {
  const world = worldOver(entryAt);
  const known = restore(world, parts, entryAt);
  return followerOf(world, entryAt, known.signals, known.said);
};

const worldOver = (entryAt: EntryAt): World =>
  newWorld((position) => {
    const entry = entryAt(position);
    return entry === undefined ? undefined : idOf(JSON.parse(entry.text) as Statement);
  });

const followerOf = (world: World, entryAt: EntryAt, signals: object, said: object = signals): Follower => {
  const table = installationSignals(signals);
  const cutter = partCutter(world, signals);
  const own = JSON.stringify(signals);
  let latest = said;
  cutter.mark();
  return {
    world,
    take: (entry) => {
      if (entry.kind === 'statement') takeStatement(world, entry, table);
      if (entry.kind === 'record') latest = takeRecord(world, entry) ?? latest;
      world.moveTo(entry.position);
    },
    cut: cutter.cut,
    waiting: cutter.waiting,
    behind: cutter.behind,
    knownAt: pastWorlds(world, entryAt),
    outdatedBy: () => (JSON.stringify(latest) === own ? undefined : latest),
    readBy: `${table.version}${own === '{}' ? '' : `+${digestOf(own).slice(0, 12)}`}`,
  };
};

const pastWorlds = (world: World, entryAt: EntryAt): Follower['knownAt'] => {
  let last: World | undefined;
  return (position) => {
    if (position >= world.upto()) return world;
    if (last?.upto() === position) return last;
    const records = world.records.flatMap((at): readonly PlacedRecord[] => {
      const entry = at <= position ? entryAt(at) : undefined;
      return entry === undefined ? [] : [{ record: recordOf(entry.text), position: at, at: entry.stored }];
    });
    last = worldKnownAt(world, position, records);
    return last;
  };
};

const idOf = ({ id = '' }: Statement): string => id.toLowerCase();

const takeStatement = (
  world: World,
  { text, position, stored, voidsOnlyOwn }: FollowedEntry,
  table: SignalTable,
): void => {
  const statement = JSON.parse(text) as Statement;
  const target = voidedBy(statement);
  if (target === undefined) {
    world.add({ position, stored, id: idOf(statement) }, readFact(statement, stored, table));
    return;
  }
  const authority = world.log.words.number(authorityKey(statement.authority));
  world.void({ target, position, authority, onlyOwn: voidsOnlyOwn });
};

/** Answers what the record puts before the table of signals, if that is what it is about. */
const takeRecord = (world: World, { text, position, stored }: FollowedEntry): object | undefined => {
  const record = recordOf(text);
  world.record(record, position, stored);
  return record.record === 'signals' ? record.table : undefined;
};

/** Parts first: voids and records find what they are about once everything is there. */
const restore = (world: World, parts: Iterable<Part>, entryAt: EntryAt) => {
  const later: Pick<Part, 'voids' | 'records' | 'upto'>[] = [];
  let signals = NO_SIGNALS;
  let said = NO_SIGNALS;
  for (const part of parts) {
    appendPart(world, part);
    ({ signals } = part);
    later.push({ voids: part.voids, records: part.records, upto: part.upto });
  }
  for (const { voids, records, upto } of later) {
    for (const one of voids) world.void(one);
    for (const position of records) {
      const entry = entryAt(position);
      if (entry === undefined)
        throw new Error(`Metrics know a record at position ${position}, which the log does not hold.`);
      said = takeRecord(world, entry) ?? said;
    }
    world.moveTo(upto);
  }
  world.touchAll();
  return { signals, said };
};
