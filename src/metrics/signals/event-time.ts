import { epochMicros } from '../../xapi/timestamp.ts';

/** How far a sender's clock may be ahead of ours. */
const MOST_AHEAD = 5 * 60 * 1000;

/** Before this there was no xAPI and hardly a tool that could have sent what it saw. */
export const EARLIEST = Date.UTC(2000, 0, 1);

/** When it happened, in milliseconds since 1970, and whose clock was wrong. */
export type EventTime = { readonly time: number; readonly skew?: 'future' | 'past' };

/**
 * The time of an event by the statement's timestamp. Without one it is when it was stored (microseconds), and so it is
 * with one more than 5 minutes after that, which is marked; one before 2000-01-01 (UTC) is marked and kept.
 */
export const eventTime = (timestamp: string | undefined, stored: number): EventTime => {
  const storedMillis = Math.floor(stored / 1000);
  const micros = timestamp === undefined ? Number.NaN : epochMicros(timestamp);
  if (Number.isNaN(micros)) return { time: storedMillis };
  const time = Math.floor(micros / 1000);
  if (time > storedMillis + MOST_AHEAD) return { time: storedMillis, skew: 'future' };
  return time < EARLIEST ? { time, skew: 'past' } : { time };
};
