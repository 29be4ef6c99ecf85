import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { examineStorage, sqliteFolder } from '../storage/open-storage.ts';
import { askServer } from './ask-server.ts';
import { type Call, type Command, EXIT } from './command.ts';
import { controlSocket } from './control-socket.ts';
import { checkFolder } from './doctor/check-folder.ts';
import { checkHost } from './doctor/check-host.ts';
import { judgeServer } from './doctor/check-server.ts';
import { checkSettings, complaintsOf } from './doctor/check-settings.ts';
import { judgeStore } from './doctor/check-store.ts';
import { bad, type Finding } from './doctor/finding.ts';
import type { ServerStatus } from './server-status.ts';
import { readSettings, type Settings } from './settings.ts';

/** `cairn doctor`: looks at everything that can be wrong around a store, and says what to do. */
export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'Check settings, data folder, store, server and machine, and say what to do.',
  details:
    'Nothing is changed. A line for each check: ok, warn or bad, and below it what to do. The exit code is 1 when\n' +
    'something is bad. It has to run as the user and with the settings of the server.',
  options: [
    { name: 'deep', explanation: 'Look at every page of log.db beside a running server, too.' },
    { name: 'json', explanation: 'Print one JSON array.' },
  ],
  run: async (call) => {
    const findings = await examine(call);
    console.info(call.has('json') ? JSON.stringify(findings, null, 2) : findings.map(lineOf).join('\n'));
    return findings.some(({ state }) => state === 'bad') ? EXIT.failed : EXIT.ok;
  },
};

const examine = async (call: Call): Promise<readonly Finding[]> => {
  const host = await checkHost();
  let settings: Settings;
  try {
    settings = readSettings(call.environment);
  } catch (error) {
    return [...host, ...complaintsOf(error as Error)];
  }
  const folder = sqliteFolder(settings.storage);
  const folderFindings = await checkFolder(folder);
  const status = await askStatus(folder);
  const isServed = !(status instanceof Error) && status !== undefined;
  return [
    ...host,
    ...(await checkSettings(settings, isServed)),
    ...folderFindings,
    ...(isBad(folderFindings) ? [] : await checkStore(settings, folder, status, call.has('deep'))),
  ];
};

const isBad = (findings: readonly Finding[]): boolean => findings.some(({ state }) => state === 'bad');

/** What the running server says, undefined when there is none, or why it does not say. */
const askStatus = async (folder: string): Promise<ServerStatus | Error | undefined> => {
  const { isThere, ask } = askServer(await controlSocket(folder));
  try {
    return (await isThere()) ? await ask<ServerStatus>('GET', '/status') : undefined;
  } catch (error) {
    return error as Error;
  }
};

const checkStore = async (
  settings: Settings,
  folder: string,
  status: ServerStatus | Error | undefined,
  deep: boolean,
): Promise<readonly Finding[]> => {
  if (!existsSync(join(folder, 'log.db'))) return [];
  try {
    const found = await examineStorage(settings.storage, deep || status === undefined);
    const server =
      status instanceof Error
        ? [bad('server', status.message, 'Its log says why.')]
        : judgeServer(status, found.inUse);
    return [...server, ...judgeStore(found, settings.publicUrl, Date.now() * 1000)];
  } catch (error) {
    const message = `log.db cannot be read: ${(error as Error).message}.`;
    return [bad('store', message, 'Keep a copy of the folder, and restore a backup.')];
  }
};

const lineOf = ({ check, state, message, advice }: Finding): string => {
  const line = `${state.padEnd(4)}  ${check}: ${message}`;
  return advice === undefined ? line : `${line}\n      → ${advice}`;
};
