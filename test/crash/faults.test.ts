import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { whyNotWatched } from './watch-server.ts';

const ROOT = resolve(__dirname, '../..');

type Figures = {
  readonly runs: number;
  readonly statements: number;
  readonly lost?: number;
  readonly reached?: number;
  readonly control?: { readonly lost: number };
  readonly verdicts?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly violations: readonly string[];
};

/** Runs `npm run faults` for one kind, a small number of times. */
const run = async (kind: string, points: number): Promise<Figures> => {
  const options = ['--json', '--kind', kind, '--points', String(points), '--seconds', '1'];
  const command = spawn(process.execPath, ['scripts/faults.mjs', ...options], { cwd: ROOT });
  const said: string[] = [];
  const complained: string[] = [];
  command.stdout.on('data', (text) => said.push(String(text)));
  command.stderr.on('data', (text) => complained.push(String(text)));
  await once(command, 'close');
  if (!said.join('').startsWith('{')) throw new Error(complained.join(''));
  return JSON.parse(said.join('')) as Figures;
};

const why = process.platform === 'linux' ? whyNotWatched() : 'this is not Linux';
if (why !== undefined && !process.env['CI']) console.warn(`Faults were not let happen: ${why}.`);
const onLinux = why === undefined || process.env['CI'] ? describe : describe.skip;

/** Long, for a machine that does other things as well: all together take half a minute on one that does not. */
const PATIENCE = 240_000;

onLinux('nothing that was acknowledged is lost or changed', () => {
  it(
    'when the power is cut; a server that commits unflushed loses something',
    async () => {
      const { violations, runs, statements, lost, control } = await run('power', 3);
      expect({ violations, lost }).toEqual({ violations: [], lost: 0 });
      expect(runs).toBeGreaterThanOrEqual(4);
      expect(statements).toBeGreaterThan(0);
      expect(control?.lost).toBeGreaterThan(0);
    },
    PATIENCE,
  );

  it(
    'when the disk fails',
    async () => {
      const { violations, lost, reached } = await run('io', 2);
      expect({ violations, lost }).toEqual({ violations: [], lost: 0 });
      expect(reached).toBe(2);
    },
    PATIENCE,
  );

  it.each([
    ['when the disk is full', 'full', 1],
    ['when the clock steps', 'clock', 1],
    ['when it may open only a few files', 'starved', 2],
    ['when it is told to stop under load, which leaves nothing without an answer', 'drain', 2],
  ])(
    '%s',
    async (_when, kind, points) => {
      const { violations, runs, statements, lost } = await run(kind, points);
      expect({ violations, lost }).toEqual({ violations: [], lost: 0 });
      expect(runs).toBe(points);
      expect(statements).toBeGreaterThan(0);
    },
    PATIENCE,
  );

  it(
    'when bytes are flipped: what is not as it was is not served',
    async () => {
      const { violations, verdicts = {} } = await run('flips', 6);
      expect(violations).toEqual([]);
      const noticed = Object.values(verdicts).flatMap((of) =>
        Object.entries(of).flatMap(([verdict, times]) => (verdict === 'all reads equal' ? [] : [times])),
      );
      expect(noticed.reduce((sum, times) => sum + times, 0)).toBeGreaterThan(0);
    },
    PATIENCE,
  );
});
