import { type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type Problem, type Reason, Rejection } from '../xapi/rejection.ts';

/** How commands talk with the running server. */
export type AskServer = {
  /** Whether anybody listens. */
  isThere(): Promise<boolean>;
  /** The answer; undefined when it has none. Throws the Rejection that the server answered with, or an Error. */
  ask<Answer>(method: string, path: string, message?: object): Promise<Answer | undefined>;
  /** The answer as it comes. Throws as `ask`, also when it is cut off. */
  stream(method: string, path: string, message: object): AsyncIterable<Buffer>;
};

/**
 * Over HTTP on a socket. Each request has a connection of its own: the server would have closed an idle one by the time
 * that a large batch has been prepared.
 */
export const askServer = (socketPath: string): AskServer => {
  const send = async (method: string, path: string, message?: object): Promise<IncomingMessage> => {
    const response = await new Promise<IncomingMessage>((done, refuse) => {
      const sending = request({ agent: false, socketPath, method, path }, done);
      sending.once('error', refuse);
      sending.end(message === undefined ? undefined : JSON.stringify(message));
    });
    if (response.statusCode === 200 || response.statusCode === 204) return response;
    throw refusalOf(await buffer(response));
  };

  const ask = async <Answer>(method: string, path: string, message?: object): Promise<Answer | undefined> => {
    const response = await send(method, path, message);
    const body = await buffer(response);
    return body.length === 0 ? undefined : (JSON.parse(body.toString('utf8')) as Answer);
  };

  return {
    isThere: async () => {
      try {
        await ask('GET', '/');
        return true;
      } catch (error) {
        const { code = '' } = error as NodeJS.ErrnoException;
        if (code === 'ENOENT' || code === 'ECONNREFUSED') return false;
        if (code !== 'EACCES') throw error;
        throw new Error(`The server at ${socketPath} belongs to another user; run this as that one.`);
      }
    },
    ask: (method, path, message) => ask<never>(method, path, message).catch(endOfServer),
    stream: async function* stream(method, path, message) {
      try {
        yield* (await send(method, path, message)) as AsyncIterable<Buffer>;
      } catch (error) {
        endOfServer(error);
      }
    },
  };
};

/** What people are told when there is no more of an answer. */
export const CUT_OFF = 'The server has ended, or cut this off; its log says why.';

const endOfServer = (error: unknown): never => {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (!['ECONNRESET', 'ECONNREFUSED', 'ENOENT', 'EPIPE'].includes(code)) throw error;
  throw new Error(CUT_OFF);
};

const refusalOf = (body: Buffer): Error => {
  const { reason, message, problems } = JSON.parse(body.toString('utf8')) as {
    readonly reason: Reason | 'fault';
    readonly message: string;
    readonly problems?: readonly Problem[];
  };
  return reason === 'fault' || problems === undefined
    ? new Error(`The server failed; its log says why. ${message}`)
    : new Rejection(reason, problems);
};
