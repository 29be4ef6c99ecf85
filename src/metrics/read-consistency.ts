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

/**
 * What a question waits for: everything up to `head`, for a moment, unless it says otherwise. What is wrong with it is
 * told by who reads the rest of the question.
 */
export const waitOf = (
  query: unknown,
  head: number,
): { readonly atLeast: number; readonly patience: number } => {
  const { consistency } = (query ?? {}) as { readonly consistency?: unknown };
  const problems: Problem[] = [];
  const { atLeastSeq = head, waitMs = PATIENCE } =
    (consistency === undefined ? undefined : readConsistency(consistency, '', problems)) ?? {};
  return { atLeast: Math.min(atLeastSeq, head), patience: waitMs };
};
