import { type JsonReader, objectOf, optional, wholeFrom } from '../xapi/json-reader.ts';
import type { Problem } from '../xapi/rejection.ts';

/** How fresh an answer has to be, and how long it may be waited for. */
export type Consistency = {
  /** A position of the log, such as that of what one has just stored. */
  readonly atLeastSeq?: number;
  /** In milliseconds. */
  readonly waitMs?: number;
};

const LONGEST = 10_000;

/** In milliseconds: how long an answer waits for what has just been stored unless it is said. */
const PATIENCE = 100;

export const readConsistency: JsonReader<Consistency> = objectOf<Consistency>({
  atLeastSeq: optional(wholeFrom(0, Number.MAX_SAFE_INTEGER)),
  waitMs: optional(wholeFrom(0, LONGEST)),
});

/** What a question waits for, and how long at most (milliseconds). */
export type Wait = {
  readonly atLeast: number;
  readonly patience: number;
  /** Who asks has named the position, or the wait; else it is the last one, which is let go where many come at once. */
  readonly isNamed?: boolean;
};

/**
 * What a question waits for: everything up to `head`, for a moment, unless it says otherwise. What is wrong with it is
 * told by who reads the rest of the question.
 */
export const waitOf = (query: unknown, head: number): Wait => {
  const { consistency } = (query ?? {}) as { readonly consistency?: unknown };
  const problems: Problem[] = [];
  const { atLeastSeq, waitMs } =
    (consistency === undefined ? undefined : readConsistency(consistency, '', problems)) ?? {};
  const atLeast = Math.min(atLeastSeq ?? head, head);
  return { atLeast, patience: waitMs ?? PATIENCE, isNamed: (atLeastSeq ?? waitMs) !== undefined };
};
