import { randomBytes } from 'node:crypto';
import type { Position } from '../../statements/statement-query.ts';
import type { Statement } from '../../xapi/statement.ts';
import { bytesOf, type Database } from './database.ts';
import { type Entry, entryReader } from './entry-reader.ts';
import type { PlacedEntry } from './entry-writer.ts';
import { prepareLog } from './log-schema.ts';
import { damage, isWhole, rowSum } from './row-sum.ts';

export type NewEntry = Omit<PlacedEntry, 'position' | 'stored'>;

/** What decided at the time of storing, so that a rebuild under another configuration is equal; `later` is 2.0.0. */
export const FLAGS = { mayDefine: 1, verified: 2, noKey: 4, voidsOnlyOwn: 8, later: 16 } as const;

/** The truth: entries in one order, each written once, and the documents and credentials that stand now. */
export type Log = {
  readonly database: Database;
  /** Gives an entry its place and answers it; it is in the log once what {@link takePlaced} answers has been committed. */
  place(entry: NewEntry, stored: number): Position;
  /** What has been placed since it was last asked. */
  takePlaced(): readonly PlacedEntry[];
  /** Where the statement of an id (lower case) has its place, as long as it is not durable. */
  placeOf(id: string): Position | undefined;
  /** Told that everything up to a position is durable. */
  committed(position: Position): void;
  /** The last position that is durable: nothing behind it is shown to anyone. */
  durable(): Position;
  /** An entry, whether it is durable or only placed. */
  at(position: Position): Entry | undefined;
  /** Durable entries after a position, oldest first. */
  after(position: Position, limit: number): readonly Entry[];
  /** When the last durable entry was stored; 0 if there is none. */
  lastStored(): number;
  /** The last durable position stored at or before a moment in microseconds; 0 if none was. */
  positionAt(moment: number): Position;
  /** Tells this log from every other by one of its durable entries: 48 bits of its commitment, which is salted. */
  identityOf(position: Position): number;
  setting(name: string): Buffer | undefined;
  set(name: string, value: Buffer): void;
};

/** @throws Error for a log of a newer Cairn, which is left as it is. */
export const openLog = (database: Database): Log => {
  prepareLog(database);
  const read = entryReader(database);
  let durable = Number(
    database.prepare('select coalesce(max(position),0) as head from entry').get()?.['head'],
  );
  let head = durable;
  let placed: PlacedEntry[] = [];
  const onTheWay = new Map<Position, PlacedEntry>();
  const idsOnTheWay = new Map<string, Position>();

  const storedAt = (position: Position): number => read.storedAt(position) ?? 0;

  return {
    database,
    place: (added, stored) => {
      head += 1;
      const entry = { ...added, position: head, stored };
      placed.push(entry);
      onTheWay.set(head, entry);
      if (added.statement !== undefined) idsOnTheWay.set(idOf(added.statement), head);
      return head;
    },
    takePlaced: () => {
      const taken = placed;
      placed = [];
      return taken;
    },
    placeOf: (id) => idsOnTheWay.get(id),
    committed: (position) => {
      while (durable < position) {
        durable += 1;
        const statement = onTheWay.get(durable)?.statement;
        if (statement !== undefined) idsOnTheWay.delete(idOf(statement));
        onTheWay.delete(durable);
      }
    },
    durable: () => durable,
    at: (position) => onTheWay.get(position) ?? read.at(position),
    after: (position, limit) => read.after(position, limit),
    lastStored: () => storedAt(durable),
    identityOf: identityReader(database),
    positionAt: (moment) => lastWhere(durable, (position) => storedAt(position) <= moment),
    ...settings(database),
  };
};

const NOTHING = Buffer.alloc(0);

/** Tells a log from every other by one of its entries. */
export const identityReader = (database: Database): Log['identityOf'] => {
  const committed = database.prepare('select commitment from entry where position=?');
  return (position) => {
    const commitment = committed.get(position)?.['commitment'];
    const bytes = commitment === undefined ? NOTHING : bytesOf(commitment);
    return bytes.length < 6 ? 0 : bytes.readUIntBE(0, 6);
  };
};

const idOf = ({ id }: Statement): string => (id as string).toLowerCase();

const settings = (database: Database): Pick<Log, 'setting' | 'set'> => {
  const get = database.prepare('select * from setting where name=?');
  const put = database.prepare(
    'insert into setting values(?,?,?) on conflict do update set value=excluded.value, sum=excluded.sum',
  );
  return {
    setting: (name) => {
      const row = get.get(name);
      if (row === undefined) return undefined;
      if (!isWhole(row, 'name', 'value')) throw damage('log.db', `the setting ${name}`);
      return bytesOf(row['value']);
    },
    set: (name, value) => {
      put.run(name, value, rowSum(name, value));
    },
  };
};

/** The last position for which `holds`, given that it holds up to some position and then no more. */
const lastWhere = (head: Position, holds: (position: Position) => boolean): Position => {
  let low = 0;
  let high = head;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** A setting that is drawn once and then stays. */
export const lastingSetting = (
  log: Log,
  name: string,
  make: () => Buffer = () => randomBytes(32),
): Buffer => {
  const known = log.setting(name);
  if (known !== undefined) return known;
  const made = make();
  log.set(name, made);
  return made;
};
