import type { ServerResponse } from 'node:http';

/** Emitted by a response once its request has been dealt with, whether or not its connection is still there. */
export const SETTLED = Symbol('settled');

/** What one request holds of a budget: it gives all back once it has been dealt with. */
export type Hold = {
  /** Takes so many bytes more, or answers false and takes nothing. */
  take(bytes: number): boolean;
  /** Gives all back before that. */
  free(): void;
};

/** What waits to be read of an answer, until its connection has taken all of it or is gone. */
export type Unread = {
  /** Whether so many bytes may be answered; the first always may, however large. */
  take(response: ServerResponse, bytes: number): boolean;
  readonly held: () => number;
};

/** Bounds the bytes of bodies that are held at once by all requests under it. */
export type BodyBudget = {
  (response: ServerResponse): Hold;
  /** How many bytes are held. */
  readonly held: () => number;
};

/** A budget of `most` bytes. */
const bodyBudget = (most: number): BodyBudget => {
  let held = 0;
  const budget = (response: ServerResponse): Hold => {
    let own = 0;
    const free = (): void => {
      held -= own;
      own = 0;
    };
    return {
      take: (bytes) => {
        if (held + bytes > most) return false;
        if (own === 0) response.once(SETTLED, free);
        held += bytes;
        own += bytes;
        return true;
      },
      free,
    };
  };
  return Object.assign(budget, { held: () => held });
};

/** The budgets of one app. */
export type BodyBudgets = {
  /** For whom has not been asked yet who they are. */
  readonly strangers: BodyBudget;
  readonly known: BodyBudget;
  /** For answers that are large. */
  readonly unread: Unread;
};

/** In bytes. */
const MOST_UNREAD = 128 * 1024 * 1024;

const unread = (): Unread => {
  let held = 0;
  return {
    take: (response, bytes) => {
      if (held > 0 && held + bytes > MOST_UNREAD) return false;
      // Of who has gone nothing would ever be heard again.
      if (response.destroyed) return true;
      held += bytes;
      response.once('close', () => {
        held -= bytes;
      });
      return true;
    },
    held: () => held,
  };
};

/** In bytes: some forms of strangers, and a few of the largest bodies. */
const LEAST = 64 * 1024 * 1024;
const LARGEST_AT_ONCE = 4;

export const bodyBudgets = (maxBody: number): BodyBudgets => ({
  strangers: bodyBudget(LEAST),
  known: bodyBudget(Math.max(LEAST, LARGEST_AT_ONCE * maxBody)),
  unread: unread(),
});
