import { chmodSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Finding } from '../../src/cli/doctor/finding.ts';
import { runCommand } from '../../src/cli/run-command.ts';
import { openDatabase } from '../../src/storage/sqlite/database.ts';
import { lockFolder } from '../../src/storage/sqlite/lock.ts';
import { cairn, cleanUp, newFolder, runCairn, serveCairn } from './cairn.ts';
import { declared, sha256, statement } from './statements.ts';

afterEach(cleanUp);

/** A store of its own with twenty statements, and the key that made it. */
const newStore = async (): Promise<string> => {
  const folder = join(newFolder(), 'data');
  const lines = Array.from({ length: 20 }, (_, n) => statement(n + 1)).join('\n');
  const file = join(folder, '..', 'statements.ndjson');
  writeFileSync(file, lines);
  expect((await cairn(folder, 'import', file)).code).toBe(0);
  return folder;
};

type Looked = { readonly code: number | null; readonly findings: readonly Finding[] };

/** What it finds. */
const look = async (folder: string, more: NodeJS.ProcessEnv = {}, ...words: string[]): Promise<Looked> => {
  const out: string[] = [];
  const spy = jest.spyOn(console, 'info').mockImplementation((line: string) => void out.push(line));
  const environment = { CAIRN_STORAGE: `sqlite:${folder}`, CAIRN_PORT: '0', ...more };
  const code = await runCommand(['doctor', '--json', ...words], environment);
  spy.mockRestore();
  return { code, findings: JSON.parse(out.join('')) as Finding[] };
};

/** The exit code, and what is not well. */
const troubles = ({ code, findings }: Looked) => [
  code,
  ...findings.filter(({ state }) => state !== 'ok').map(({ check, state }) => `${check}: ${state}`),
];

/** Changes a file of the store behind its back. */
const spoil = async (folder: string, sql: string, file = 'log.db'): Promise<void> => {
  const database = await openDatabase(join(folder, file), 'NORMAL', 1);
  database.exec(sql);
  database.exec('pragma wal_checkpoint(truncate)');
  database.close();
};

describe('cairn doctor', () => {
  it('finds nothing wrong with a sound store, and leaves it as it is', async () => {
    const folder = await newStore();
    const before = readFileSync(join(folder, 'log.db'));
    const sound = await look(folder);
    expect(troubles(sound)).toEqual([0]);
    expect(sound.findings.map(({ check }) => check)).toEqual([
      'Node',
      'open files',
      'settings',
      'encryption',
      'address',
      'owner',
      'access',
      'permissions',
      'disk',
      'space',
      'server',
      'format',
      'pages',
      'positions',
      'attachments',
      'index',
      'clock',
      'installation',
    ]);
    expect(readFileSync(join(folder, 'log.db')).equals(before)).toBe(true);
    expect((await runCairn(folder, ['export'])).out.trim().split('\n')).toHaveLength(20);
  });

  it('prints a line for each check and below it what to do', async () => {
    const folder = await newStore();
    chmodSync(join(folder, 'log.db'), 0o644);
    const { code, out } = await runCairn(folder, ['doctor'], { more: { CAIRN_PORT: '0' } });
    expect(code).toBe(0);
    expect(out).toMatch(/^ok {4}positions: Up to \d+ none is missing\.$/m);
    expect(out).toContain(
      `warn  permissions: Others may open ${join(folder, 'log.db')}.\n      → What is stored is about people: chmod -R go= ${folder}\n`,
    );
  });

  it('lists all that is wrong with the settings', async () => {
    const more = { CAIRN_PORT: 'x', CAIRN_WHAT: '1', CAIRN_KEY: 'k' };
    expect(troubles(await look(newFolder(), more))).toEqual([
      1,
      'settings: bad',
      'settings: bad',
      'settings: bad',
    ]);
  });

  it('tells of settings that work and are not wise', async () => {
    const folder = await newStore();
    const more = {
      CAIRN_KEY: 'first',
      CAIRN_SECRET: 'password-of-the-first',
      CAIRN_HOST: '0.0.0.0',
      CAIRN_PUBLIC_URL: 'http://other.example.org/',
    };
    const found = await look(folder, more);
    expect(troubles(found)).toEqual([0, 'secrets: warn', 'encryption: warn', 'installation: warn']);
    expect(JSON.stringify(found.findings)).not.toContain('password-of-the-first');
  });

  it('knows a port that is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const found = await look(await newStore(), { CAIRN_PORT: String(port) });
    server.close();
    expect(troubles(found)).toEqual([1, 'address: bad']);
  });

  it('knows a folder that is not there, is no folder, is open to others or still holds a secret', async () => {
    expect(troubles(await look(join(newFolder(), 'none')))).toEqual([0, 'data folder: warn']);
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    expect(troubles(await look(file))).toEqual([1, 'data folder: bad']);
    const folder = await newStore();
    chmodSync(folder, 0o750);
    writeFileSync(join(folder, 'first-credential.txt'), 'secret', { mode: 0o600 });
    expect(troubles(await look(folder))).toEqual([0, 'permissions: warn', 'first credential: warn']);
  });

  it.each([
    ['a newer format', `update setting set value=cast('99' as blob) where name='version'`, 'format: bad'],
    ['an older format', `update setting set value=cast('0' as blob) where name='version'`, 'format: warn'],
    ['a hole', 'delete from entry where position=9', 'positions: bad'],
    ['entries out of order', 'update entry set stored=stored-9000000 where position=9', 'positions: bad'],
    ['an entry of the future', `update entry set stored=9e15 where position=20`, 'clock: warn'],
    [
      'a promise of the future',
      `insert or replace into setting values('mark', cast('9000000000000000' as blob), null)`,
      'clock: warn',
    ],
  ])('knows a log with %s', async (_what, sql, trouble) => {
    const folder = await newStore();
    await spoil(folder, sql);
    expect(troubles(await look(folder))).toEqual([trouble.endsWith('bad') ? 1 : 0, trouble]);
  });

  it('knows a log whose pages are damaged, or that is none', async () => {
    const folder = await newStore();
    const database = await openDatabase(join(folder, 'log.db'), 'NORMAL', 1);
    const pageOf = `select rootpage from sqlite_schema where name='document'`;
    const page = Number(database.prepare(pageOf).get()?.['rootpage']);
    database.close();
    const bytes = readFileSync(join(folder, 'log.db'));
    writeFileSync(join(folder, 'log.db'), bytes.fill(0xff, (page - 1) * 4096, (page - 1) * 4096 + 64));
    expect(troubles(await look(folder))).toEqual([1, 'pages: bad']);
    writeFileSync(join(folder, 'log.db'), 'no database at all, but long enough to be looked at');
    expect(troubles(await look(folder))).toEqual([1, 'store: bad']);
  });

  it('knows an attachment that is lost or cut off', async () => {
    const folder = await newStore();
    const body = Buffer.alloc(100_000, 7);
    const line = statement(30, { attachments: [declared(body)] });
    const { url, stop } = await serveCairn(folder);
    const sha2 = sha256(body);
    const headers = {
      Authorization: `Basic ${Buffer.from('first:first-secret').toString('base64')}`,
      'X-Experience-API-Version': '1.0.3',
      'Content-Type': 'multipart/mixed; boundary=b',
    };
    const text = Buffer.concat([
      Buffer.from(
        `--b\r\nContent-Type: application/json\r\n\r\n${line}\r\n--b\r\nContent-Type: text/plain\r\n`,
      ),
      Buffer.from(`Content-Transfer-Encoding: binary\r\nX-Experience-API-Hash: ${sha2}\r\n\r\n`),
      body,
      Buffer.from('\r\n--b--\r\n'),
    ]);
    expect((await fetch(`${url}/xapi/statements`, { method: 'POST', headers, body: text })).status).toBe(200);
    await stop();
    expect(troubles(await look(folder))).toEqual([0]);
    const [sub] = readdirSync(join(folder, 'attachments'));
    const file = join(folder, 'attachments', sub as string, sha2);
    truncateSync(file, 99_999);
    expect(troubles(await look(folder))).toEqual([1, 'attachments: bad']);
    rmSync(file);
    expect(troubles(await look(folder))).toEqual([1, 'attachments: bad']);
  });

  it('knows an index that is missing, damaged, of another version or ahead of its log', async () => {
    const folder = await newStore();
    await spoil(folder, `update checkpoint set value=value+1 where name='upto'`, 'index.db');
    expect(troubles(await look(folder))).toEqual([0, 'index: warn']);
    await spoil(folder, `update checkpoint set value=value-1 where name='upto'`, 'index.db');
    await spoil(folder, `update checkpoint set value=0 where name='identity'`, 'index.db');
    expect(troubles(await look(folder))).toEqual([0, 'index: warn']);
    writeFileSync(join(folder, 'index.db'), 'no database at all, but long enough to be looked at');
    expect(troubles(await look(folder))).toEqual([0, 'index: warn']);
    for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `index.db${end}`), { force: true });
    expect(troubles(await look(folder))).toEqual([0, 'index: warn']);
  });

  it('asks a server that runs, and looks at all pages only if told to', async () => {
    const folder = await newStore();
    const { process: child } = await serveCairn(folder);
    const found = await look(folder);
    expect(troubles(found)).toEqual([0]);
    const messageOf = ({ findings }: Looked, check: string) =>
      findings.find((finding) => finding.check === check)?.message;
    expect(messageOf(found, 'server')).toMatch(new RegExp(`is running as process ${child.pid}\\.$`));
    expect(messageOf(found, 'pages')).toContain('not looked at');
    expect(messageOf(await look(folder, {}, '--deep'), 'pages')).toContain('sound');
  });

  it('knows a store that is held by a process that does not answer', async () => {
    const folder = await newStore();
    const unlock = await lockFolder(folder);
    const found = await look(folder);
    unlock();
    expect(troubles(found)).toEqual([1, 'server: bad']);
  });
});
