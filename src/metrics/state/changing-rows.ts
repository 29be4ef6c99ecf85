import { whoIsWho } from './who-is-who.ts';
import type { World } from './world.ts';

/** Rows of which columns are reckoned, as they are now, and which of them have become others. */
export type ChangingRows = {
  readonly size: number;
  /** Another one when any row may have become another without being told of below. */
  readonly stand: string;
  /** Where the changes end that there have been so far. */
  readonly mark: number;
  /** The rows that have changed since a mark, or are new, in any order; undefined if too many have to tell which. */
  since(mark: number): Uint32Array | undefined;
};

/** A table of state: rows under persons. */
type StateTable = {
  readonly table: { readonly rows: number };
  forEach(person: number, visit: (row: number) => void): void;
};

/** If so many rows have changed, and so large a share of all, all are reckoned again. */
const MANY = 1000;
const MUCH = 1 / 8;

/** The rows of a table of state: those of a person change when the person is folded. */
export const rowsOfState = (world: World, of: StateTable): ChangingRows => {
  /** Many columns are of the same mark. */
  const found = new Map<number, Uint32Array | undefined>();
  return {
    size: of.table.rows,
    stand: whoIsWho(world),
    mark: world.folded.mark(),
    since: (mark) => {
      if (!found.has(mark)) found.set(mark, rowsFoldedSince(world, of, mark));
      return found.get(mark);
    },
  };
};

const rowsFoldedSince = ({ folded }: World, of: StateTable, mark: number): Uint32Array | undefined => {
  const persons = folded.since(mark);
  const most = Math.max(MANY, of.table.rows * MUCH);
  if (persons === undefined || persons.length > most) return undefined;
  const rows: number[] = [];
  const take = (row: number): void => {
    rows.push(row);
  };
  for (const person of new Set(persons)) {
    of.forEach(person, take);
    if (rows.length > most) return undefined;
  }
  return Uint32Array.from(rows);
};

/** Facts: they never change, but for being taken back, and for whom they are about. */
export const rowsOfFacts = (world: World): ChangingRows => {
  const { rows } = world.log.facts;
  return {
    size: rows,
    stand: `${whoIsWho(world)} ${world.voids.all.length}`,
    mark: rows,
    since: (mark) => {
      if (rows - mark > Math.max(MANY, rows * MUCH)) return undefined;
      const found = new Uint32Array(rows - mark);
      for (let at = 0; at < found.length; at += 1) found[at] = mark + at;
      return found;
    },
  };
};
