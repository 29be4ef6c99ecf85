import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LogLevel, serverLog } from '../../src/cli/server-log.ts';
import { sparingly } from '../../src/cli/sparingly.ts';
import type { Visit } from '../../src/http/visit.ts';
import { cleanUp, newFolder, serveCairn } from './cairn.ts';

afterEach(cleanUp);

type Line = Readonly<Record<string, unknown>>;

const VISIT: Visit = {
  id: 'request-1',
  began: 5,
  admitted: 0,
  traceparent: '',
  traceId: '',
  method: 'POST',
  route: 'statements',
  credential: 'ck_1',
  reason: '',
  bytesIn: 700,
  bytesOut: 40,
  status: 200,
  milliseconds: 1.23456,
  address: '192.0.2.1',
};

/** The lines that come of what is told at a level. */
const linesOf = async (
  level: LogLevel,
  tell: (log: ReturnType<typeof serverLog>) => void,
): Promise<readonly Line[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-log-'));
  const path = join(folder, 'log');
  const log = serverLog(level, openSync(path, 'a'));
  tell(log);
  await log.close();
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  rmSync(folder, { recursive: true });
  return lines.map((line) => JSON.parse(line) as Line);
};

describe('the log of the server', () => {
  it('has a line for each request at debug, of nothing but names and figures', async () => {
    const told = { ...VISIT, headers: { authorization: 'canary' }, url: '/?canary' };
    const [line, ...more] = await linesOf('debug', (log) => log.answered(told));
    expect(more).toEqual([]);
    expect(line).toEqual({
      level: 20,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      requestId: 'request-1',
      method: 'POST',
      route: 'statements',
      status: 200,
      milliseconds: 1.235,
      bytesIn: 700,
      bytesOut: 40,
      credential: 'ck_1',
      msg: 'request',
    });
  });

  it('has a line at info for refused logins with their address, for 503 and for what is slow', async () => {
    const lines = await linesOf('info', (log) => {
      log.answered(VISIT);
      log.answered({ ...VISIT, status: 400, reason: 'statement-invalid' });
      log.answered({ ...VISIT, status: 401, reason: 'anonymous', credential: '' });
      log.answered({ ...VISIT, status: 401, reason: 'unauthenticated', credential: '' });
      log.answered({ ...VISIT, status: 503, reason: 'unavailable' });
      log.answered({ ...VISIT, milliseconds: 1000 });
    });
    expect(lines.map(({ level, msg, address }) => [level, msg, address])).toEqual([
      [40, 'login refused', '192.0.2.1'],
      [40, 'unavailable', undefined],
      [40, 'slow request', undefined],
    ]);
  });

  it('has a fault with its id at error, and nothing at all when it is to be silent', async () => {
    const fault = (log: ReturnType<typeof serverLog>) => log.fault(new Error('"canary" broke'), 'request-9');
    const [line] = await linesOf('error', fault);
    expect(line).toMatchObject({
      level: 50,
      requestId: 'request-9',
      msg: 'fault',
      fault: { message: '… broke' },
    });
    expect(await linesOf('silent', fault)).toEqual([]);
  });

  it('is not flooded by what anybody can bring about, and says how much it left out', async () => {
    let now = 0;
    const may = sparingly(2, () => now);
    expect(['a', 'a', 'a', 'a', 'b'].map(may)).toEqual([0, 0, undefined, undefined, 0]);
    now = 1000;
    expect(['a', 'a', 'a'].map(may)).toEqual([2, 0, undefined]);
    const refused = { ...VISIT, reason: 'unauthenticated' };
    const lines = await linesOf('info', (log) => {
      for (let n = 0; n < 1000; n += 1) log.answered(refused);
    });
    expect(lines.length).toBeGreaterThanOrEqual(20);
    expect(lines.length).toBeLessThan(500);
  });
});

describe('cairn serve', () => {
  it('logs on standard error alone, from start to stop', async () => {
    const { url, process: child, stop } = await serveCairn(newFolder(), { CAIRN_LOG_LEVEL: 'debug' });
    const texts = { stdout: '', stderr: '' };
    child.stdout?.on('data', (text) => {
      texts.stdout += text;
    });
    child.stderr?.on('data', (text) => {
      texts.stderr += text;
    });
    const closed = once(child, 'close');
    await fetch(`${url}/health/live`, { headers: { 'X-Request-Id': 'mine' } });
    expect(await stop()).toBe(0);
    await closed;
    const lines = texts.stderr
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line);
    expect(lines.map(({ msg }) => msg)).toEqual(['started', 'request', 'stopping', 'stopped']);
    expect(lines[0]).toMatchObject({ listening: url, version: expect.any(String) });
    expect(lines[1]).toMatchObject({ requestId: 'mine', route: 'health/live', status: 200 });
    expect(texts.stdout).toBe('');
  });

  it('counts what it commits, for who has the token', async () => {
    const token = { CAIRN_METRICS_TOKEN: 'token-of-the-scrapers' };
    const { url, stop } = await serveCairn(newFolder(), token);
    const response = await fetch(`${url}/metrics`, {
      headers: { Authorization: 'Bearer token-of-the-scrapers' },
    });
    const text = await response.text();
    expect(text).toMatch(/^cairn_commit_entries_sum [1-9]/m);
    expect(text).toMatch(/^cairn_commit_seconds_count [1-9]/m);
    expect(await stop()).toBe(0);
  });

  it('refuses a level that is none, and a token that is short, all at once', async () => {
    const { readSettings } = await import('../../src/cli/settings.ts');
    expect(() => readSettings({ CAIRN_LOG_LEVEL: 'loud', CAIRN_METRICS_TOKEN: 'short' })).toThrow(
      'CAIRN_LOG_LEVEL is one of fatal, error, warn, info, debug, trace, silent, not loud.\n' +
        'CAIRN_METRICS_TOKEN needs at least 12 characters, of ASCII and without blanks.',
    );
  });
});
