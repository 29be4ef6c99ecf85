import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runCommand } from '../../src/cli/run-command.ts';
import { ROOT } from '../house/source-files.ts';

export type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

const folders: string[] = [];

const PROGRAM = join(ROOT, 'dist/main.js');

/** The settings of one store, and none of the caller's. */
const environmentOf = (folder: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  // What a killed program leaves goes with the test's folder.
  TMPDIR: folders.at(-1) ?? tmpdir(),
  CAIRN_STORAGE: `sqlite:${folder}`,
  ...more,
});

/** Runs a command in this process, on the store in `folder`. */
export const cairn = async (folder: string, ...words: readonly string[]): Promise<Ran> => {
  const out: string[] = [];
  const err: string[] = [];
  const spies = [
    jest.spyOn(console, 'info').mockImplementation((line: string) => void out.push(`${line}\n`)),
    jest.spyOn(console, 'error').mockImplementation((line: string) => void err.push(`${line}\n`)),
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      err.push(String(text));
      return true;
    }),
  ];
  try {
    const code = await runCommand(words, environmentOf(folder));
    return { code, out: out.join(''), err: err.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
};

const started: ChildProcess[] = [];

/** Starts the built program. */
export const startCairn = (
  folder: string,
  words: readonly string[],
  more?: NodeJS.ProcessEnv,
  program = PROGRAM,
): ChildProcess => {
  const child = spawn(process.execPath, [program, ...words], { env: environmentOf(folder, more) });
  started.push(child);
  return child;
};

/** Runs the built program to its end. */
export const runCairn = async (
  folder: string,
  words: readonly string[],
  { stdin = '', more = {} }: { readonly stdin?: string | Buffer; readonly more?: NodeJS.ProcessEnv } = {},
): Promise<Ran> => {
  const child = startCairn(folder, words, more);
  const texts = [child.stdout, child.stderr].map(async (stream) => {
    let text = '';
    for await (const chunk of stream as AsyncIterable<Buffer>) text += chunk.toString('utf8');
    return text;
  });
  child.stdin?.on('error', () => undefined).end(stdin);
  const [code] = (await once(child, 'close')) as [number | null];
  const [out = '', err = ''] = await Promise.all(texts);
  return { code, out, err };
};

export type Served = { readonly url: string; readonly process: ChildProcess; stop(): Promise<number | null> };

/** A server on any free port, with the key `first` and the secret `first-secret`; that of `dist/`, unless it is said. */
export const serveCairn = async (
  folder: string,
  more: NodeJS.ProcessEnv = {},
  program = PROGRAM,
): Promise<Served> => {
  const own = { CAIRN_PORT: '0', CAIRN_KEY: 'first', CAIRN_SECRET: 'first-secret' };
  const child = startCairn(folder, ['serve'], { ...own, ...more }, program);
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const [line] = (await once(lines, 'line')) as [string];
  return {
    url: (JSON.parse(line) as { listening: string }).listening,
    process: child,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      return ((await ended) as [number | null])[0];
    },
  };
};

/** A folder of its own for one test. */
export const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-cli-'));
  folders.push(folder);
  return folder;
};

/** To be called after each test. */
export const cleanUp = (): void => {
  for (const child of started.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
};
