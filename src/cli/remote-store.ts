import { Agent, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { ExportMessage, ImportMessage } from '../http/control-app.ts';
import type { Key, KeyAndSecret } from '../http/control-keys.ts';
import type { ControlStore } from '../http/control-store.ts';
import type { ImportOutcome } from '../http/import-batch.ts';
import { type Problem, type Reason, Rejection } from '../xapi/rejection.ts';

/** The store of the server that listens at a socket, and how to let go of it. */
export type RemoteStore = ControlStore & { close(): void };

/**
 * Undefined when nobody listens there.
 *
 * @throws Error when the socket is somebody else's.
 */
export const remoteStore = async (socketPath: string): Promise<RemoteStore | undefined> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask: Ask = (method, path, message) => answerOf(agent, socketPath, method, path, message);
  if (!(await isAnswered(ask, socketPath))) return undefined;
  return {
    keys: {
      list: () => ask<Key[]>('GET', '/keys').then(needed),
      create: (wanted) => ask<KeyAndSecret>('POST', '/keys', wanted).then(needed),
      revoke: (id) => ask('DELETE', keyPath(id)).then(isThere, isNotThere),
      rotate: (id) =>
        ask<KeyAndSecret>('POST', `${keyPath(id)}/secret`, {})
          .catch(isNotThere)
          .then(orUndefined),
    },
    importBatch: (batch) => {
      const attachments = batch.attachments.map(({ body, ...rest }) => ({
        ...rest,
        content: body.toString('base64'),
      }));
      return ask<ImportOutcome>('POST', '/import', { ...batch, attachments } satisfies ImportMessage).then(
        needed,
      );
    },
    exportText: async function* exportText(wanted) {
      const message: ExportMessage = { ...wanted, parameters: [...wanted.parameters] };
      const response = await responseOf(agent, socketPath, 'POST', '/export', message);
      if (response.statusCode !== 200) throw refusalOf(await buffer(response));
      yield* response as AsyncIterable<Buffer>;
    },
    close: () => agent.destroy(),
  };
};

type Ask = <Answer>(method: string, path: string, message?: object) => Promise<Answer | undefined>;

const keyPath = (id: string): string => `/keys/${encodeURIComponent(id)}`;
const isThere = (): boolean => true;

const isNotThere = (error: unknown): false => {
  if (error instanceof Rejection && error.reason === 'not-found') return false;
  throw error;
};

const orUndefined = <Answer>(answer: Answer | false | undefined): Answer | undefined =>
  answer === false ? undefined : answer;

const needed = <Answer>(answer: Answer | undefined): Answer => {
  if (answer === undefined) throw new Error('The server gave no answer.');
  return answer;
};

const isAnswered = async (ask: Ask, socketPath: string): Promise<boolean> => {
  try {
    await ask('GET', '/');
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return false;
    if (code === 'EACCES')
      throw new Error(`The server at ${socketPath} belongs to another user; run this as that one.`);
    throw error;
  }
};

const answerOf = async <Answer>(
  agent: Agent,
  socketPath: string,
  method: string,
  path: string,
  message: object | undefined,
): Promise<Answer | undefined> => {
  const response = await responseOf(agent, socketPath, method, path, message);
  const body = await buffer(response);
  if (response.statusCode === 204) return undefined;
  if (response.statusCode !== 200) throw refusalOf(body);
  return JSON.parse(body.toString('utf8')) as Answer;
};

const responseOf = (
  agent: Agent,
  socketPath: string,
  method: string,
  path: string,
  message?: object,
): Promise<IncomingMessage> =>
  new Promise((done, refuse) => {
    const sending = request({ agent, socketPath, method, path }, done);
    sending.once('error', refuse);
    sending.end(message === undefined ? undefined : JSON.stringify(message));
  });

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
