import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { type Express, type Request, type RequestHandler } from 'express';
import type { Letters } from '../forwarding/forward-store.ts';
import { reject } from '../xapi/rejection.ts';
import { controlBackup } from './control-backup.ts';
import type { WantedKey } from './control-keys.ts';
import type { ControlQuestion, ControlStore } from './control-store.ts';
import type { Reply } from './exchange.ts';
import type { ExportRequest } from './export-text.ts';
import type { ImportBatch } from './import-batch.ts';
import { readBody } from './read-body.ts';
import { json, noContent, replyToError, send } from './reply.ts';
import { readRecord } from './transfer-record.ts';

type OnFault = (error: unknown, requestId: string) => void;

/** What travels: an import's bytes as base64, an export's parameters as pairs. */
export type ImportMessage = Omit<ImportBatch, 'attachments'> & {
  readonly attachments: readonly {
    readonly sha2: string;
    readonly contentType: string;
    readonly content: string;
  }[];
};
export type ExportMessage = Omit<ExportRequest, 'parameters'> & {
  readonly parameters: readonly (readonly [string, string])[];
};

export type LettersMessage = { readonly which: Letters };

/** A batch is far smaller unless one attachment is that large. */
const BODY = { most: 2 ** 29, setBy: 'what a command may send at once' };

/**
 * The acts of an operator for commands beside the running server. It asks nobody who they are: it listens only
 * on a socket that no one but the owner of the store can open.
 */
export const controlApp = (store: ControlStore, onFault: OnFault, status: () => Promise<object>): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  const answer: Answering = (handle) => async (request, response) => {
    send(response, await handle(request).catch((error) => replyToError(error, 'control', onFault)), {});
  };
  app.get(
    '/',
    answer(async () => json({ name: 'Cairn' })),
  );
  app.get(
    '/status',
    answer(async () => json(await status())),
  );
  app.get(
    '/keys',
    answer(async () => json(await store.keys.list())),
  );
  app.post(
    '/keys',
    answer(async (request) => json(await store.keys.create(await read<WantedKey>(request)))),
  );
  app.delete(
    '/keys/:id',
    answer(async (request) => found(await store.keys.revoke(idOf(request)))),
  );
  app.patch(
    '/keys/:id',
    answer(async (request) => found(await store.keys.change(idOf(request), await read(request)))),
  );
  app.post(
    '/keys/:id/secret',
    answer(async (request) => found(await store.keys.rotate(idOf(request)))),
  );
  app.post(
    '/records',
    answer(async (request) => json(await store.recordPeople(readRecord(await read(request))))),
  );
  app.post(
    '/ask',
    answer(async (request) => json(await store.ask(await read<ControlQuestion>(request)))),
  );
  app.post(
    '/import',
    answer(async (request) => json(await store.importBatch(batchOf(await read(request))))),
  );
  app.post('/export', exporter(store, onFault));
  app.post('/backup', controlBackup(store));
  addForwards(app, store, answer);
  return app;
};

type Answering = (handle: (request: Request) => Promise<Reply>) => RequestHandler;

const addForwards = (app: Express, { forwards }: ControlStore, answer: Answering): void => {
  const whichOf = async (request: Request) => (await read<LettersMessage>(request)).which;
  app.get(
    '/forwards',
    answer(async () => json(await forwards.list())),
  );
  app.get(
    '/forwards/:id/dead-letters',
    answer(async (request) => {
      const { after, limit } = request.query;
      return json(await forwards.deadLetters(idOf(request), Number(after), Number(limit)));
    }),
  );
  app.post(
    '/forwards/:id/retry',
    answer(async (request) => json(await forwards.retry(idOf(request), await whichOf(request)))),
  );
  app.post(
    '/forwards/:id/discard',
    answer(async (request) => json(await forwards.discard(idOf(request), await whichOf(request)))),
  );
};

const idOf = ({ params }: Request): string => String(params['id']);

const read = async <Message>(request: Request): Promise<Message> =>
  JSON.parse((await readBody(request, BODY)).toString('utf8')) as Message;

const batchOf = ({ attachments, ...rest }: ImportMessage): ImportBatch => ({
  ...rest,
  attachments: attachments.map(({ sha2, contentType, content }) => ({
    sha2,
    contentType,
    body: Buffer.from(content, 'base64'),
  })),
});

const found = (result: object | boolean | undefined): Reply => {
  if (result === true) return noContent;
  if (result === undefined || result === false) throw reject('not-found', '', 'There is no such key.');
  return json(result);
};

/** Once it flows, an error can only cut it off, which the reader notices. */
const exporter =
  (store: ControlStore, onFault: OnFault): RequestHandler =>
  async (request, response) => {
    try {
      const message = await read<ExportMessage>(request);
      const text = store.exportText({ ...message, parameters: new Map(message.parameters) });
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
      await pipeline(Readable.from(text), response);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else send(response, replyToError(error, 'control', onFault), {});
    }
  };
