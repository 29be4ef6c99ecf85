import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** Keeps what is turned away from taking the time in which the others are dealt with. */
export type Rests = {
  /**
   * Of a request that is turned away. Are there too many of them, its connection is not read for a while: whoever does
   * not heed Retry-After waits there, and costs nothing.
   */
  turnedAway(request: IncomingMessage): void;
  /** How many connections rest. */
  count(): number;
};

/** In milliseconds. */
const TICK = 10;
/** So many are turned away in that time before connections have to rest: a twentieth of it or so. */
const OF_A_TICK = 8;

/** @param room how many requests would be welcome */
export const rests = (room: () => number): Rests => {
  const resting: Socket[] = [];
  let ofThisTick = 0;
  let ticking: NodeJS.Timeout | undefined;

  const tick = (): void => {
    if (resting.length === 0 && ofThisTick === 0) {
      clearInterval(ticking);
      ticking = undefined;
    }
    ofThisTick = 0;
    for (const connection of resting.splice(0, OF_A_TICK + Math.max(0, room()))) connection.resume();
  };

  const rest = (connection: Socket): void => {
    if (connection.destroyed) return;
    connection.pause();
    resting.push(connection);
  };

  return {
    turnedAway: (request) => {
      ticking ??= setInterval(tick, TICK).unref();
      ofThisTick += 1;
      if (ofThisTick <= OF_A_TICK) return;
      const { socket } = request;
      // What is still to come of its body is let pass first.
      request.once('end', () => rest(socket));
    },
    count: () => resting.length,
  };
};
