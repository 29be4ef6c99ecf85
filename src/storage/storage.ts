import type { CredentialStore } from '../credentials/credential-store.ts';
import type { DocumentStore } from '../documents/document-store.ts';
import type { AttachmentStore } from '../statements/attachment-store.ts';
import type { StatementStore } from '../statements/statement-store.ts';

/** All that Cairn keeps, whichever backend keeps it. */
export type Storage = {
  readonly statements: StatementStore;
  readonly attachments: AttachmentStore;
  readonly documents: DocumentStore;
  readonly credentials: CredentialStore;
  /** The installation's IRI, drawn at its first start and never changed: the home page of every authority. */
  readonly installation: string;
  /** Signs what is handed out and comes back, such as `more` links; 32 bytes that outlive a restart. */
  readonly signingKey: Buffer;
  /** Resolves when the store has just written durably; rejects when it cannot. */
  proveWritable(): Promise<void>;
  /** Why nothing can be stored any more, if so. */
  failure(): Error | undefined;
  /** Begins to look at everything that is kept, in a thread if there are any, and tells what is found damaged. */
  scrub(found: (damage: Error) => void): void;
  /** A digest of the derived index, the same for every index that answers the same (SHA-256, hex). */
  indexDigest(): Promise<string>;
  /** Waits for what is under way, writes what is gathered and closes. */
  close(): Promise<void>;
};

export type StorageOptions = {
  /** Told once, when a commit has failed: the process should end. */
  readonly onFailure?: (error: Error) => void;
  /** The folder of the built scripts of the threads that write; without it all is done in this thread. */
  readonly threads?: string;
  /** Told while the index is brought up to the log's head at start. */
  readonly onReplay?: (done: number, all: number) => void;
  /** Told when the derived index is damaged, before it is made anew from the log. */
  readonly onDamage?: (error: Error) => void;
  /** Told what an operator should know of the state in which the store was found. */
  readonly onNotice?: (what: string) => void;
  /** The installation's IRI if this is its first start. */
  readonly installation?: string;
  readonly tuning?: Tuning;
};

/** What trades memory for work; nothing that is stored or answered depends on it. */
export type Tuning = {
  /** How many entries are gathered in memory before they are written to the index. */
  readonly flushEvery?: number;
  /** From how many entries on a group is committed by the thread. */
  readonly largeGroup?: number;
  /** From how many entries on a read of the log is made in its thread. */
  readonly manyEntries?: number;
};
