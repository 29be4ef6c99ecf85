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

  /** A statement of a group may be several facts, one behind the other. */
  const strike = (row: number): readonly number[] => {
    const struck: number[] = [];
    const position = facts.position[row];
    for (let at = row; at < facts.rows && facts.position[at] === position; at += 1) {
      facts.flags[at] = (facts.flags[at] as number) | FACT.voided;
      struck.push(facts.subject[at] as number);
    }
    return struck;
  };

  return {
    all,
    /** Strikes what a statement has said, or will say; answers the identifiers of whom it was about. */
    take: (one: Void): readonly number[] => {
      all.push(one);
      const row = log.find(one.target, idAt);
      if (row === -1) {
        pending.set(one.target, [...(pending.get(one.target) ?? []), one]);
        return [];
      }
      return mayStrike(one, row) ? strike(row) : [];
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

export type Voids = ReturnType<typeof voids>;
