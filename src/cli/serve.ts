import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import packageJson from '../../package.json' with { type: 'json' };
import { type Forwards, forwards as openForwards, type SeenForwards } from '../forwarding/forwards.ts';
import { admissions } from '../http/admissions.ts';
import { controlApp } from '../http/control-app.ts';
import { controlStore } from '../http/control-store.ts';
import { createApp } from '../http/create-app.ts';
import { createServer } from '../http/create-server.ts';
import { drain } from '../http/drain.ts';
import { tokenIssuers } from '../http/issuers.ts';
import type { Services } from '../http/services.ts';
import { people } from '../people/people.ts';
import { openStorage, sqliteFolder } from '../storage/open-storage.ts';
import type { Storage } from '../storage/storage.ts';
import { type Command, EXIT } from './command.ts';
import { listenForCommands } from './control-socket.ts';
import { explainSystemError } from './explain-system-error.ts';
import { ensureFirstCredential } from './first-credential.ts';
import { replayProgress } from './replay-progress.ts';
import { openSeeing, type Seeing, unseen } from './seeing.ts';
import type { ServerLog } from './server-log.ts';
import { serverStatus } from './server-status.ts';
import { readSettings, type Settings } from './settings.ts';
import { tellDamage } from './tell-damage.ts';
import { threadScripts } from './thread-scripts.ts';

/** The exit code after a commit has failed, or anything unforeseen: what we hold is not to be trusted any more. */
const EXIT_STORE_FAILED = 70;
/** How long the answers of a store that has failed have to leave, in milliseconds. */
const LAST_WORDS = 200;
/** How long the store then has to close, in milliseconds. */
const CLOSES_IN = 10_000;

/** `cairn serve`: opens the store, listens, and ends cleanly on SIGTERM and SIGINT. */
export const serveCommand: Command = {
  name: 'serve',
  summary: 'Answer xAPI over HTTP until told to stop (SIGTERM, SIGINT).',
  details:
    'All of its settings are environment variables, such as CAIRN_PORT, CAIRN_HOST and CAIRN_STORAGE; the README lists\n' +
    'them. When it listens it prints one line: {"listening":"http://127.0.0.1:8080"}.',
  options: [],
  run: async ({ environment }) => {
    const settings = readSettings(environment);
    const folder = sqliteFolder(settings.storage);
    const seeing = await openSeeing(settings, environment);
    const failed = whenFailed(seeing.log);
    process.on('uncaughtException', failed.tellUncaught);
    const storage = await openToServe(settings, seeing, failed.tell).catch((error) => {
      throw explainSystemError(
        error,
        `The data folder ${folder}`,
        'Set CAIRN_STORAGE to another, or let it be written.',
      );
    });
    failed.attend(storage);
    const servers: Server[] = [];
    const drains = { requests: drain(), commands: drain() };
    const forwards = forwardsOf(storage, settings);
    try {
      await ensureFirstCredential(storage.credentials, settings);
      await forwards.start();
      const services = servicesOf(storage, settings, seeing, forwards);
      const server = createServer(createApp(services), {
        family: settings.defaultVersion,
        tls: settings.tls,
        admissions: services.admissions,
        drain: drains.requests,
      });
      await listen(server, settings);
      servers.push(server);
      const control = createServer(
        controlApp(controlStore({ ...services, backup: storage.backup }), seeing.log.fault, services.status),
        { drain: drains.commands },
      );
      const removeSocket = await listenForCommands(control, folder);
      servers.push(control);
      const stop = toldToStop();
      announce(server, settings, seeing.log);
      storage.scrub(seeing.log.damaged);
      await stop;
      seeing.stop();
      await Promise.all(Object.values(drains).map(({ end }) => end(drainTimes(settings))));
      await removeSocket();
    } finally {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
      await forwards.stop();
      await storage.close();
    }
    await seeing.close();
    return EXIT.ok;
  },
};

/**
 * Ends the process when the store has failed, or nobody knows what has, once what was under way has been answered. Its
 * threads end first: to break one off within the driver would be to crash.
 */
const whenFailed = (log: ServerLog) => {
  let opened: Storage | undefined;
  const end = async (): Promise<void> => {
    const late = setTimeout(() => process.exit(EXIT_STORE_FAILED), CLOSES_IN);
    await opened?.close().catch(() => undefined);
    clearTimeout(late);
    process.exit(EXIT_STORE_FAILED);
  };
  return {
    attend: (storage: Storage) => {
      opened = storage;
    },
    tell: (error: Error) => {
      log.failed(error);
      setTimeout(end, LAST_WORDS);
    },
    /** Node would print what was thrown, which may quote what was sent. */
    tellUncaught: (error: unknown) => {
      log.uncaught(error);
      setTimeout(end, LAST_WORDS);
    },
  };
};

const openToServe = (
  settings: Settings,
  { metrics }: Seeing,
  onFailure: (error: Error) => void,
): Promise<Storage> =>
  openStorage(settings.storage, {
    onFailure,
    onReplay: replayProgress(),
    onCommit: metrics.committed,
    onDamage: tellDamage,
    onNotice: console.error,
    metrics: settings.learningMetrics ? 'follow' : 'off',
    ...threadScripts(),
    ...(settings.publicUrl === undefined ? {} : { installation: settings.publicUrl.href }),
  });

const announce = (server: Server, settings: Settings, log: ServerLog): void => {
  const { port } = server.address() as AddressInfo;
  const scheme = settings.tls === undefined ? 'http' : 'https';
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  const listening = `${scheme}://${host}:${port}`;
  console.info(JSON.stringify({ listening }));
  log.started({ version: packageJson.version, listening, storage: settings.storage });
};

const forwardsOf = (storage: Storage, { forwarding }: Settings): Forwards =>
  openForwards({ ...storage, store: storage.forwards, targets: forwarding });

/** What the HTTP room is handed. */
export const servicesOf = (
  storage: Storage,
  settings: Settings,
  seeing: ReturnType<typeof unseen> = unseen(),
  forwards: SeenForwards = forwardsOf(storage, settings),
): Services => ({
  statements: storage.statements,
  attachments: storage.attachments,
  documents: storage.documents,
  quarantine: storage.quarantine,
  learning: storage.metrics,
  people: people(storage.records),
  forwards,
  admissions: admissions(settings),
  stopping: seeing.stopping,
  credentials: storage.credentials,
  installation: storage.installation,
  signingKey: storage.signingKey,
  proveWritable: () => storage.proveWritable(),
  ...(settings.issuers.length === 0 ? {} : { issuers: tokenIssuers(settings.issuers) }),
  figures: () => storage.figures(),
  status: serverStatus(storage, settings, seeing),
  log: seeing.log,
  metrics: seeing.metrics,
  trace: seeing.trace,
  settings: {
    publicUrl: settings.publicUrl?.href.replace(/\/+$/, ''),
    defaultVersion: settings.defaultVersion,
    basePath: settings.publicUrl?.pathname.replace(/\/+$/, '') ?? '',
    maxBody: settings.maxBody,
    maxStatements: settings.maxStatements,
    maxStatement: settings.maxStatement,
    maxDepth: settings.maxDepth,
    maxAttachment: settings.maxAttachment,
    pageSize: settings.pageSize,
    maxPageSize: settings.maxPageSize,
    ignoredParameters: settings.ignoredParameters,
    refusedLogins: settings.refusedLogins,
    trustedProxies: settings.trustedProxies,
    apiOrigins: settings.apiOrigins,
    metricsToken: settings.metricsToken,
    onFault: seeing.log.fault,
  },
});

const listen = async (server: Server, { port, host }: Settings): Promise<void> => {
  try {
    await new Promise<void>((resolve, refuse) => {
      server.once('error', refuse);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    throw explainSystemError(error, `${host}:${port}`, 'CAIRN_HOST and CAIRN_PORT say where to listen.');
  }
};

const drainTimes = ({ drainDelay, drainTime }: Settings) => ({
  delay: 1000 * drainDelay,
  most: 1000 * drainTime,
});

const toldToStop = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
