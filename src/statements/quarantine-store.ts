import type { Problem, Reason } from '../xapi/rejection.ts';
import type { Family } from '../xapi/statement.ts';
import type { Position } from './statement-query.ts';

/**
 * Where requests with statements that were refused are kept, if their credential asks for that: the bytes as they came,
 * and why. Held to `test/storage/quarantine-store.contract.ts`.
 */
export type QuarantineStore = {
  /**
   * Keeps one durably, if it is not there already and there is room for it. Answers its id, or undefined.
   */
  keep(refused: RefusedRequest): Promise<string | undefined>;

  /** The oldest first, without their bodies; those behind a position, whether or not anything stands there any more. */
  list(limit: number, after?: Position): Promise<readonly Quarantined[]>;

  find(id: string): Promise<(Quarantined & { readonly body: Buffer }) | undefined>;

  /** Answers whether it was there. */
  remove(id: string): Promise<boolean>;
};

export type RefusedRequest = {
  /** The credential's id. */
  readonly credential: string;
  readonly family: Family;
  readonly contentType: string;
  /** Of `PUT statements`. */
  readonly statementId?: string;
  readonly reason: Reason;
  readonly problems: readonly Problem[];
  readonly body: Buffer;
};

export type Quarantined = Omit<RefusedRequest, 'body'> & {
  readonly id: string;
  readonly position: Position;
  /** Microseconds since 1970. */
  readonly received: number;
  /** Of the body, in bytes. */
  readonly length: number;
};

/**
 * How much is kept of one request, and of all with what was wrong with them, in bytes; beyond that it is only refused.
 * `each` is counted for what stands around a body.
 */
export const MOST_QUARANTINED = { one: 4 * 1024 * 1024, all: 256 * 1024 * 1024, each: 1024 } as const;
