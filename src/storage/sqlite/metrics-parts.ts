import { deserialize, serialize } from 'node:v8';
import { PART_VERSION, type Part } from '../../metrics/parts.ts';
import type { Position } from '../../statements/statement-query.ts';
import { bytesOf, type Database, type Row } from './database.ts';
import { isWhole, rowSum } from './row-sum.ts';

const SCHEMA = `
create table if not exists part(
  upto integer primary key, version integer not null, identity integer not null, body blob not null, sum integer not null);
`;

const ANEW = 'It is to be made anew.';

/** What metrics have taken in of the log, kept in pieces: each is there whole, with its position, or not at all. */
export type MetricsParts = {
  /** All pieces, oldest first; none if any of them is missing, damaged, of another version or of another log. */
  load(): readonly Part[];
  save(part: Part): void;
  /** Drops all pieces; what is saved next begins anew. */
  clear(): void;
};

/** `identityOf` tells one log from every other by one of its entries. */
export const metricsParts = (
  database: Database,
  identityOf: (position: Position) => number,
): MetricsParts => {
  database.exec(SCHEMA);
  const add = database.prepare('insert into part values(?,?,?,?,?)');
  const isOurs = (row: Row): boolean =>
    row['version'] === PART_VERSION &&
    row['identity'] === identityOf(Number(row['upto'])) &&
    isWhole(row, 'upto', 'version', 'identity', 'body');
  const read = (): readonly Part[] => {
    const rows = database.prepare('select * from part order by upto').all();
    let before = 0;
    return rows.map((row) => {
      if (!isOurs(row)) throw new Error(ANEW);
      const part = deserialize(bytesOf(row['body'])) as Part;
      // A page that the disk has changed may have lost rows.
      if (part.from !== before) throw new Error(ANEW);
      before = part.upto;
      return part;
    });
  };
  const clear = (): void => database.exec('delete from part');
  return {
    clear,
    load: () => {
      try {
        return read();
      } catch {
        clear();
        return [];
      }
    },
    save: (part) => {
      const values = [part.upto, part.version, identityOf(part.upto), serialize(part)] as const;
      add.run(...values, rowSum(...values));
    },
  };
};
