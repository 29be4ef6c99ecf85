import type { CredentialStore } from '../credentials/credential-store.ts';
import type { DocumentStore } from '../documents/document-store.ts';
import type { SeenForwards } from '../forwarding/forwards.ts';
import type { Metrics as Learning } from '../metrics/metrics.ts';
import type { People } from '../people/people.ts';
import type { AttachmentStore } from '../statements/attachment-store.ts';
import type { QuarantineStore } from '../statements/quarantine-store.ts';
import type { StatementStore } from '../statements/statement-store.ts';
import type { StoreFigures } from '../statements/store-figures.ts';
import type { Family } from '../xapi/statement.ts';
import type { Admissions } from './admissions.ts';
import type { Issuers } from './issuers.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Trace } from './visit.ts';

/** What the HTTP room is handed: stores, and the settings that it answers by. */
export type Services = {
  readonly statements: StatementStore;
  readonly attachments: AttachmentStore;
  readonly documents: DocumentStore;
  readonly quarantine: QuarantineStore;
  readonly forwards: SeenForwards;
  /** What is known of learning; `metrics` are of the server itself. */
  readonly learning: Learning;
  readonly people: People;
  readonly credentials: CredentialStore;
  /** The home page of every authority. */
  readonly installation: string;
  readonly signingKey: Buffer;
  /** Resolves when the store has just written durably. */
  proveWritable(): Promise<void>;
  /** Whose tokens are taken beside keys, if any are. */
  readonly issuers?: Issuers | undefined;
  readonly admissions: Admissions;
  /** Aborted when it is to end: what would go on for ever ends then. */
  readonly stopping: AbortSignal;
  /** How the store is doing. */
  figures(): StoreFigures;
  /** How the whole server is doing, for people; without secrets. */
  status(): Promise<object>;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Absent where no traces are asked for. */
  readonly trace?: Trace | undefined;
  readonly settings: HttpSettings;
};

export type HttpSettings = {
  /** The family in which a request without a version is refused at `/xapi`. */
  readonly defaultVersion: Family;
  /** Scheme, host and path prefix as clients see them, without a slash at the end; undefined when it is not set. */
  readonly publicUrl: string | undefined;
  /** The path in front of `/xapi` as clients see it, from CAIRN_PUBLIC_URL; '' when there is none. */
  readonly basePath: string;
  /** In bytes. */
  readonly maxBody: number;
  readonly maxStatements: number;
  /** In characters, of one statement. */
  readonly maxStatement: number;
  /** How deep arrays and objects may nest in a statement or a JSON document. */
  readonly maxDepth: number;
  /** In bytes, of one attachment. */
  readonly maxAttachment: number;
  /** How many statements a page has when `limit` is not given or 0, and at most. */
  readonly pageSize: number;
  readonly maxPageSize: number;
  /** Query parameters that are ignored wherever they stand. */
  readonly ignoredParameters: readonly string[];
  /** How often one key is refused to one address in a minute, before it is not looked at any more. */
  readonly refusedLogins: number;
  /** Addresses of proxies (IP or CIDR) whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Origins whose scripts may use `/api/v1`. */
  readonly apiOrigins: readonly string[];
  /** With it as a bearer token `/metrics` may be read; without it by keys with scope admin alone. */
  readonly metricsToken: string | undefined;
  /** Told of faults, with the id that the client was given. */
  onFault(error: unknown, requestId: string): void;
};
