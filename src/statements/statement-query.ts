import type { Identifier } from '../xapi/statement.ts';

/** What the Statements Resource can be asked for in lists, already read and checked (xAPI 1.0.3 Communication 2.1.3). */
export type StatementQuery = {
  readonly agent?: Identifier;
  readonly verb?: string;
  readonly activity?: string;
  readonly registration?: string;
  readonly relatedActivities?: boolean;
  readonly relatedAgents?: boolean;
  /** Stored after this moment, exclusive; microseconds since 1970. */
  readonly since?: number;
  /** Stored up to this moment, inclusive; microseconds since 1970. */
  readonly until?: number;
  readonly ascending: boolean;
  /** At least 1. */
  readonly limit: number;
  /** Go on behind this position, in the direction of the query. */
  readonly behind?: Position;
  /** Only statements whose authority is this one (scope `statements/read/mine`). */
  readonly authority?: Identifier;
};

/** A place in the order of storing: 1, 2, 3, … without gaps; 0 is before the first. */
export type Position = number;
