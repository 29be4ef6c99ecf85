import type { IncomingMessage, RequestListener } from 'node:http';
import type { Socket } from 'node:net';

/** Nobody sends so many at once on one connection without waiting for an answer, but to keep the others waiting. */
const MOST_IN_A_TURN = 64;

/**
 * Breaks off a connection on which too many requests come in one turn of the event loop: thousands of small ones fit in
 * what is read at once, and all of them would be dealt with before anything else is.
 */
export const oneOfMany = (deal: RequestListener): RequestListener => {
  const ofThisTurn = new Map<Socket, number>();
  const isTooMany = ({ socket }: IncomingMessage): boolean => {
    if (ofThisTurn.size === 0) setImmediate(() => ofThisTurn.clear());
    const count = (ofThisTurn.get(socket) ?? 0) + 1;
    ofThisTurn.set(socket, count);
    return count > MOST_IN_A_TURN;
  };
  return (request, response) => {
    if (isTooMany(request)) request.socket.destroy();
    else deal(request, response);
  };
};
