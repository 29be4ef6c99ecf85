import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { own } from '../commands/children.mjs';

const READY_MILLISECONDS = 30_000;
const STOP_MILLISECONDS = 30_000;
const DYING_MILLISECONDS = 5000;
/** No complaints. */
const PROGRESS = /^(Bringing the index up to date: |The last commit in log\.db-wal is not whole)/;
export const KEY = 'crash';
export const SECRET = 'secret-of-the-crash-test';

const environment = (folder, more) => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CAIRN_'))),
  CAIRN_HOST: '127.0.0.1',
  CAIRN_PORT: '0',
  CAIRN_STORAGE: `sqlite:${folder}`,
  CAIRN_KEY: KEY,
  CAIRN_SECRET: SECRET,
  // Its lines are complaints.
  CAIRN_LOG_LEVEL: 'error',
  ...more,
});

const untilListening = (child, complaints) =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the server did not listen in time')), READY_MILLISECONDS);
    child.once('exit', (code, signal) => {
      clearTimeout(late);
      reject(new Error(`the server ended before it listened (${signal ?? code}): ${complaints.join('\n')}`));
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = /^\{"listening":"([^"]+)"\}$/.exec(line)?.[1];
      if (url === undefined) return;
      clearTimeout(late);
      resolve(url);
    });
  });

/**
 * Starts the real program. Its first moments can be cut short with `kill`, before `listening` resolves.
 * @param {string} program
 * @param {string} folder
 * @param {object} [how]
 * @param {readonly string[]} [how.under] a command that runs it in its own place, with its arguments
 * @param {readonly string[]} [how.flags] of Node
 * @param {Readonly<Record<string, string>>} [how.settings] more of its environment
 */
export const spawnServer = (program, folder, { under = [], flags = [], settings = {} } = {}) => {
  const [command, ...words] = [...under, process.execPath, ...flags, program, 'serve'];
  const child = spawn(command, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(folder, settings),
  });
  own(child);
  const complaints = [];
  const said = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    said.push(line);
    if (!PROGRESS.test(line)) complaints.push(line);
  });
  const gone = once(child, 'close');
  const listening = untilListening(child, complaints);
  listening.catch(() => undefined);
  let asked = false;

  const end = async (signal) => {
    asked = true;
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MILLISECONDS);
    child.kill(signal);
    await gone;
    clearTimeout(late);
    return child.exitCode;
  };

  return {
    listening: async () => {
      const url = await listening;
      return {
        url,
        key: KEY,
        secret: SECRET,
        /** Whether nobody has asked it to end, and it has not ended by itself. */
        isAlive: () => !asked && child.exitCode === null && child.signalCode === null,
        /** What broke a connection may be an end of which we have not heard yet. */
        dying: () => Promise.race([gone, new Promise((resolve) => setTimeout(resolve, DYING_MILLISECONDS))]),
      };
    },
    complaints,
    /** The complaints, and whatever else it said on stderr. */
    said,
    pid: child.pid,
    /** Resolves with the exit code or the signal once it has ended, whatever ended it. */
    gone: async () => {
      await gone;
      return child.exitCode ?? child.signalCode;
    },
    signal: (name) => child.kill(name),
    kill: () => end('SIGKILL'),
    /** Answers the exit code. */
    stop: () => end('SIGTERM'),
    wasAsked: () => asked,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
  };
};
