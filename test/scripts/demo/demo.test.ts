import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer, Cell, RateCell } from '../../../src/metrics/views.ts';
import { ROOT } from '../../house/source-files.ts';
import { missesOf, type Planted, questionOf } from './planted.ts';
import { type Ended, type Running, runDemo, startDemo } from './run-demo.ts';
import { ASKED, emptiness, UNTOLD } from './told-by-metrics.ts';

jest.setTimeout(300_000);

/** The year is over then. */
const AS_OF = '2026-11-01T00:00:00Z';
/** Among so many 95 % intervals more misses than this are a matter of less than one in a thousand. */
const MOST_MISSES = 8;

const FOLDER = mkdtempSync(join(tmpdir(), 'cairn-demo-test-'));
let made: Ended;
let running: Running;

beforeAll(async () => {
  made = await runDemo('--once', '--folder', FOLDER);
  running = await startDemo('--folder', FOLDER);
});

afterAll(() => {
  running?.process.kill('SIGTERM');
  rmSync(FOLDER, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

const answersIn = (out: string): string => out.slice(out.indexOf('1.'), out.indexOf('Cairn runs at'));

describe('npm run demo', () => {
  it('asks five questions of a year, and answers each with what it is of and its interval', () => {
    expect({ code: made.code, wrong: made.err.match(/broken off.*/) }).toEqual({ code: 0, wrong: null });
    const parts = made.out.split(/^(?=\d\. )/m);
    expect(parts).toHaveLength(5);
    for (const part of parts) expect(part).toContain('node dist/main.js query --query ');
    const [inTime, remembered, atWork, overdue, competent] = parts;
    expect(inTime).toMatch(/Assembly +\d\d\.\d % \(\d+\/\d+, \d\d\.\d %–\d\d\.\d %\)/);
    expect(remembered).toMatch(/\d\d\.\d % \(\d+\/\d+, .*planted: /s);
    expect(atWork).toMatch(/true +\d\d\.\d % \(\d+\/\d+, /);
    expect(overdue).toMatch(/^ +\S+ \S+ +(Assembly|Warehouse|Maintenance|Quality|Office) +\d$/m);
    expect(competent).toMatch(/\d+ \(n=1\d\d, \d+–\d+\)/);
  });

  it('goes on with what a folder has, says the same again, and tells how it is reached', async () => {
    expect(answersIn(running.out)).toBe(made.out.slice(made.out.indexOf('1.')));
    const [, storage] = /export CAIRN_STORAGE=(\S+)/.exec(running.out) ?? [];
    const [, words = ''] = /node (dist\/main\.js query --query \S+at-work.json)/.exec(running.out) ?? [];
    const env = { PATH: process.env['PATH'], CAIRN_STORAGE: storage };
    const { stdout } = spawnSync(process.execPath, words.split(' '), { cwd: ROOT, env, encoding: 'utf8' });
    const figures = stdout.split('\n').filter((line) => line.includes('%'));
    expect(figures).toHaveLength(3);
    for (const line of figures) expect(running.out).toContain(line);
    const [, question = ''] = /-d @(\S+)/.exec(running.out) ?? [];
    const { totals = [] } = await running.query<Answer>(JSON.parse(readFileSync(question, 'utf8')));
    const { num, den } = totals[0] as RateCell;
    expect(stdout).toContain(`(${num}/${den}, `);
  });

  it('finds what was planted: every interval at 99.9 % has it, and of those at 95 % few miss it', async () => {
    const truth: Planted[] = JSON.parse(readFileSync(join(FOLDER, 'streams/truth.json'), 'utf8'));
    const misses = await Promise.all(
      truth.map(async (planted) => ({
        id: planted.id,
        ...missesOf(planted, await running.query(questionOf(planted, AS_OF))),
      })),
    );
    expect(truth.length).toBeGreaterThan(40);
    expect(misses.filter(({ at999 }) => at999.length > 0)).toEqual([]);
    expect(misses.filter(({ at95 }) => at95.length > 0).length).toBeLessThanOrEqual(MOST_MISSES);
  });

  it('has something to tell of every metric in the catalogue', async () => {
    const { metrics } = await running.get<{ metrics: { id: string }[] }>('metrics');
    const ids = metrics.map(({ id }) => id);
    const { values } = await running.get<{ values: { id: string }[] }>('dimensions/person/values?limit=1');
    const asked: typeof ASKED = { ...ASKED, 'list.transcript': { params: { person: values[0]?.id } } };
    expect(Object.keys({ ...asked, ...UNTOLD }).filter((id) => !ids.includes(id))).toEqual([]);
    const empty = await Promise.all(
      ids.map(async (id) => {
        const { params = {}, ...rest } = asked[id] ?? {};
        const { totals } = await running.query<Answer>({ metrics: [{ id, params }], asOf: AS_OF, ...rest });
        return [id, emptiness(totals?.[0] as Cell)] as const;
      }),
    );
    const told = Object.fromEntries(empty.filter(([, why]) => why !== undefined));
    expect(told).toEqual(Object.fromEntries(Object.keys(UNTOLD).map((id) => [id, 'there is no value'])));
  });

  it('ends when it is told to, and leaves a folder of the caller’s where it is', async () => {
    const ended = once(running.process, 'close');
    running.process.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await expect(running.get('freshness')).rejects.toThrow('fetch failed');
    expect(existsSync(join(FOLDER, 'data'))).toBe(true);
  });

  it('does not take one year for another, nor half of one for a whole', async () => {
    const other = await runDemo('--once', '--folder', FOLDER, '--seed', '8');
    expect(other).toMatchObject({ code: 1, err: expect.stringContaining('holds the year of --seed 7') });
    rmSync(join(FOLDER, 'loaded.json'));
    const half = await runDemo('--once', '--folder', FOLDER);
    expect(half).toMatchObject({ code: 1, err: expect.stringContaining('has not finished; remove it') });
    expect(await runDemo('--port', '70000')).toMatchObject({ code: 2 });
  });
});
