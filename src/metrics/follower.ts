import { recordOf } from '../people/record.ts';
import type { Position } from '../statements/statement-query.ts';
import { authorityKey, voidedBy } from '../statements/store-statements.ts';
import type { Statement } from '../xapi/statement.ts';
import { appendPart, type Part, partCutter } from './parts.ts';
import { readFact } from './signals/read-fact.ts';
import { SIGNAL_TABLE } from './signals/signal-table.ts';
import type { IdAt } from './state/fact-log.ts';
import { newWorld, type World } from './state/world.ts';

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
};

/** `entryAt` reads an entry of the log again; `parts` are what was kept before, oldest first. */
export const follower = (
  entryAt: (position: Position) => FollowedEntry | undefined,
  parts: Iterable<Part> = [],
): Follower => {
  const idAt: IdAt = (position) => {
    const entry = entryAt(position);
    return entry === undefined ? undefined : idOf(JSON.parse(entry.text) as Statement);
  };
  const world = newWorld(idAt);
  restore(world, parts, entryAt);
  const cutter = partCutter(world);
  cutter.mark();
  return {
    world,
    take: (entry) => {
      if (entry.kind === 'statement') takeStatement(world, entry);
      if (entry.kind === 'record') takeRecord(world, entry);
      world.moveTo(entry.position);
    },
    cut: cutter.cut,
    waiting: cutter.waiting,
  };
};

const idOf = ({ id = '' }: Statement): string => id.toLowerCase();

const takeStatement = (world: World, { text, position, stored, voidsOnlyOwn }: FollowedEntry): void => {
  const statement = JSON.parse(text) as Statement;
  const target = voidedBy(statement);
  if (target === undefined) {
    world.add({ position, stored, id: idOf(statement) }, readFact(statement, stored, SIGNAL_TABLE));
    return;
  }
  const authority = world.log.words.number(authorityKey(statement.authority));
  world.void({ target, position, authority, onlyOwn: voidsOnlyOwn });
};

const takeRecord = (world: World, { text, position, stored }: FollowedEntry): void =>
  world.record(recordOf(text), position, stored);

/** Parts first: voids and records find what they are about once everything is there. */
const restore = (
  world: World,
  parts: Iterable<Part>,
  entryAt: (position: Position) => FollowedEntry | undefined,
): void => {
  const later: Part[] = [];
  for (const part of parts) {
    appendPart(world, part);
    later.push({ ...part, facts: {} as Part['facts'], details: {} as Part['details'] });
  }
  for (const { voids, records, upto } of later) {
    for (const one of voids) world.void(one);
    for (const position of records) {
      const entry = entryAt(position);
      if (entry === undefined)
        throw new Error(`Metrics know a record at position ${position}, which the log does not hold.`);
      takeRecord(world, entry);
    }
    world.moveTo(upto);
  }
  world.touchAll();
};
