import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { own } from '../commands/children.mjs';

/**
 * @typedef {object} Server
 * @property {URL} url where it listens
 * @property {number} pid
 * @property {number} startMs from the spawn to the line that says it listens
 * @property {() => Promise<number>} stop asks it to stop (SIGTERM); ms until it was gone
 * @property {() => Promise<void>} kill ends it at once (SIGKILL)
 */

const READY_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 60_000;
const COMPLAINT_CHARACTERS = 2000;

/** @typedef {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} Child */

/** @param {string} line */
const readListening = (line) => {
  try {
    return /** @type {unknown} */ (JSON.parse(line)?.listening);
  } catch {
    return undefined;
  }
};

/**
 * @param {Child} child
 * @returns {Promise<URL>}
 */
const untilListening = (child) =>
  new Promise((resolve, reject) => {
    let complaints = '';
    const fail = (/** @type {string} */ why) => reject(new Error(`the server ${why}\n${complaints}`));
    const timer = setTimeout(fail, READY_WITHIN_MS, 'did not say that it listens');
    child.stderr.on('data', (text) => {
      complaints = (complaints + text).slice(-COMPLAINT_CHARACTERS);
    });
    child.once('error', (error) => fail(error.message));
    child.once('close', (code, signal) => fail(`ended before it listened (${signal ?? code})`));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const listening = readListening(line);
      if (typeof listening !== 'string') return;
      clearTimeout(timer);
      resolve(new URL(listening));
    });
  });

/**
 * Starts a server with this Node and waits until it prints `{"listening":"<URL>"}`.
 * @param {readonly string[]} args script and arguments
 * @param {Readonly<Record<string, string>>} [settings] added to the environment
 * @returns {Promise<Server>}
 */
export const startServer = async (args, settings = {}) => {
  const begin = performance.now();
  const env = { ...process.env, ...settings };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  own(child);
  const gone = once(child, 'exit');
  const url = await untilListening(child);
  const startMs = performance.now() - begin;

  const end = async (/** @type {NodeJS.Signals} */ signal) => {
    const asked = performance.now();
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    child.kill(signal);
    await gone;
    clearTimeout(timer);
    return performance.now() - asked;
  };
  const kill = async () => void (await end('SIGKILL'));
  return { url, pid: /** @type {number} */ (child.pid), startMs, stop: () => end('SIGTERM'), kill };
};
