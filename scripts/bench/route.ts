/**
 * The reference "route without storage": the server's own app with its authentication, reading and validation, and
 * behind it a store that keeps nothing. What it costs less than the server is what storing costs.
 */
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { servicesOf } from '../../src/cli/serve.ts';
import { readSettings } from '../../src/cli/settings.ts';
import { hashSecret } from '../../src/credentials/credential.ts';
import { createApp } from '../../src/http/create-app.ts';
import { createServer } from '../../src/http/create-server.ts';
import type { Storage } from '../../src/storage/storage.ts';

/** Acts for which there is nothing to act on. */
const nothingIsKept = async (): Promise<never> => {
  throw new Error('The route without storage keeps nothing.');
};

const EMPTY_STATEMENTS: Storage['statements'] = {
  append: async ({ statements }) => statements.map(({ idAsSent }) => idAsSent),
  find: async () => undefined,
  count: async () => 0,
  page: async () => ({ statements: [] }),
  after: async () => [],
  definition: async () => undefined,
  names: async () => [],
  head: () => 0,
  watch: () => () => undefined,
  consistentThrough: () => Date.now() * 1000,
};

const EMPTY_ROWS: Pick<Storage, 'documents' | 'quarantine' | 'records'> = {
  records: { append: nothingIsKept, after: async () => [] },
  documents: {
    get: async () => undefined,
    list: async () => [],
    change: nothingIsKept,
    clear: nothingIsKept,
    all: async function* () {},
  },
  quarantine: {
    keep: nothingIsKept,
    list: async () => [],
    find: async () => undefined,
    remove: nothingIsKept,
  },
};

/** Takes every statement as new, answers its id and forgets it; knows one credential, which may do everything. */
const emptyStorage = (key: string, secret: string): Storage => {
  const credential = {
    id: key,
    label: 'bench',
    scopes: ['all'],
    secretHash: hashSecret(secret),
    created: 0,
  } as const;
  return {
    statements: EMPTY_STATEMENTS,
    attachments: { get: async () => undefined, lengthOf: async () => undefined },
    ...EMPTY_ROWS,
    credentials: {
      find: (id) => (id === key ? credential : undefined),
      list: () => [credential],
      create: nothingIsKept,
      revoke: nothingIsKept,
      rotate: nothingIsKept,
      change: nothingIsKept,
      fetch: nothingIsKept,
      used: () => undefined,
    },
    metrics: { ask: nothingIsKept, progress: () => ({ upto: 0 }) },
    forwards: {
      cursor: () => undefined,
      keep: nothingIsKept,
      countDeadLetters: () => 0,
      deadLetters: () => [],
      marked: () => [],
      mark: nothingIsKept,
      discard: nothingIsKept,
    },
    installation: 'http://127.0.0.1/',
    signingKey: randomBytes(32),
    proveWritable: async () => undefined,
    failure: () => undefined,
    figures: () => ({
      head: 0,
      statements: 0,
      lastStored: 0,
      consistentThrough: 0,
      queue: { waiting: 0, underWay: 0 },
      index: { flushed: 0, backlog: 0 },
      files: {},
    }),
    scrub: () => undefined,
    indexDigest: nothingIsKept,
    backup: nothingIsKept,
    close: async () => undefined,
  };
};

const settings = readSettings(process.env);
const storage = emptyStorage(settings.key ?? '', settings.secret ?? '');
const server = createServer(createApp(servicesOf(storage, settings)));
server.listen(settings.port, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ listening: `http://127.0.0.1:${port}` }));
});
process.on('SIGTERM', () => process.exit(0));
