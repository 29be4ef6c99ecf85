import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startServer } from './bench/server.mjs';
import { makeFolder } from './commands/folder.mjs';
import { runCommand, tell } from './commands/run-command.mjs';
import { apiClient, callCairn } from './demo/call-cairn.mjs';
import { DEMO_HELP, readDemoOptions } from './demo/demo-options.mjs';
import { layOut } from './demo/lay-out.mjs';
import { loadLists, moveIn, untilCaughtUp } from './demo/load.mjs';
import { daysTooEarly } from './demo/move-days.mjs';
import { tellAnswers, tellPlace } from './demo/tell.mjs';

/** What a folder has once everything is loaded. */
const LOADED = 'loaded.json';

/** Nothing of the caller's own Cairn. */
const forgetSettings = () => {
  for (const name of Object.keys(process.env)) if (name.startsWith('CAIRN_')) delete process.env[name];
};

const folderOf = (folder) => {
  if (folder === undefined) return makeFolder('demo', tmpdir()).path;
  mkdirSync(folder, { recursive: true });
  return resolve(folder);
};

/** Whether the folder holds all of this year already. */
const isLoaded = (folder, seed) => {
  const mark = join(folder, LOADED);
  if (existsSync(mark)) {
    const known = JSON.parse(readFileSync(mark, 'utf8')).seed;
    if (known !== seed) throw new Error(`${folder} holds the year of --seed ${known}`);
    return true;
  }
  if (existsSync(join(folder, 'data')))
    throw new Error(`${folder} holds a store that the demonstration has not finished; remove it`);
  return false;
};

const run = async ({ folder: named, seed, port, once: isOnce, program }, stopped) => {
  forgetSettings();
  const folder = folderOf(named);
  const isThere = isLoaded(folder, seed);
  const cairn = callCairn(program, join(folder, 'data'));
  if (!isThere) {
    tell('a year of learning is made up');
    layOut(folder, seed, daysTooEarly(Date.now()));
    tell('what an LRS has stored in that year is moved in');
    await moveIn(cairn, folder);
  }
  stopped.throwIfAborted();
  const credential = { key: 'demo', secret: randomBytes(18).toString('base64url') };
  const server = await startServer([program, 'serve'], {
    CAIRN_STORAGE: `sqlite:${join(folder, 'data')}`,
    CAIRN_PORT: String(port),
    CAIRN_KEY: credential.key,
    CAIRN_SECRET: credential.secret,
  });
  const api = apiClient(server.url, credential);
  if (!isThere) {
    tell('roster, requirements, skills, observations and attendance are loaded');
    await loadLists(cairn, api, folder);
    writeFileSync(join(folder, LOADED), `${JSON.stringify({ seed })}\n`);
  }
  stopped.throwIfAborted();
  tell(`metrics know all ${(await untilCaughtUp(api)).toLocaleString('en')} entries of the log`);
  await tellAnswers(cairn, folder, program);
  if (!isOnce) {
    tellPlace(server.url, credential, folder);
    if (!stopped.aborted) await once(stopped, 'abort');
  }
  await server.stop();
  return true;
};

await runCommand({ help: DEMO_HELP, readOptions: readDemoOptions, run, reports: true });
