import type { Visit } from './visit.ts';

export type EvidenceShown = {
  readonly credential: string;
  /** The metrics and their versions, or a dimension whose values were told, and a digest of the question. */
  readonly definition: string;
  readonly queryHash?: string;
  readonly seq: number;
  /** How many rows were told, and how many distinct persons they are about. */
  readonly rows: number;
  readonly persons: number;
};

/** What this room tells of itself. Neither headers nor bodies, queries and secrets are ever handed over. */
export type Log = {
  answered(visit: Visit): void;
  /** Somebody has been told who persons are, or what they did: behind a figure, or in an answer. */
  evidenceShown(what: EvidenceShown): void;
  /** What went wrong by our own fault, with the id that the client was given. */
  fault(error: unknown, requestId: string): void;
};
