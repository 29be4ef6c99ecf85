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
  /**
   * All pieces, oldest first, one at a time: all together they are as large as what is made of them.
   *
   * @throws Error when it comes to one that is missing, damaged, of another version or of another log: none of them is of use then.
   */
  load(): Iterable<Part>;
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
  const next = database.prepare('select * from part where upto>? order by upto limit 1');
  return {
    clear: () => database.exec('delete from part'),
    *load() {
      let before = 0;
      for (let row = next.get(0); row !== undefined; row = next.get(before)) {
        if (!isOurs(row)) throw new Error(ANEW);
        const part = deserialize(bytesOf(row['body'])) as Part;
        // A page that the disk has changed may have lost rows.
        if (part.from !== before) throw new Error(ANEW);
        before = part.upto;
        yield part;
      }
    },
    save: (part) => {
      const values = [part.upto, part.version, identityOf(part.upto), serialize(part)] as const;
      add.run(...values, rowSum(...values));
    },
  };
};
