import type { CredentialStore } from '../credentials/credential-store.ts';
import type { DocumentStore } from '../documents/document-store.ts';
import type { ForwardStore } from '../forwarding/forward-store.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { RecordStore } from '../people/record-store.ts';
import type { AttachmentStore } from '../statements/attachment-store.ts';
import type { BackUp } from '../statements/backup.ts';
import type { QuarantineStore } from '../statements/quarantine-store.ts';
import type { Position } from '../statements/statement-query.ts';
import type { StatementStore } from '../statements/statement-store.ts';
import type { Commit, StoreFigures } from '../statements/store-figures.ts';

/** All that Cairn keeps, whichever backend keeps it. */
export type Storage = {
  readonly statements: StatementStore;
  readonly attachments: AttachmentStore;
  readonly documents: DocumentStore;
  readonly quarantine: QuarantineStore;
  readonly credentials: CredentialStore;
  readonly records: RecordStore;
  readonly forwards: ForwardStore;
  readonly metrics: Metrics;
  /** The installation's IRI, drawn at its first start and never changed: the home page of every authority. */
  readonly installation: string;
  /** Signs what is handed out and comes back, such as `more` links; 32 bytes that outlive a restart. */
  readonly signingKey: Buffer;
  /** Resolves when the store has just written durably; rejects when it cannot. */
  proveWritable(): Promise<void>;
  /** Why nothing can be stored any more, if so. */
  failure(): Error | undefined;
  /** How it is doing just now; cheap. */
  figures(): StoreFigures;
  /** Begins to look at everything that is kept, in a thread if there are any, and tells what is found damaged. */
  scrub(found: (damage: Error) => void): void;
  /** A digest of the derived index, the same for every index that answers the same (SHA-256, hex). */
  indexDigest(): Promise<string>;
  /** Copies the store at one moment, while it goes on; what can be derived is not in it. */
  readonly backup: BackUp;
  /** Waits for what is under way, writes what is gathered and closes. */
  close(): Promise<void>;
};

/** What a look at a store has found. It is not opened for that, and nothing of it is changed. */
export type Examination = {
  /** Whether another process has it open. */
  readonly inUse: boolean;
  /** The format that the log is written in, and the newest that this Cairn knows. */
  readonly format: number;
  readonly knownFormat: number;
  readonly installation: string;
  readonly head: Position;
  /** How many positions are missing among the last, and how many were not stored after the one before. */
  readonly missing: number;
  readonly disordered: number;
  /** When the last entry was stored, and what Consistent-Through has promised; microseconds since 1970. */
  readonly lastStored: number;
  readonly mark: number;
  /** What is wrong with the log's pages; undefined when they were not looked at. */
  readonly damage: readonly string[] | undefined;
  /** Attachments whose files are missing or of another size, by their sha2. */
  readonly lostFiles: readonly string[];
  /** `anew` when it will be made anew at start, because it is damaged, of another log or of another format. */
  readonly index: 'fit' | 'absent' | 'anew';
  /** How many entries it will have to follow at start. */
  readonly indexBehind: number;
};

export type StorageOptions = {
  /** Told once, when a commit has failed: the process should end. */
  readonly onFailure?: (error: Error) => void;
  /** Told of each durable commit. */
  readonly onCommit?: (commit: Commit) => void;
  /** The folder of the built scripts of the threads that write; without it all is done in this thread. */
  readonly threads?: string;
  /** Whether metrics follow the log from the beginning, are brought up when they are first asked (the default), or are not kept. */
  readonly metrics?: 'follow' | 'asked' | 'off';
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
  /** How many facts metrics gather before they keep them. */
  readonly metricsKeptFrom?: number;
};
