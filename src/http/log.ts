import type { Visit } from './visit.ts';

export type EvidenceShown = {
  readonly credential: string;
  /** The metric and its version, and a digest of the question. */
  readonly definition: string;
  readonly queryHash: string;
  readonly seq: number;
  /** How many rows were told, and how many distinct persons they are about. */
  readonly rows: number;
  readonly persons: number;
};

/** What this room tells of itself. Neither headers nor bodies, queries and secrets are ever handed over. */
export type Log = {
  answered(visit: Visit): void;
  /** Somebody has been told who and what stands behind a figure. */
  evidenceShown(what: EvidenceShown): void;
  /** What went wrong by our own fault, with the id that the client was given. */
  fault(error: unknown, requestId: string): void;
};
