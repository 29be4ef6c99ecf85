import type { Position } from './statement-query.ts';

/** How a store is doing, as it can be told at once. */
export type StoreFigures = {
  /** The last durable position: how many entries of every kind the log has. */
  readonly head: Position;
  /** Statements, voided ones too. */
  readonly statements: number;
  /** When the last entry was stored, in microseconds since 1970; 0 when there is none. */
  readonly lastStored: number;
  /** What Consistent-Through answers, in microseconds since 1970. */
  readonly consistentThrough: number;
  readonly queue: {
    /** Requests that wait for their commit to begin. */
    readonly waiting: number;
    /** Commits that have begun. */
    readonly underWay: number;
  };
  readonly index: {
    /** The last position that the index has on disk. */
    readonly flushed: Position;
    /** Slices that have been cut off and wait to be written. */
    readonly backlog: number;
  };
  /** The size of each of the store's files in bytes, by the file's name. */
  readonly files: Readonly<Record<string, number>>;
};

/** One durable commit. */
export type Commit = {
  /** Of every kind. */
  readonly entries: number;
  readonly statements: number;
  /** From its beginning until it was durable. */
  readonly milliseconds: number;
};
