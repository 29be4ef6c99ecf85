/** The three addresses under which documents are kept (Communication 2.3, 2.6, 2.7). */
export type DocumentResource = 'state' | 'agent-profile' | 'activity-profile';

/**
 * Whose documents: one agent, one activity or both. Agents are named by their identifier's term. A state
 * without a registration is another than one with (DC-2).
 */
export type DocumentScope = {
  readonly resource: DocumentResource;
  readonly activity?: string;
  readonly agent?: string;
  readonly registration?: string;
};

export type DocumentKey = DocumentScope & { readonly id: string };

export type StoredDocument = {
  readonly id: string;
  readonly contentType: string;
  readonly content: Buffer;
  /** Lower-case hex SHA-1 of the content, unquoted (DC-11). */
  readonly etag: string;
  /** Microseconds since 1970. */
  readonly updated: number;
};

/** What a document is to become. */
export type DocumentContent = { readonly contentType: string; readonly content: Buffer };

/** One of a list of documents, without its content. */
export type DocumentSummary = Omit<StoredDocument, 'content' | 'contentType'>;
