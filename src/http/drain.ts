import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';

/** How a server ends without breaking off what is used. */
export type Drain = {
  /** What deals with its requests, told of by then which of them is the last on its connection. */
  around(deal: RequestListener): RequestListener;
  /** Has to be told of the server before it listens. */
  follow(server: Server): void;
  /**
   * From now on the last answer on every connection says that it closes. The listener closes after `delay`, and what
   * then takes longer than `most` is broken off, both in milliseconds. Resolves when no connection is left.
   */
  end(times: { readonly delay: number; readonly most: number }): Promise<void>;
};

/**
 * How often, 50 ms apart, a connection has to be found silent to be closed: a request may be on its way on one that is
 * kept alive, and would be lost. Counted, because a process that stood still has not listened meanwhile.
 */
const SILENT_LOOKS = 10;
const LOOKED_AT_EVERY = 50;

const LAST = Symbol('last');
const CLOSES = Symbol('closes');
type Followed = Socket & { [LAST]?: ServerResponse };
type Told = ServerResponse & { [CLOSES]?: boolean };

export const drain = (): Drain => {
  const connections = new Set<Followed>();
  /** Of https, those on which not even a handshake may have come. */
  const below = new Set<Socket>();
  let server: Server | undefined;
  let came = 0;
  let isEnding = false;
  return {
    around: (deal) => (request, response) => {
      if (isEnding) {
        dealWithLate(deal, request, response);
        return;
      }
      (request.socket as Followed)[LAST] = response;
      deal(request, response);
    },
    follow: (followed) => {
      server = followed;
      followed.on('connection', () => {
        came += 1;
      });
      const isSecure = 'setSecureContext' in followed;
      followed.on(isSecure ? 'secureConnection' : 'connection', keepIn(connections));
      if (isSecure) followed.on('connection', keepIn(below));
    },
    end: async ({ delay, most }) => {
      isEnding = true;
      for (const { [LAST]: last } of connections) if (last !== undefined) announceClose(last);
      if (delay > 0) await sleep(delay);
      await letIn(() => came);
      const closed = new Promise((resolve) => {
        // Not its own close, which breaks off every connection that is idle just then.
        if (server !== undefined) NetServer.prototype.close.call(server, resolve);
      });
      const looking = setInterval(closeSilent(connections), LOOKED_AT_EVERY);
      const late = setTimeout(() => {
        for (const connection of [...connections, ...below]) connection.destroy();
      }, most);
      await closed;
      clearInterval(looking);
      clearTimeout(late);
    },
  };
};

/** Turns of the event loop, each of which lets one connection in. */
const MOST_TURNS = 10_000;

/** Who has connected by now is not to be turned off unheard: resolves when nobody waits any more to be let in. */
const letIn = async (came: () => number): Promise<void> => {
  let before = -1;
  for (let turns = 0; turns < MOST_TURNS && before !== came(); turns += 1) {
    before = came();
    await turn();
    await turn();
  }
};

const keepIn =
  <Connection extends Socket>(kept: Set<Connection>) =>
  (connection: Connection): void => {
    kept.add(connection);
    connection.once('close', () => kept.delete(connection));
  };

/** What was sent together comes in one turn, and all of it is answered: only the last says that the connection closes. */
const dealWithLate = (deal: RequestListener, request: IncomingMessage, response: ServerResponse): void => {
  const connection = request.socket as Followed;
  const { [LAST]: before } = connection;
  if (before !== undefined) takeBackClose(before);
  connection[LAST] = response;
  setImmediate(() => {
    if (connection[LAST] === response) announceClose(response);
    deal(request as never, response as never);
  });
};

const announceClose = (response: Told): void => {
  if (response.headersSent || !response.shouldKeepAlive) return;
  response.shouldKeepAlive = false;
  response[CLOSES] = true;
};

const takeBackClose = (response: Told): void => {
  if (response[CLOSES] === true && !response.headersSent) response.shouldKeepAlive = true;
};

/** Closes, whenever it is called, what has had nothing to do for long enough. */
const closeSilent = (connections: ReadonlySet<Followed>): (() => void) => {
  const looks = new WeakMap<Socket, { readonly bytes: number; readonly silent: number }>();
  const look = (connection: Followed): void => {
    const { bytes, silent } = looks.get(connection) ?? { bytes: -1, silent: 0 };
    const { bytesRead } = connection;
    // What is not read may have something to say.
    const isSilent = !isBusy(connection) && !connection.isPaused() && bytes === bytesRead;
    looks.set(connection, { bytes: bytesRead, silent: isSilent ? silent + 1 : 0 });
    if (isSilent && silent >= SILENT_LOOKS) connection.destroySoon();
  };
  return () => {
    for (const connection of connections) look(connection);
  };
};

const isBusy = ({ [LAST]: last }: Followed): boolean =>
  last !== undefined && !last.writableFinished && !last.closed;
