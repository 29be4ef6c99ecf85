import type { Position } from '../statements/statement-query.ts';

/** A record as it stands in the order of storing. */
export type StoredRecord = {
  readonly position: Position;
  /** Microseconds since 1970. */
  readonly stored: number;
  /** As {@link recordTexts} makes it. */
  readonly text: string;
};

/**
 * Where records about people are kept: entries of the log, in one order with the statements. Held to
 * `test/storage/record-store.contract.ts`.
 */
export type RecordStore = {
  /**
   * Appends all of them, in their order and one behind the other, or nothing. Durable before it answers.
   *
   * @throws Rejection `unavailable`.
   */
  append(texts: readonly string[]): Promise<readonly StoredRecord[]>;

  /** Those after a position, oldest first; it may end early, but not before the first. */
  after(position: Position, limit: number): Promise<readonly StoredRecord[]>;
};
