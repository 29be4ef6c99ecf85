import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Keeps what is turned away from taking the time in which the others are dealt with. */
export type Rests = {
  /**
   * Of a request that is turned away. Are there too many of them, its connection is not read for a while: whoever does
   * not heed Retry-After waits there, and costs nothing.
   */
  turnedAway(request: IncomingMessage, response: ServerResponse): void;
  /** How many connections rest. */
  count(): number;
};

/** In milliseconds. */
const TICK = 10;
/** So many are turned away in that time before connections have to rest: a twentieth of it or so. */
const OF_A_TICK = 8;

/**
 * @param room how many requests would be welcome
 * @param most how many connections may rest: one that its client has closed is not noticed while it rests
 */
export const rests = (room: () => number, most: number): Rests => {
  const resting = new Set<Socket>();
  let ofThisTick = 0;
  let ticking: NodeJS.Timeout | undefined;

  const tick = (): void => {
    if (resting.size === 0 && ofThisTick === 0) {
      clearInterval(ticking);
      ticking = undefined;
    }
    ofThisTick = 0;
    let left = OF_A_TICK + Math.max(0, room());
    for (const connection of resting) {
      if (left === 0) return;
      left -= 1;
      resting.delete(connection);
      connection.resume();
    }
  };

  const begin = (): void => {
    ticking ??= setInterval(tick, TICK).unref();
  };

  const rest = (connection: Socket): void => {
    if (connection.destroyed || connection.writableEnded || resting.size >= most) return;
    connection.pause();
    resting.add(connection);
    begin();
  };

  return {
    turnedAway: (request, response) => {
      begin();
      ofThisTick += 1;
      if (ofThisTick <= OF_A_TICK || !response.shouldKeepAlive) return;
      const { socket } = request;
      // What is still to come of its body is let pass first.
      request.once('end', () => rest(socket));
    },
    count: () => resting.size,
  };
};
