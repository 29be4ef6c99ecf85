import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cairn, cleanUp, newFolder, runCairn, type Served, serveCairn, startCairn } from './cairn.ts';
import { attachmentLine, declared, statement, statements } from './statements.ts';

jest.setTimeout(120_000);
afterEach(cleanUp);

const AUTHORIZED = {
  Authorization: `Basic ${Buffer.from('first:first-secret').toString('base64')}`,
  'X-Experience-API-Version': '1.0.3',
};

/** A data folder with statements, one large attachment and a document. */
const filled = async (count = 40): Promise<string> => {
  const folder = join(newFolder(), 'data');
  mkdirSync(folder);
  const body = Buffer.alloc(100_000, 'attached ');
  const attached = statement(count + 1, { attachments: [declared(body)] });
  const source = [...statements(count), attachmentLine(body), attached].join('\n');
  expect((await runCairn(folder, ['import', '-'], { stdin: source })).code).toBe(0);
  return folder;
};

const exported = async (folder: string): Promise<string> => {
  const { code, out } = await runCairn(folder, ['export']);
  expect(code).toBe(0);
  return out;
};

const post = async ({ url }: Served, text: string): Promise<number> => {
  const headers = { ...AUTHORIZED, 'Content-Type': 'application/json' };
  return (await fetch(`${url}/xapi/statements`, { method: 'POST', headers, body: text })).status;
};

const get = (url: string): Promise<{ readonly more: string; readonly statements: readonly object[] }> =>
  fetch(url, { headers: AUTHORIZED }).then((response) => response.json() as Promise<never>);

/** Waits until something is there. */
const appears = async (isThere: () => boolean): Promise<void> => {
  while (!isThere()) await new Promise((done) => setImmediate(done));
};

const partialOf = (target: string): string | undefined =>
  readdirSync(dirname(target)).find((name) => name.startsWith(`${basename(target)}.partial-`));

describe('cairn backup and cairn restore', () => {
  it('make an equal store of a stopped one, and say what is in it', async () => {
    const folder = await filled();
    const target = join(folder, '../backup');
    const made = await cairn(folder, 'backup', target);
    expect([made.code, made.err]).toEqual([0, '']);
    expect(made.out).toMatch(/^head {10}entry 41, stored 20.+Z, commitment [0-9a-f]{64}$/m);
    expect(made.out).toMatch(/^statements {4}41$/m);
    expect(made.out).toMatch(/^attachments {3}1$/m);
    expect(made.out).toMatch(/^checked {7}every file, entry, document and attachment$/m);

    const again = join(newFolder(), 'new/data');
    const restored = await cairn(again, 'restore', target);
    expect([restored.code, restored.err]).toEqual([0, '']);
    expect(restored.out).toMatch(/^head {10}entry 41, /m);
    expect(restored.out).toMatch(/^age {11}0 d 0 h \d+ min: what was stored since is not in it$/m);
    expect(await exported(again)).toBe(await exported(folder));
    const [before, after] = [await cairn(folder, 'rebuild'), await cairn(again, 'rebuild')];
    expect(after.out).toBe(before.out);
    expect(after.out).toContain('They are equal.');
  });

  it('go through the running server, and its clients go on with the restored store', async () => {
    const folder = await filled();
    const server = await serveCairn(folder);
    const first = await get(`${server.url}/xapi/statements?limit=30`);
    const target = join(folder, '../backup');
    const [code, ...posted] = await Promise.all([
      runCairn(folder, ['backup', target]).then((ran) => ran.code),
      ...[101, 102, 103].map((number) => post(server, statement(number))),
    ]);
    expect([code, ...posted]).toEqual([0, 200, 200, 200]);
    expect(await server.stop()).toBe(0);

    const again = newFolder();
    expect((await cairn(again, 'restore', target)).code).toBe(0);
    const other = await serveCairn(again, { CAIRN_KEY: 'another', CAIRN_SECRET: 'another-secret' });
    const rest = await get(new URL(first.more, other.url).href);
    const ids = [...first.statements, ...rest.statements].map((one) => (one as { id: string }).id);
    expect(new Set(ids).size).toBe(41);
    expect(await post(other, statement(104))).toBe(200);
  });

  it('refuse to overwrite, with or without a server', async () => {
    const folder = await filled();
    const target = join(folder, '../backup');
    mkdirSync(target);
    writeFileSync(join(target, 'mine'), '');
    const alone = await cairn(folder, 'backup', target);
    await serveCairn(folder);
    const served = await cairn(folder, 'backup', target);
    for (const { code, out, err } of [alone, served]) {
      expect([code, out]).toEqual([1, '']);
      expect(err).toBe(
        `cairn backup: ${target} is there already, and nothing is overwritten. Name a new folder.\n`,
      );
    }
    expect(readdirSync(target)).toEqual(['mine']);
    const good = join(folder, '../good');
    expect((await cairn(folder, 'backup', good)).code).toBe(0);
    const { code, err } = await cairn(folder, 'restore', good);
    expect(code).toBe(1);
    expect(err).toContain(`cairn restore: ${folder} is not empty, and nothing is overwritten.`);
  });

  it('check later as well, and give a damaged copy no good name', async () => {
    const folder = await filled();
    const target = join(folder, '../backup');
    const unchecked = await cairn(folder, 'backup', target, '--no-verify');
    expect(unchecked.out).not.toContain('checked');
    const good = await cairn(folder, 'backup', '--verify-only', target);
    expect([good.code, good.err]).toEqual([0, '']);
    expect(good.out).toMatch(/^head .+\n(.+\n)+checked /m);
    const [attachment = ''] = readdirSync(join(folder, 'attachments'), { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, 'attachments', name))
      .filter((path) => statSync(path).isFile());
    writeFileSync(attachment, readFileSync(attachment).fill(0, 9, 10));

    const other = join(folder, '../other');
    const { code, err } = await cairn(folder, 'backup', other);
    expect(code).toBe(1);
    expect(err).toContain('it is not what its name says, nor was it in the store');
    expect([existsSync(other), existsSync(`${other}.damaged`)]).toEqual([false, true]);
    const restored = await cairn(newFolder(), 'restore', `${other}.damaged`);
    expect([restored.code, restored.err]).toEqual([1, expect.stringContaining('is damaged:')]);
    const later = await cairn(folder, 'backup', '--verify-only', `${other}.damaged`);
    expect([later.code, later.err]).toEqual([1, expect.stringContaining('is damaged:')]);
    expect(existsSync(`${other}.damaged`)).toBe(true);
    const both = await cairn(folder, 'backup', '--verify-only', '--no-verify', target);
    expect(both.err).toContain('--no-verify and --verify-only exclude each other.');
  });

  it('survive a server that is killed while it copies: no half is taken for a whole', async () => {
    const folder = await filled(3000);
    const server = await serveCairn(folder);
    const target = join(folder, '../backup');
    const command = startCairn(folder, ['backup', '--no-verify', target]);
    const ended = once(command, 'exit');
    await appears(() => partialOf(target) !== undefined || existsSync(target));
    server.process.kill('SIGKILL');
    expect((await ended)[0]).toBe(1);
    expect(existsSync(target)).toBe(false);
    const partial = join(dirname(target), partialOf(target) as string);
    for (const words of [
      ['backup', '--verify-only', partial],
      ['restore', partial],
    ]) {
      const { code, err } = await cairn(newFolder(), ...words);
      expect([code, err]).toEqual([
        1,
        expect.stringContaining('holds no whole backup: manifest.json is missing'),
      ]);
    }
    const next = await serveCairn(folder);
    expect(await post(next, statement(9001))).toBe(200);
    expect((await cairn(folder, 'backup', target)).out).toMatch(/^statements {4}3,002$/m);
  });

  it('go on in the server when the command is killed', async () => {
    const folder = await filled(3000);
    const server = await serveCairn(folder);
    const target = join(folder, '../backup');
    const command = startCairn(folder, ['backup', target]);
    await appears(() => partialOf(target) !== undefined || existsSync(target));
    command.kill('SIGKILL');
    expect(await post(server, statement(9001))).toBe(200);
    await appears(() => existsSync(target));
    expect((await cairn(folder, 'backup', '--verify-only', target)).code).toBe(0);
    expect(await server.stop()).toBe(0);
  });

  it('survive a restore that is killed: the next one works, or there is a store', async () => {
    const folder = await filled(1000);
    const target = join(folder, '../backup');
    await cairn(folder, 'backup', target);
    const whole = (await cairn(folder, 'rebuild')).out;
    for (const name of ['restore.partial', 'attachments', 'log.db', 'index.db']) {
      const again = newFolder();
      const command = startCairn(again, ['restore', target]);
      const ended = once(command, 'exit');
      await appears(() => existsSync(join(again, name)) || command.exitCode !== null);
      command.kill('SIGKILL');
      await ended;
      const isWhole = existsSync(join(again, 'log.db'));
      if (!isWhole) {
        const started = await cairn(again, 'keys', 'create');
        expect([started.code, started.err]).toEqual([1, expect.stringContaining('Run cairn restore again')]);
      }
      const { code, err } = await cairn(again, 'restore', target);
      if (isWhole) expect([code, err]).toEqual([1, expect.stringContaining('is not empty')]);
      else expect([code, err]).toEqual([0, '']);
      expect((await cairn(again, 'rebuild')).out).toBe(whole);
    }
  });

  it('say what is wrong with what they are given', async () => {
    const folder = await filled();
    const none = await cairn(newFolder(), 'restore', join(folder, 'none'));
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('holds no whole backup')]);
    const within = await cairn(folder, 'backup', join(folder, 'backup'));
    expect([within.code, within.err]).toEqual([1, expect.stringContaining("within the store's own folder")]);
  });
});
