import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
let suite = '';

type Entry = { title: string; status: string; error?: string; tests: Entry[] };
const test = (title: string, error?: string): Entry =>
  error === undefined
    ? { title, status: 'passed', tests: [] }
    : { title, status: 'failed', error, tests: [] };

/** A runner that behaves like the suite's own: writes a log file and names it; the log is what is given. */
const plantRunner = (log: object) => {
  mkdirSync(join(suite, 'bin'), { recursive: true });
  const path = join(suite, 'run.log');
  writeFileSync(path, JSON.stringify(log));
  writeFileSync(
    join(suite, 'bin/console_runner.js'),
    `console.log(process.argv.slice(2).join(' '));\nconsole.log('Full run log written to', ${JSON.stringify(path)});\nprocess.exit(3);\n`,
  );
};

const conformance = (...args: string[]) => {
  const target = ['--endpoint', 'http://127.0.0.1:9/xapi', '--key', 'k', '--secret', 's'];
  const command = [join(ROOT, 'scripts/conformance.mjs'), '--suite', suite, ...target, ...args];
  return spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
};

beforeEach(() => {
  suite = mkdtempSync(join(tmpdir(), 'cairn-suite-'));
});
afterEach(() => rmSync(suite, { recursive: true, force: true }));

const log = (passed: number, failed: number, total: number, tests: Entry[], state = 'finished') => ({
  state,
  summary: { total, passed, failed },
  log: { title: '', status: '', tests: [{ title: 'Statements', status: '', tests }] },
});

describe('npm run conformance', () => {
  it('succeeds if every test of both versions passed', () => {
    plantRunner(log(2, 0, 2, [test('a'), test('b')]));
    const { stdout, status } = conformance();
    expect(stdout).toBe('1.0.3: 2 passed, 0 failed, 2 total\n2.0.0: 2 passed, 0 failed, 2 total\n');
    expect(status).toBe(0);
  });

  it('names each failing test with its reason', () => {
    plantRunner(log(1, 1, 2, [test('a'), test('b', 'Error: expected 200,\n got 400')]));
    const { stdout, status } = conformance('--version', '2.0.0');
    expect(stdout).toBe(
      'FAILED Statements > b\n       Error: expected 200, got 400\n2.0.0: 1 passed, 1 failed, 2 total\n',
    );
    expect(status).toBe(1);
  });

  it.each([
    ['left tests out', log(1, 0, 2, [test('a')]), '1 of 2'],
    ['ended early', log(2, 0, 2, [test('a')], 'error'), 'ended as "error"'],
    ['ran nothing', log(0, 0, 0, []), '0 total'],
  ])('fails if the suite %s', (_name, planted, words) => {
    plantRunner(planted);
    const { stdout, status } = conformance('--version', '1.0.3');
    expect(stdout).toContain(words);
    expect(status).toBe(1);
  });

  it('fails if the suite takes too long, and ends it', () => {
    plantRunner({});
    writeFileSync(join(suite, 'bin/console_runner.js'), 'setInterval(() => {}, 1000);');
    const { stderr, status } = conformance('--version', '1.0.3', '--minutes', '0.005');
    expect(stderr).toContain('took longer than 0.005 minutes');
    expect(status).toBe(1);
  });

  it.each([
    [['--version', '3'], '--version is'],
    [['--minutes', 'x'], '--minutes is'],
  ])('refuses %j', (args, words) => {
    const { stderr, status } = conformance(...args);
    expect(stderr).toContain(words);
    expect(status).toBe(2);
  });
});
