import { type Problem, type Reason, Rejection } from '../xapi/rejection.ts';

/** What an import did not store, and all that is wrong with it; `at` is its place in the batch, from 0. */
export type RefusedElement = {
  readonly at: number;
  readonly id?: string;
  readonly reason: Reason;
  readonly problems: readonly Problem[];
};

/** @throws the error itself when it is no Rejection, or says that nothing can be stored at all. */
export const refusedElement = (at: number, error: unknown, id?: string): RefusedElement => {
  const { reason, problems } = rejectionOf(error);
  return { at, ...(id === undefined ? {} : { id }), reason, problems };
};

/** @throws as {@link refusedElement}. */
export const rejectionOf = (error: unknown): Rejection => {
  if (error instanceof Rejection && error.reason !== 'unavailable') return error;
  throw error;
};
