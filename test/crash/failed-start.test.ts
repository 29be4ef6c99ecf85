import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROGRAM } from './plant-program.ts';
import { STRACE, whyNotWatched } from './watch-server.ts';

const why = process.platform === 'linux' ? whyNotWatched() : 'this is not Linux';
if (why !== undefined && !process.env['CI']) console.warn(`No start was let fail: ${why}.`);
const onLinux = why === undefined || process.env['CI'] ? describe : describe.skip;

/** More than a first start needs. */
const MOST_FLUSHES = 30;
/** Who has neither listened nor ended by then hangs. */
const PATIENCE = 20_000;

jest.setTimeout(240_000);

/** How a first start went: what it said, and its exit code; null if it was killed, as is one that listens. */
type Started = { readonly listened: boolean; readonly code: number | null; readonly complaints: string };

/** A first start on a disk that fails from one flush of the log on. */
const startFailing = async (from: number): Promise<Started> => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cairn-start-')));
  const data = join(folder, 'data');
  // strace stands beside the program (-D), so that signals go to the program itself.
  const quiet = ['-D', '-f', '-yy', '-e', 'signal=none', '-o', join(folder, 'trace')];
  const fault = ['-e', 'trace=fsync,fdatasync', '-e', `inject=fsync,fdatasync:error=EIO:when=${from}+`];
  const server = spawn(
    STRACE,
    [...quiet, ...fault, '-P', join(data, 'log.db-wal'), process.execPath, PROGRAM, 'serve'],
    {
      env: {
        PATH: process.env['PATH'],
        CAIRN_HOST: '127.0.0.1',
        CAIRN_PORT: '0',
        CAIRN_STORAGE: `sqlite:${data}`,
        CAIRN_KEY: 'key',
        CAIRN_SECRET: 'secret-of-a-start',
      },
    },
  );
  const late = setTimeout(() => server.kill('SIGKILL'), PATIENCE);
  let listened = false;
  let complaints = '';
  server.stderr.on('data', (text) => {
    complaints += String(text);
  });
  server.stdout.on('data', (text) => {
    listened ||= String(text).includes('"listening"');
    if (listened) server.kill('SIGKILL');
  });
  const [code] = await once(server, 'close');
  clearTimeout(late);
  rmSync(folder, { recursive: true, force: true });
  return { listened, code, complaints };
};

onLinux('a start on a disk that fails', () => {
  it('ends and says why, whichever flush of the log is the first to fail', async () => {
    let from = 1;
    let started = await startFailing(from);
    while (!started.listened && from < MOST_FLUSHES) {
      expect({ from, ...started }).toMatchObject({ from, code: expect.any(Number) });
      expect(started.code).toBeGreaterThan(0);
      expect(started.complaints).toMatch(/disk I\/O error|could not write/);
      from += 1;
      started = await startFailing(from);
    }
    expect(from).toBeGreaterThan(3);
    expect(started.listened).toBe(true);
  });
});
