import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { judgeDisk, judgeOwner, judgeSpace } from '../../src/cli/doctor/check-folder.ts';
import { judgeFiles, judgeNode } from '../../src/cli/doctor/check-host.ts';
import { judgeServer } from '../../src/cli/doctor/check-server.ts';
import { judgeListening, judgeSecret, judgeTls } from '../../src/cli/doctor/check-settings.ts';
import type { Finding } from '../../src/cli/doctor/finding.ts';
import type { ServerStatus } from '../../src/cli/server-status.ts';
import { readSettings } from '../../src/cli/settings.ts';

const MB = 1024 * 1024;
const GB = 1024 * MB;
const CERTIFICATE = readFileSync('test/fixtures/localhost-certificate.pem');

/** What is not well says what to do. */
const stateOf = (...findings: readonly Finding[]): string => {
  for (const { state, advice } of findings)
    expect([state, advice !== undefined]).toEqual([state, state !== 'ok']);
  return findings.map(({ state }) => state).join();
};

describe('cairn doctor judges', () => {
  it.each([
    ['20.19.0', 'ok'],
    ['24.1.0', 'ok'],
    ['20.18.3', 'bad'],
    ['18.20.0', 'bad'],
  ])('Node %s: %s', (version, state) => {
    expect(stateOf(judgeNode(version))).toBe(state);
  });

  it.each([
    [1024, 'warn'],
    [65_536, 'ok'],
    [Number.POSITIVE_INFINITY, 'ok'],
    [undefined, 'ok'],
  ])('%p files that may be open: %s', (limit, state) => {
    expect(stateOf(judgeFiles(limit))).toBe(state);
  });

  it.each([
    [50 * GB, 100 * GB, 'ok'],
    [50 * GB, 5000 * GB, 'warn'],
    [GB, 10 * GB, 'warn'],
    [99 * MB, 100 * GB, 'bad'],
  ])('%d bytes free of %d: %s', (free, size, state) => {
    expect(stateOf(judgeSpace(free, size))).toBe(state);
  });

  it.each([
    [0xef53, 'ok'],
    [0x58465342, 'ok'],
    [0x6969, 'warn'],
    [0xfe534d42 | 0, 'warn'],
    [0x794c7630, 'warn'],
  ])('a disk of type %d: %s', (type, state) => {
    expect(stateOf(judgeDisk(type))).toBe(state);
  });

  it('whose folder it is', () => {
    expect(stateOf(judgeOwner('/d', 7, 7), judgeOwner('/d', 7, undefined), judgeOwner('/d', 7, 8))).toBe(
      'ok,ok,bad',
    );
  });

  it.each([
    ['Zm9vYmFyYmF6cXV4MTIzNA==', 'ok'],
    ['short-one-here', 'warn'],
    ['aaaaaaaaaaaaaaaaaaaaaaaa', 'warn'],
    ['my-Password-of-the-company', 'warn'],
    ['the-key-of-the-first-tool', 'warn'],
  ])('the secret %s: %s', (secret, state) => {
    const findings = judgeSecret('CAIRN_SECRET', secret, 'the-key-of-the-first-tool');
    expect(stateOf(...findings)).toBe(state);
    expect(JSON.stringify(findings)).not.toContain(secret);
  });

  it('no secret where none is set', () => {
    expect(judgeSecret('CAIRN_SECRET', undefined, undefined)).toEqual([]);
  });

  it('a certificate by its end', () => {
    const end = Date.parse(new X509Certificate(CERTIFICATE).validTo);
    const day = 24 * 3600 * 1000;
    const at = (moment: number) => stateOf(...judgeTls(CERTIFICATE, moment));
    expect([at(end - 31 * day), at(end - 29 * day), at(end + day), at(0)]).toEqual([
      'ok',
      'warn',
      'bad',
      'bad',
    ]);
    expect(judgeTls(undefined, 0)).toEqual([]);
  });

  it.each([
    [{}, 'ok'],
    [{ CAIRN_HOST: '0.0.0.0' }, 'warn'],
    [{ CAIRN_HOST: '0.0.0.0', CAIRN_PUBLIC_URL: 'http://lrs.example.org' }, 'warn'],
    [{ CAIRN_HOST: '0.0.0.0', CAIRN_PUBLIC_URL: 'https://lrs.example.org' }, 'ok'],
  ])('whether secrets travel in clear with %j: %s', (environment, state) => {
    expect(stateOf(judgeListening(readSettings(environment)))).toBe(state);
  });

  it('a server by what it says of itself', () => {
    const well = {
      state: 'running',
      version: '1',
      pid: 1,
      uptimeSeconds: 5,
      problems: { faults: 0 },
      index: { position: 1, behind: 1, backlog: 0 },
    } as unknown as ServerStatus;
    const lastFault = { at: '2026-01-01T00:00:00Z', requestId: 'request-7' };
    expect(stateOf(...judgeServer(well, true))).toBe('ok,ok,ok');
    expect(stateOf(...judgeServer({ ...well, state: 'stopping' }, true))).toBe('warn,ok,ok');
    expect(stateOf(...judgeServer({ ...well, state: 'failing' }, true))).toBe('bad,ok,ok');
    const faulty = judgeServer({ ...well, problems: { faults: 3, lastFault } }, true);
    expect(stateOf(...faulty)).toBe('ok,warn,ok');
    expect(faulty[1]?.advice).toContain('request-7');
    const slow = { ...well, index: { position: 1, behind: 90_000, backlog: 9 } };
    expect(stateOf(...judgeServer(slow, true))).toBe('ok,ok,warn');
    expect(stateOf(...judgeServer(undefined, false))).toBe('ok');
    expect(stateOf(...judgeServer(undefined, true))).toBe('bad');
  });
});
