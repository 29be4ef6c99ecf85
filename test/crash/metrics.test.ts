import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ROOT } from '../house/source-files.ts';
import { type Change, plantProgram } from './plant-program.ts';

type Found = {
  readonly kills: number;
  readonly behind: number;
  readonly violations: readonly string[];
} & Readonly<Record<string, unknown>>;

/** Runs `npm run metrics-crash`, small, on the built program or a mutant of it, in a folder that is removed afterwards. */
const killMetrics = async (kills: number, changes?: readonly Change[]): Promise<Found> => {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-metrics-'));
  try {
    const program = changes === undefined ? [] : ['--program', plantProgram(folder, changes)];
    const options = ['--kills', String(kills), '--folder', folder, '--json', ...program];
    const command = spawn(process.execPath, ['scripts/metrics-crash.mjs', ...options], { cwd: ROOT });
    const [said, complained] = [text(command.stdout), text(command.stderr)];
    await once(command, 'close');
    const [line = ''] = (await said).split('\n');
    if (!line.startsWith('{')) throw new Error(await complained);
    return JSON.parse(line) as Found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

describe('metrics of a server that is killed under load', () => {
  it('know after it what the log says, from what they had kept and without it', async () => {
    const { violations, seed, kills, behind, answers } = await killMetrics(3);
    expect({ seed, violations }).toEqual({ seed, violations: [] });
    expect(kills).toBeGreaterThanOrEqual(3);
    expect(behind).toBeGreaterThanOrEqual(1);
    expect(answers).toBeGreaterThanOrEqual(9);
  }, 120_000);

  it('are seen to be wrong when the first fact of each part is lost', async () => {
    const change: Change = [/slice\(marks\.facts\)/, 'slice(marks.facts + 1)', 'metrics-thread.js'];
    const { violations } = await killMetrics(12, [change]);
    expect(violations.join('\n')).toMatch(/from what was kept .+ made anew/);
  }, 120_000);
});
