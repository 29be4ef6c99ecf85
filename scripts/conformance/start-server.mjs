import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { own } from '../commands/children.mjs';

const PROGRAM = join('dist', 'main.js');
const STOP_MILLISECONDS = 15_000;
const START_MILLISECONDS = 30_000;

const changedAt = async (path) => (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;

/** Builds, unless the program is younger than every source. */
const buildIfNeeded = async () => {
  const names = await readdir('src', { recursive: true });
  const sources = await Promise.all(names.map((name) => changedAt(join('src', name))));
  const built = await changedAt(PROGRAM);
  if (built < Math.max(...sources))
    execFileSync('npm', ['run', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
};

/** The environment without settings of the caller: what is tested is what ships. */
const settingsOf = (own) => {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('CAIRN_'));
  return { ...Object.fromEntries(inherited), ...own };
};

/** The address in the line `{"listening":"http://…"}`; fails if the server ends or is late. */
const addressOf = (server) =>
  new Promise((done, fail) => {
    const late = () => fail(new Error(`the server did not listen within ${START_MILLISECONDS} ms`));
    const timer = setTimeout(late, START_MILLISECONDS);
    server.once('error', fail);
    server.once('exit', (code, signal) => fail(new Error(`the server ended early (${signal ?? code})`)));
    createInterface({ input: server.stdout }).on('line', (line) => {
      const url = /^\{"listening":"([^"]+)"\}$/.exec(line)?.[1];
      if (!url) return;
      clearTimeout(timer);
      done(url);
    });
  });

const stopServer = async (server) => {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  const timer = setTimeout(() => server.kill('SIGKILL'), STOP_MILLISECONDS);
  server.kill('SIGTERM');
  await ended;
  clearTimeout(timer);
};

/** Starts Cairn on any free port over a fresh store; `stop` ends it and removes the store. */
export const startServer = async () => {
  await buildIfNeeded();
  const folder = await mkdtemp(join(tmpdir(), 'cairn-conformance-'));
  const key = randomBytes(9).toString('hex');
  const secret = randomBytes(24).toString('hex');
  const server = own(
    spawn(process.execPath, [PROGRAM, 'serve'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: settingsOf({
        CAIRN_HOST: '127.0.0.1',
        CAIRN_PORT: '0',
        CAIRN_STORAGE: `sqlite:${folder}`,
        CAIRN_KEY: key,
        CAIRN_SECRET: secret,
      }),
    }),
  );
  const stop = async () => {
    await stopServer(server);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { url: await addressOf(server), key, secret, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
