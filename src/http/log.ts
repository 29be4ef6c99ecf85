import type { Visit } from './visit.ts';

/** What this room tells of itself. Neither headers nor bodies, queries and secrets are ever handed over. */
export type Log = {
  answered(visit: Visit): void;
  /** What went wrong by our own fault, with the id that the client was given. */
  fault(error: unknown, requestId: string): void;
};
