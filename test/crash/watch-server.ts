import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** Debian's package of that name. */
export const STRACE = 'strace';
/** What the trace has to hold: writes, syncs, what makes or renames files, and what comes and leaves on sockets. */
const CALLS = [
  'pwrite64,write,writev,?pwritev,ftruncate,fsync,fdatasync',
  'openat,?rename,?renameat,?renameat2,?mkdir,?mkdirat',
  'read,?readv,recvfrom,recvmsg,sendto,sendmsg',
].join();
/** Enough of what is sent and received for a request line and a status line. */
const CHARACTERS = '96';
const TRACE_MILLISECONDS = 20_000;

const KEY = 'watched';
const SECRET = 'secret-of-the-watched';

/** Why no server can be watched here, if so. */
export const whyNotWatched = (): string | undefined => {
  const { status, error } = spawnSync(STRACE, ['-f', '-e', 'trace=none', process.execPath, '-e', '0']);
  if (status === 0) return undefined;
  return error === undefined ? 'strace may not trace here' : 'strace is not installed';
};

export type WatchedServer = {
  readonly url: string;
  readonly authorization: string;
  /** The data folder, which the server has made. */
  readonly data: string;
  /** Stops the server and answers the whole trace. */
  stop(): Promise<string>;
};

const environment = (data: string): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CAIRN_'))),
  CAIRN_HOST: '127.0.0.1',
  CAIRN_PORT: '0',
  CAIRN_STORAGE: `sqlite:${data}`,
  CAIRN_KEY: KEY,
  CAIRN_SECRET: SECRET,
});

/**
 * Starts a program under strace, which stands beside it (-D), so that signals go to the program itself.
 *
 * @param folder where the data folder and the trace are put
 */
export const watchServer = async (program: string, folder: string): Promise<WatchedServer> => {
  const data = join(folder, 'data');
  const trace = join(folder, 'trace');
  const options = [
    '-D',
    '-f',
    '-yy',
    '-s',
    CHARACTERS,
    '-e',
    `trace=${CALLS}`,
    '-e',
    'signal=none',
    '-o',
    trace,
  ];
  const server = spawn(STRACE, [...options, process.execPath, program, 'serve'], {
    env: environment(data),
  });
  const url = await addressOf(server);
  return {
    url,
    authorization: `Basic ${Buffer.from(`${KEY}:${SECRET}`).toString('base64')}`,
    data,
    stop: async () => {
      const gone = once(server, 'exit');
      server.kill('SIGTERM');
      const late = setTimeout(() => server.kill('SIGKILL'), TRACE_MILLISECONDS);
      await gone;
      clearTimeout(late);
      return wholeTrace(trace, server.pid as number);
    },
  };
};

const addressOf = async (server: ChildProcess): Promise<string> => {
  const complaints: string[] = [];
  server.stderr?.on('data', (text) => complaints.push(String(text)));
  for await (const line of createInterface({ input: server.stdout as NodeJS.ReadableStream })) {
    const url = /^\{"listening":"([^"]+)"\}$/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`The watched server ended before it listened: ${complaints.join('')}`);
};

/** strace writes its last lines after the program has gone. */
const wholeTrace = async (path: string, pid: number): Promise<string> => {
  const end = new RegExp(`^${pid} +\\+\\+\\+ exited with 0 `, 'm');
  const until = Date.now() + TRACE_MILLISECONDS;
  while (Date.now() < until) {
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    if (end.test(text)) return text;
    await sleep(50);
  }
  throw new Error('The trace was not finished.');
};
