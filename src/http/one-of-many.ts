import type { IncomingMessage, RequestListener } from 'node:http';
import type { Socket } from 'node:net';

/** So many are dealt with as they come on one connection in one turn of the event loop, and of those beyond in each. */
const MOST_IN_A_TURN = 64;

type Late = { readonly socket: Socket; readonly go: () => void };

/**
 * Thousands of small requests fit in what is read of a connection at once. Those beyond some dozens wait for later
 * turns, and nothing more is read of their connection till then, so that others come in between.
 */
export const oneOfMany = (deal: RequestListener): RequestListener => {
  const ofThisTurn = new Map<Socket, number>();
  const lateOf = new Map<Socket, number>();
  const late: Late[] = [];

  const isLate = (socket: Socket): boolean => {
    if (ofThisTurn.size === 0) setImmediate(turn);
    const count = (ofThisTurn.get(socket) ?? 0) + 1;
    ofThisTurn.set(socket, count);
    return count > MOST_IN_A_TURN || lateOf.has(socket);
  };

  const turn = (): void => {
    ofThisTurn.clear();
    for (const { socket, go } of late.splice(0, MOST_IN_A_TURN)) {
      const left = (lateOf.get(socket) ?? 1) - 1;
      if (left > 0) lateOf.set(socket, left);
      else {
        lateOf.delete(socket);
        socket.resume();
      }
      go();
    }
    if (late.length > 0) setImmediate(turn);
  };

  return (request: IncomingMessage, response) => {
    const { socket } = request;
    if (!isLate(socket)) {
      deal(request as never, response as never);
      return;
    }
    const before = lateOf.get(socket) ?? 0;
    if (before === 0) socket.pause();
    lateOf.set(socket, before + 1);
    late.push({ socket, go: () => response.destroyed || deal(request as never, response as never) });
  };
};
