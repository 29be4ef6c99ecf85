import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createApp } from '../http/create-app.ts';
import { createServer } from '../http/create-server.ts';
import type { Services } from '../http/services.ts';
import { openStorage } from '../storage/open-storage.ts';
import type { Storage } from '../storage/storage.ts';
import { ensureFirstCredential } from './first-credential.ts';
import { readSettings, type Settings } from './settings.ts';

/** The exit code after a commit has failed: the disk is not to be trusted, and neither is what we hold of it. */
const EXIT_STORE_FAILED = 70;

/** `cairn serve`: opens the store, listens, and ends cleanly on SIGTERM and SIGINT. */
export const serve = async (environment: NodeJS.ProcessEnv): Promise<void> => {
  const settings = readSettings(environment);
  const storage = await openStorage(settings.storage, {
    onFailure: (error) => {
      console.error(`The store could not write and stops: ${error.message}`);
      setTimeout(() => process.exit(EXIT_STORE_FAILED), 200);
    },
    ...(settings.publicUrl === undefined ? {} : { installation: settings.publicUrl.href }),
  });
  await ensureFirstCredential(storage.credentials, settings);
  const server = serverFor(settings, createApp(servicesOf(storage, settings)));
  await listen(server, settings);
  const { port } = server.address() as AddressInfo;
  const scheme = settings.tlsCert === undefined ? 'http' : 'https';
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  console.info(JSON.stringify({ listening: `${scheme}://${host}:${port}` }));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(server, storage));
};

/** What the HTTP room is handed. */
export const servicesOf = (storage: Storage, settings: Settings): Services => ({
  statements: storage.statements,
  attachments: storage.attachments,
  documents: storage.documents,
  credentials: storage.credentials,
  installation: storage.installation,
  signingKey: storage.signingKey,
  proveWritable: () => storage.proveWritable(),
  settings: {
    defaultVersion: settings.defaultVersion,
    basePath: settings.publicUrl?.pathname.replace(/\/+$/, '') ?? '',
    maxBody: settings.maxBody,
    maxStatements: settings.maxStatements,
    maxAttachment: settings.maxAttachment,
    pageSize: settings.pageSize,
    maxPageSize: settings.maxPageSize,
    ignoredParameters: settings.ignoredParameters,
    onFault: (error, requestId) => {
      console.error(JSON.stringify({ fault: (error as Error).stack ?? String(error), requestId }));
    },
  },
});

const serverFor = (settings: Settings, app: ReturnType<typeof createApp>): Server => {
  const { tlsCert, tlsKey } = settings;
  if (tlsCert === undefined || tlsKey === undefined) return createServer(app);
  return createTlsServer({ cert: readFileSync(tlsCert), key: readFileSync(tlsKey) }, app);
};

const listen = (server: Server, { port, host }: Settings): Promise<void> =>
  new Promise((resolve, refuse) => {
    server.once('error', refuse);
    server.listen(port, host, resolve);
  });

/** Takes no more, answers what is under way, and closes the store. */
const stop = async (server: Server, storage: Storage): Promise<void> => {
  const closed = new Promise((resolve) => {
    server.close(resolve);
  });
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 10_000).unref();
  await closed;
  await storage.close();
  process.exit(0);
};
