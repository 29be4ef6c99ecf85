import type { Position } from '../../statements/statement-query.ts';
import { FACT } from './fact-columns.ts';
import type { FactLog, IdAt, Place } from './fact-log.ts';

/** A statement that takes another back. */
export type Void = {
  /** The id of the statement that it voids, in lower case. */
  readonly target: string;
  readonly position: Position;
  /** Number of the authority among words, and whether it may void only what has the same. */
  readonly authority: number;
  readonly onlyOwn: boolean;
};

/** Voids, in whichever order they and their targets come (V-1, V-4). */
export const voids = (log: FactLog, idAt: IdAt) => {
  const { facts } = log;
  const all: Void[] = [];
  const pending = new Map<string, Void[]>();

  const mayStrike = ({ onlyOwn, authority }: Void, row: number): boolean =>
    !onlyOwn || facts.authority[row] === authority;

  const strike = (row: number): readonly number[] => {
    const rows = log.together(row);
    for (const at of rows) facts.flags[at] = (facts.flags[at] as number) | FACT.voided;
    return rows.map((at) => facts.subject[at] as number);
  };

  /** The facts that voids up to a position have taken back. */
  const struckBy = (position: Position): ReadonlySet<number> => {
    const struck = new Set<number>();
    for (const one of all) if (one.position <= position) for (const row of meantBy(one)) struck.add(row);
    return struck;
  };
  const meantBy = (one: Void): readonly number[] => {
    const row = log.find(one.target, idAt);
    return row === -1 || !mayStrike(one, row) ? [] : log.together(row);
  };

  return {
    all,
    struckBy,
    /** Strikes what a statement has said, or will say; answers the identifiers of whom it was about. */
    take: (one: Void): readonly number[] => {
      all.push(one);
      const row = log.find(one.target, idAt);
      if (row !== -1) return mayStrike(one, row) ? strike(row) : [];
      pending.set(one.target, [...(pending.get(one.target) ?? []), one]);
      return [];
    },
    /** Told that a statement has come whose first fact stands in a row: it may have been voided before. */
    arrived: ({ id }: Place, row: number): void => {
      if (pending.size === 0) return;
      const waiting = pending.get(id);
      pending.delete(id);
      if (waiting?.some((one) => mayStrike(one, row)) === true) strike(row);
    },
  };
};
