import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cairn, cleanUp, newFolder, runCairn, serveCairn } from './cairn.ts';

jest.setTimeout(60_000);
afterEach(cleanUp);

describe('cairn serve', () => {
  it('has a socket for commands that only its owner can open, and removes it', async () => {
    const folder = newFolder();
    const { stop } = await serveCairn(folder);
    const socket = join(folder, 'cairn.sock');
    expect(statSync(socket).isSocket()).toBe(true);
    expect(statSync(socket).mode & 0o777).toBe(0o600);
    expect(await stop()).toBe(0);
    expect(existsSync(socket)).toBe(false);
  });

  it('starts again after it was killed, and commands do meanwhile without it', async () => {
    const folder = newFolder();
    const first = await serveCairn(folder);
    const ended = once(first.process, 'exit');
    first.process.kill('SIGKILL');
    await ended;
    expect(existsSync(join(folder, 'cairn.sock'))).toBe(true);
    expect((await cairn(folder, 'keys', 'list')).out).toMatch(/^first +in use/);
    const { stop } = await serveCairn(folder);
    expect((await cairn(folder, 'keys', 'list')).out).toMatch(/^first +in use/);
    expect(await stop()).toBe(0);
  });

  it('is found where the path is too long for a socket', async () => {
    const folder = join(newFolder(), 'x'.repeat(110));
    const { stop } = await serveCairn(folder);
    const socket = readFileSync(join(folder, 'cairn.sock.path'), 'utf8');
    expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700);
    expect((await cairn(folder, 'keys', 'create', '--id', 'through')).code).toBe(0);
    expect(await stop()).toBe(0);
    expect(existsSync(dirname(socket)) || existsSync(join(folder, 'cairn.sock.path'))).toBe(false);
  });

  it('starts with a damaged index, which it makes anew and says so in one line', async () => {
    const folder = newFolder();
    await cairn(folder, 'keys', 'create');
    writeFileSync(join(folder, 'index.db'), 'no database at all, but long enough to be looked at');
    const { process: child, stop } = await serveCairn(folder);
    const said: Buffer[] = [];
    child.stderr?.on('data', (text: Buffer) => said.push(text));
    expect(await stop()).toBe(0);
    const lines = Buffer.concat(said).toString().split('\n');
    expect(lines.filter((line) => line !== '' && !line.startsWith('{'))).toEqual([
      'The index is damaged (file is not a database); it is made anew from the log.',
    ]);
  });

  it('says what is wrong when it cannot start, in one line', async () => {
    const folder = newFolder();
    const { url } = await serveCairn(folder);
    const second = await runCairn(folder, ['serve'], { more: { CAIRN_PORT: '0' } });
    expect(second).toEqual({
      code: 1,
      out: '',
      err: `cairn serve: Another Cairn is using ${folder}. Stop it first, or use another folder.\n`,
    });

    const { port } = new URL(url);
    const other = join(newFolder(), 'data');
    const key = { CAIRN_PORT: port, CAIRN_KEY: 'k', CAIRN_SECRET: 'secret-secret' };
    const taken = await runCairn(other, ['serve'], { more: key });
    expect(taken).toMatchObject({
      code: 1,
      err: `cairn serve: 127.0.0.1:${port} is in use by another program. CAIRN_HOST and CAIRN_PORT say where to listen.\n`,
    });

    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    const noFolder = await runCairn(file, ['serve'], { more: { CAIRN_PORT: '0' } });
    expect(noFolder).toMatchObject({ code: 1, out: '' });
    expect(noFolder.err).toBe(
      `cairn serve: The data folder ${file} is no folder. Set CAIRN_STORAGE to another, or let it be written.\n`,
    );

    const blocked = newFolder();
    mkdirSync(join(blocked, 'log.db'));
    const noStore = await runCairn(blocked, ['serve'], { more: { CAIRN_PORT: '0' } });
    expect(noStore.err).toMatch(/^cairn serve: The data folder \S+ cannot be opened \(.+\)\. .+\n$/);
  });
});
