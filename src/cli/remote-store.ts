import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ShownCredential } from '../credentials/credential.ts';
import type { DeadLetter, Letters } from '../forwarding/forward-store.ts';
import type { SeenForwards, SeenTarget } from '../forwarding/forwards.ts';
import type { ExportMessage, ImportMessage, LettersMessage } from '../http/control-app.ts';
import type { BackupMessage, BackupNews } from '../http/control-backup.ts';
import type { KeyAndSecret } from '../http/control-keys.ts';
import type { ControlStore } from '../http/control-store.ts';
import type { ImportOutcome } from '../http/import-batch.ts';
import type { Position } from '../statements/statement-query.ts';
import { Rejection } from '../xapi/rejection.ts';
import { type AskServer, askServer, CUT_OFF } from './ask-server.ts';

/**
 * The store of the server that listens at a socket; undefined when nobody does.
 *
 * @throws Error when the socket is somebody else's.
 */
export const remoteStore = async (socketPath: string): Promise<ControlStore | undefined> => {
  const { isThere, ask, stream } = askServer(socketPath);
  if (!(await isThere())) return undefined;
  return {
    keys: {
      list: () => ask<ShownCredential[]>('GET', '/keys').then(needed),
      create: (wanted) => ask<KeyAndSecret>('POST', '/keys', wanted).then(needed),
      revoke: (id) =>
        ask('DELETE', keyPath(id))
          .then(() => true)
          .catch((error) => noneIfMissing(error) ?? false),
      change: (id, change) =>
        ask('PATCH', keyPath(id), change)
          .then(() => true)
          .catch((error) => noneIfMissing(error) ?? false),
      rotate: (id) => ask<KeyAndSecret>('POST', `${keyPath(id)}/secret`, {}).catch(noneIfMissing),
    },
    forwards: remoteForwards(ask),
    recordPeople: (record) => ask<Position[]>('POST', '/records', record).then(needed),
    ask: (question) => ask('POST', '/ask', question),
    importBatch: (batch) => {
      const attachments = batch.attachments.map(({ body, ...rest }) => ({
        ...rest,
        content: body.toString('base64'),
      }));
      return ask<ImportOutcome>('POST', '/import', { ...batch, attachments } satisfies ImportMessage).then(
        needed,
      );
    },
    exportText: (request) =>
      stream('POST', '/export', { ...request, parameters: [...request.parameters] } satisfies ExportMessage),
    backup: async (target, tell) => {
      const answer = stream('POST', '/backup', { target } satisfies BackupMessage);
      for await (const line of createInterface({ input: Readable.from(answer) })) {
        const news = JSON.parse(line) as BackupNews;
        if ('problem' in news) throw new Error(news.problem);
        if ('report' in news) return news.report;
        tell?.(news.progress);
      }
      throw new Error(CUT_OFF);
    },
  };
};

const remoteForwards = (ask: AskServer['ask']): SeenForwards => {
  const path = (target: string, act: string) => `/forwards/${encodeURIComponent(target)}/${act}`;
  const count = (act: string) => (target: string, which: Letters) =>
    ask<number>('POST', path(target, act), { which } satisfies LettersMessage).then(needed);
  return {
    list: () => ask<SeenTarget[]>('GET', '/forwards').then(needed),
    deadLetters: (target, after, limit) =>
      ask<DeadLetter[]>('GET', `${path(target, 'dead-letters')}?after=${after}&limit=${limit}`).then(needed),
    retry: count('retry'),
    discard: count('discard'),
  };
};

const keyPath = (id: string): string => `/keys/${encodeURIComponent(id)}`;

/** Undefined when it says that there is no such key; any other error is thrown on. */
const noneIfMissing = (error: unknown): undefined => {
  if (error instanceof Rejection && error.reason === 'not-found') return undefined;
  throw error;
};

const needed = <Answer>(answer: Answer | undefined): Answer => {
  if (answer === undefined) throw new Error('The server gave no answer.');
  return answer;
};
