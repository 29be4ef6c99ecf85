import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { ROOT } from '../../house/source-files.ts';

const demo = (args: readonly string[]) => {
  // A setting of the caller's own that would break any start.
  const env = { ...process.env, CAIRN_PORT: 'x' };
  return spawn(process.execPath, ['scripts/demo.mjs', ...args], { cwd: ROOT, env });
};

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs the command to its end. */
export const runDemo = async (...args: readonly string[]): Promise<Ended> => {
  const child = demo(args);
  const texts = Promise.all([text(child.stdout), text(child.stderr)]);
  const [[code], [out, err]] = await Promise.all([once(child, 'close'), texts]);
  return { code: code as number | null, out, err };
};

/** A demonstration that goes on until it is stopped: what it has printed, and what its API answers. */
export type Running = {
  readonly out: string;
  readonly process: ChildProcess;
  get<Answer>(path: string): Promise<Answer>;
  query<Answer>(question: object): Promise<Answer>;
};

const untilSaid = (child: ReturnType<typeof demo>, last: string): Promise<string> =>
  new Promise((done, refuse) => {
    let [out, err] = ['', ''];
    child.stderr.on('data', (more) => {
      err += more;
    });
    child.stdout.on('data', (more) => {
      out += more;
      if (out.includes(last)) done(out);
    });
    child.once('close', (code) => refuse(new Error(`The demonstration ended with ${code}.\n${out}${err}`)));
  });

/** Reaches it by what it prints, and nothing else. */
export const startDemo = async (...args: readonly string[]): Promise<Running> => {
  const child = demo(args);
  const out = await untilSaid(child, 'Ctrl-C');
  const [, url, key, secret] = /runs at (\S+) with the key (\S+) and the secret (\S+)/.exec(out) ?? [];
  const headers = {
    Authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
    'Content-Type': 'application/json',
  };
  const ask = async (path: string, rest: RequestInit = {}) => {
    const response = await fetch(`${url}api/v1/${path}`, { ...rest, headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json() as Promise<never>;
  };
  return {
    out,
    process: child,
    get: ask,
    query: (question) => ask('query', { method: 'POST', body: JSON.stringify(question) }),
  };
};
