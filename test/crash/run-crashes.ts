import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Change, plantProgram } from './plant-program.ts';

const ROOT = resolve(__dirname, '../..');

export type Crashes = {
  readonly kills: number;
  readonly moments: Readonly<Record<string, number>>;
  readonly counts: Readonly<Record<string, number>>;
  readonly storeChecks: number;
  readonly violations: readonly string[];
  readonly seed: number;
};

/** Runs `npm run crash` in a folder that is removed afterwards, on the built program or a mutant of it. */
export const runCrashes = async (
  kills: number,
  seed: number,
  changes?: readonly Change[],
): Promise<Crashes> => {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-kill-'));
  try {
    const program = changes === undefined ? [] : ['--program', plantProgram(folder, changes)];
    return await run(['--kills', String(kills), '--seed', String(seed), '--folder', folder, ...program]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const run = async (options: readonly string[]): Promise<Crashes> => {
  const command = spawn(process.execPath, ['scripts/crash.mjs', '--json', ...options], { cwd: ROOT });
  const said: string[] = [];
  const complained: string[] = [];
  command.stdout.on('data', (text) => said.push(String(text)));
  command.stderr.on('data', (text) => complained.push(String(text)));
  await new Promise((ended) => command.once('close', ended));
  const [line = ''] = said.join('').split('\n');
  if (!line.startsWith('{')) throw new Error(complained.join(''));
  return JSON.parse(line) as Crashes;
};
