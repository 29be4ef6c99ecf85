import type { SentStatement } from '../xapi/read-statements.ts';
import type { Definition, Family, Identifier } from '../xapi/statement.ts';
import type { Position, StatementQuery } from './statement-query.ts';

/**
 * Where statements are kept. What has been stored is never changed and never removed: voiding only hides a
 * statement from queries, and the order of storing is one for all time.
 *
 * Every backend is held to `test/storage/statement-store.contract.ts`.
 */
export type StatementStore = {
  /**
   * Stores a batch, all of it or nothing, and answers once it would survive a power cut: with the ids in the
   * order sent. A statement that is already here is no error and changes nothing (ST-3).
   *
   * @throws Rejection `statement-conflict` naming every statement whose id belongs to a different one, `forbidden`
   * naming every one that would void what it may not.
   */
  append(batch: StatementBatch): Promise<readonly string[]>;

  /** The statement of this id (any case), voided or not. */
  find(id: string): Promise<StoredStatement | undefined>;

  /**
   * One page of what matches, without voided ones. Every statement that was acknowledged before the call is
   * seen; following `behind` never skips nor repeats, however much is stored meanwhile.
   */
  page(query: StatementQuery): Promise<StatementPage>;

  /** How many match, without voided ones; `limit` and `behind` do not count. */
  count(query: StatementQuery): Promise<number>;

  /** At most `limit` statements stored after a position, oldest first, voided ones included; fewer when they are long. */
  after(position: Position, limit: number): Promise<readonly StoredStatement[]>;

  /** What is known of an activity from all statements; undefined when it was never described. */
  definition(activityId: string): Promise<Definition | undefined>;

  /** Every distinct name that an agent was called by, in the order of their first use. */
  names(agent: Identifier): Promise<readonly string[]>;

  /** Nothing stored at or before this moment can appear later; microseconds since 1970. */
  consistentThrough(): number;

  /** The last position that anyone may see; 0 if nothing has been stored. */
  head(): Position;

  /** Has `told` called, without arguments, soon after the head has moved on; until what it answers is called. */
  watch(told: () => void): () => void;
};

export type StatementBatch = {
  readonly statements: readonly SentStatement[];
  /** The authority of each, as JSON text; a statement that kept its own has none added. */
  readonly authority: string;
  /** Whether the credential may describe activities (scopes `define` and `all`). */
  readonly mayDefine: boolean;
  /** Whether the credential may void only statements of its own authority (V-4); any statement if it is not given. */
  readonly voidsOnlyOwn?: boolean;
  /** The bytes that came with it; those known already are not stored again. */
  readonly attachments?: readonly SentAttachment[];
  /** What checking the signature of each statement said; undefined where there was none. */
  readonly signatures?: readonly (SignatureVerdict | undefined)[];
};

export type SignatureVerdict = 'verified' | 'no-key';

export type SentAttachment = { readonly sha2: string; readonly contentType: string; readonly body: Buffer };

export type StoredStatement = {
  readonly position: Position;
  /** The exact JSON text (`format=exact`). */
  readonly text: string;
  /** Microseconds since 1970. */
  readonly stored: number;
  readonly voided: boolean;
  readonly terms: StoringTerms;
};

/** What decided when a statement was stored and does not stand in its text. */
export type StoringTerms = {
  readonly mayDefine: boolean;
  readonly voidsOnlyOwn: boolean;
  /** Of the request that it came with. */
  readonly family: Family;
};

export type StatementPage = {
  readonly statements: readonly StoredStatement[];
  /** Where the next page begins, if there is one. */
  readonly behind?: Position;
};
