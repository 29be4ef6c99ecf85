import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { servicesOf } from '../../src/cli/serve.ts';
import { readSettings } from '../../src/cli/settings.ts';
import { hashSecret, newCredentialId, newSecret } from '../../src/credentials/credential.ts';
import type { Scope } from '../../src/credentials/scope.ts';
import { createApp } from '../../src/http/create-app.ts';
import { type ClientLimits, createServer } from '../../src/http/create-server.ts';
import type { HttpSettings, Services } from '../../src/http/services.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import type { Storage, StorageOptions } from '../../src/storage/storage.ts';

import { type Answer, send, sendTogether, type Wire } from './wire.ts';

export type Key = { readonly id: string; readonly secret: string; readonly authorization: string };
export type Agent = ReturnType<typeof supertest.agent>;
/** A Cairn on real files that listens on a port of its own. */
export type Cairn = {
  readonly services: Services;
  readonly storage: Storage;
  /** Scheme, host and port. */
  readonly origin: string;
  /** What went wrong inside, by its own fault. */
  readonly faults: unknown[];
  key(...scopes: readonly Scope[]): Promise<Key>;
  /** Requests under a key and a version. */
  as(key: Key | string, version?: string): Agent;
  /** Requests under a key that may do everything, in 1.0.3 and in 2.0.0. */
  readonly all: Agent;
  readonly all2: Agent;
  /** Requests without any header of their own. */
  readonly bare: Agent;
  readonly master: Key;
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** A request as it stands, under the master key unless it says otherwise. */
  wire(request: Wire): Promise<Answer>;
  /** Requests that the server has all at once; each has a body. */
  together(requests: readonly Wire[]): Promise<readonly Answer[]>;
  /** Closes the store and opens it again behind a new port. */
  reopen(): Promise<void>;
  close(): Promise<void>;
};

export type CairnOptions = {
  readonly settings?: Partial<HttpSettings>;
  readonly storage?: StorageOptions;
  readonly limits?: Partial<ClientLimits>;
  /** Puts something between the app and its stores, such as a delay. */
  readonly services?: (services: Services, storage: Storage) => Services;
};

export const basicOf = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
};

const startCairn = async (options: CairnOptions = {}): Promise<Cairn> => {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-http-'));
  const faults: unknown[] = [];
  const settings = readSettings({});
  const open = async () => {
    const storage = await openStorage(`sqlite:${folder}`, options.storage);
    const stopping = new AbortController();
    const given = { ...servicesOf(storage, settings), stopping: stopping.signal };
    const own = {
      ...given.settings,
      // Tests refuse far more than a minute of an address allows.
      refusedLogins: 1_000_000,
      ...options.settings,
      onFault: (error: unknown) => void faults.push(error),
    };
    const services = (options.services ?? ((same) => same))({ ...given, settings: own }, storage);
    const server = createServer(createApp(services), {
      family: services.settings.defaultVersion,
      admissions: services.admissions,
      limits: options.limits ?? {},
    });
    return { storage, services, server, stopping, port: await listening(server) };
  };
  let now = await open();
  const shut = async () => {
    now.stopping.abort();
    now.server.closeAllConnections();
    await new Promise((resolve) => {
      now.server.close(resolve);
    });
    await now.storage.close();
  };
  const key = async (...scopes: readonly Scope[]): Promise<Key> => {
    const made = { id: newCredentialId(), secret: newSecret() };
    await now.storage.credentials.create({
      id: made.id,
      label: scopes.join(' '),
      scopes,
      secretHash: hashSecret(made.secret),
    });
    return { ...made, authorization: basicOf(made.id, made.secret) };
  };
  const master = await key('all');
  const as = (who: Key | string, version = '1.0.3'): Agent =>
    supertest
      .agent(now.server)
      .set('Authorization', typeof who === 'string' ? who : who.authorization)
      .set('X-Experience-API-Version', version) as unknown as Agent;
  return {
    get services() {
      return now.services;
    },
    get storage() {
      return now.storage;
    },
    get origin() {
      return `http://127.0.0.1:${now.port}`;
    },
    get all() {
      return as(master);
    },
    get all2() {
      return as(master, '2.0.0');
    },
    get bare() {
      return supertest.agent(now.server);
    },
    get url() {
      return `http://127.0.0.1:${now.port}`;
    },
    faults,
    master,
    key,
    as,
    wire: (request) => send(now.port, master.authorization, request),
    together: (requests) => sendTogether(now.port, master.authorization, requests),
    reopen: async () => {
      await shut();
      now = await open();
    },
    close: async () => {
      await shut();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** A Cairn for one test, closed however it ends. */
export const withCairn = async (
  options: CairnOptions,
  use: (cairn: Cairn) => Promise<void>,
): Promise<void> => {
  const cairn = await startCairn(options);
  try {
    await use(cairn);
  } finally {
    await cairn.close();
  }
};

/** One Cairn for all tests of a file; in the end it must not have had a fault. */
export const cairnOfFile = (options: CairnOptions = {}): { readonly cairn: Cairn } => {
  let cairn: Cairn | undefined;
  beforeAll(async () => {
    cairn = await startCairn(options);
  });
  afterAll(async () => {
    await cairn?.close();
    expect(cairn?.faults).toEqual([]);
  });
  return {
    get cairn() {
      if (cairn === undefined) throw new Error('A Cairn is there only while tests run.');
      return cairn;
    },
  };
};
