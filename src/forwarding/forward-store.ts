import type { Position } from '../statements/statement-query.ts';

/**
 * How far each target has come, and what it would not take. What is to be forwarded is the log itself: nothing of it is
 * copied here. A target is known by its name; what is kept of one that is no longer configured stays.
 *
 * Every backend is held to `test/storage/forward-store.contract.ts`.
 */
export type ForwardStore = {
  /** Undefined for a target that has never been kept. */
  cursor(target: string): ForwardCursor | undefined;
  /** Keeps all of it or nothing; resolves once it would survive a power cut. */
  keep(target: string, progress: ForwardProgress): Promise<void>;
  countDeadLetters(target: string): number;
  /** The dead letters after a position, in the order of the log. */
  deadLetters(target: string, after: Position, limit: number): readonly DeadLetter[];
  /** Those that are to be sent again. */
  marked(target: string, limit: number): readonly DeadLetter[];
  /** Has dead letters sent again; answers how many there are of those named. */
  mark(target: string, which: Letters): Promise<number>;
  /** Forgets dead letters; answers how many there were of those named. */
  discard(target: string, which: Letters): Promise<number>;
};

/** Dead letters by the ids of their statements (any case). */
export type Letters = readonly string[] | 'all';

export type ForwardCursor = {
  /** Everything up to here has been delivered, stands among the dead letters, or was not wanted. */
  readonly position: Position;
  /** When the target took something for the last time, in milliseconds since 1970. */
  readonly lastSuccess?: number;
};

/** What one delivery has come to. */
export type ForwardProgress = {
  readonly cursor: ForwardCursor;
  /** New dead letters. */
  readonly refused?: readonly DeadLetter[];
  /** Dead letters that were sent again and refused again; those that have been discarded meanwhile stay so. */
  readonly refusedAgain?: readonly DeadLetter[];
  /** The positions of dead letters that have been taken after all. */
  readonly settled?: readonly Position[];
};

/** A statement that a target refuses, for good as far as it says. Its text stands in the log. */
export type DeadLetter = {
  readonly position: Position;
  /** In lower case. */
  readonly statementId: string;
  /** What the target answered the last time: the HTTP status, and the beginning of its body. */
  readonly status: number;
  readonly answer: string;
  /** How often it was sent alone and refused. */
  readonly attempts: number;
  /** When it was refused the last time, in milliseconds since 1970. */
  readonly refused: number;
};
