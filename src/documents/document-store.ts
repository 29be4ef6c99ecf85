import type {
  DocumentContent,
  DocumentKey,
  DocumentScope,
  DocumentSummary,
  StoredDocument,
} from './document.ts';

/**
 * Where State and Profile documents are kept. Reading what is there, deciding and writing are one step that
 * nothing comes between. Every backend is held to `test/storage/document-store.contract.ts`.
 */
export type DocumentStore = {
  get(key: DocumentKey): Promise<StoredDocument | undefined>;

  /** The documents of exactly this scope, oldest change first; with `since`, only those changed after it. */
  list(scope: DocumentScope, since?: number): Promise<readonly DocumentSummary[]>;

  /**
   * Replaces a document by what `decide` makes of the present one, or removes it (undefined). Answers once it
   * would survive a power cut. What `decide` throws is thrown on, and nothing changes.
   */
  change(key: DocumentKey, decide: Decide): Promise<void>;

  /** Removes every document of the scope, unless `check` throws. */
  clear(scope: DocumentScope, check: (present: readonly DocumentSummary[]) => void): Promise<void>;

  /** Every document, for export; in the order of their keys. */
  all(): AsyncIterable<{ readonly key: DocumentKey; readonly document: StoredDocument }>;
};

export type Decide = (present: StoredDocument | undefined) => DocumentContent | undefined;
