import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeReceivers, type Receiver, say, startReceiver, take } from '../forwarding/receiver.ts';
import { until } from '../forwarding/sender.ts';
import { ROOT } from '../house/source-files.ts';
import { statementOf } from '../http/statement-parts.ts';
import { cleanUp, newFolder, type Ran, runCairn, serveCairn } from './cairn.ts';

jest.setTimeout(60_000);
afterEach(async () => {
  await closeReceivers();
  cleanUp();
});

const SECRET = 'canary-secret-of-the-target';

const targetsFile = (targets: readonly object[]): string => {
  const folder = newFolder();
  writeFileSync(join(folder, 'secret.txt'), `${SECRET}\n`);
  const path = join(folder, 'targets.json');
  writeFileSync(path, JSON.stringify({ targets }));
  return path;
};

const target = (url: string, more: object = {}) => ({
  name: 'warehouse',
  endpoint: `${url}/xapi`,
  key: 'k',
  secretFile: 'secret.txt',
  allowPrivate: true,
  ...more,
});

const post = async (url: string, statements: readonly object[]): Promise<number> => {
  const response = await fetch(`${url}/xapi/statements`, {
    method: 'POST',
    headers: {
      Authorization: `Basic ${Buffer.from('first:first-secret').toString('base64')}`,
      'X-Experience-API-Version': '1.0.3',
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(statements),
  });
  await response.arrayBuffer();
  return response.status;
};

const refusing =
  (bad: string): Receiver['answer'] =>
  (heard, response) =>
    (heard.ids.includes(bad) ? say(400, '{"message":\n"not this"}') : take)(heard, response);

describe('a server that sends statements on', () => {
  it('is seen and minded by commands beside it, and without it', async () => {
    const [good, bad] = [statementOf(), statementOf()];
    const receiver = await startReceiver(refusing(bad.id));
    const more = { CAIRN_FORWARDING_FILE: targetsFile([target(receiver.url)]) };
    const folder = newFolder();
    const forwards = (...words: readonly string[]): Promise<Ran> =>
      runCairn(folder, ['forwards', ...words], { more });
    const { url, stop, process: server } = await serveCairn(folder, more);
    expect(await post(url, [good, bad])).toBe(200);
    await until(async () => (await forwards('list')).out.includes('0 behind, 1 dead letters, last success'));
    expect(receiver.heard.at(-1)?.headers.authorization).toBe(
      `Basic ${Buffer.from(`k:${SECRET}`).toString('base64')}`,
    );

    const dead = await forwards('dead', 'warehouse');
    expect(dead.out).toMatch(
      new RegExp(`^${bad.id}  400  1 times, last \\S+Z\\n  \\{"message": "not this"\\}\\n$`),
    );
    const listed = await forwards('list', '--json');
    expect(JSON.parse(listed.out)).toEqual([
      {
        name: 'warehouse',
        endpoint: `${receiver.url}/xapi`,
        behind: 0,
        position: expect.any(Number),
        lastSuccess: expect.any(Number),
        deadLetters: 1,
      },
    ]);
    expect(dead.out + listed.out).not.toContain(SECRET);

    receiver.answer = take;
    expect(await forwards('retry', 'warehouse', '--statement', bad.id)).toEqual({
      code: 0,
      out: '1 dead letter is sent again.\n',
      err: '',
    });
    await until(async () => (await forwards('dead', 'warehouse')).out === '');
    expect(receiver.heard.at(-1)?.ids).toEqual([bad.id]);

    expect(await forwards('retry', 'werehouse')).toEqual({
      code: 1,
      out: '',
      err: 'cairn forwards retry: There is no target werehouse. Did you mean warehouse?\n',
    });

    receiver.answer = say(503, 'closed');
    expect(await post(url, [statementOf()])).toBe(200);
    await until(async () => (await forwards('list')).out.includes('1 behind'));
    expect((await forwards('list')).out).toMatch(
      /\n {2}fails since \S+Z \(\d+ times\), tried again \S+Z: It answered 503\. closed\n$/,
    );
    expect(await stop()).toBe(0);
    expect(server.exitCode).toBe(0);
    expect((await forwards('list')).out).toMatch(
      /^warehouse {2}\S+ {2}1 behind, 0 dead letters, last success/,
    );
    expect((await forwards('discard', 'warehouse')).out).toBe('0 dead letters are forgotten.\n');
  });

  it('goes on where it was after it was killed', async () => {
    const receiver = await startReceiver(say(500));
    const more = { CAIRN_FORWARDING_FILE: targetsFile([target(receiver.url)]) };
    const folder = newFolder();
    const first = await serveCairn(folder, more);
    const statement = statementOf();
    expect(await post(first.url, [statement])).toBe(200);
    await until(() => receiver.heard.length > 0);
    const ended = once(first.process, 'exit');
    first.process.kill('SIGKILL');
    await ended;
    receiver.answer = take;
    const before = receiver.heard.length;
    const { stop } = await serveCairn(folder, more);
    await until(() => receiver.heard.length > before);
    expect(receiver.heard.at(-1)?.ids).toEqual([statement.id]);
    expect(await stop()).toBe(0);
  });

  it('speaks https with whom it can tell, and with nobody else', async () => {
    const fixture = (name: string) => join(ROOT, 'test/fixtures', name);
    const certificate = fixture('localhost-certificate.pem');
    const second = await serveCairn(newFolder(), {
      CAIRN_TLS_CERT_FILE: certificate,
      CAIRN_TLS_KEY_FILE: fixture('localhost-key.pem'),
    });
    const { port } = new URL(second.url);
    const own = { key: 'first', secret: 'first-secret', secretFile: undefined };
    const file = targetsFile([target(`https://localhost:${port}`, own)]);
    const folder = newFolder();
    const more = { CAIRN_FORWARDING_FILE: file };
    const stranger = await serveCairn(folder, more);
    expect(await post(stranger.url, [statementOf()])).toBe(200);
    const listed = async () => (await runCairn(folder, ['forwards', 'list'], { more })).out;
    await until(async () => (await listed()).includes('self-signed certificate'));
    expect(await stranger.stop()).toBe(0);
    const friend = await serveCairn(folder, { ...more, NODE_EXTRA_CA_CERTS: certificate });
    await until(async () => (await listed()).includes(' 0 behind, 0 dead letters, last success'));
    expect(await friend.stop()).toBe(0);
    expect(await second.stop()).toBe(0);
  });

  it('does not start when the file of targets is wrong, and says all that is', async () => {
    const path = targetsFile([
      target('http://127.0.0.1:1', { allowPrivate: false, batsh: 1 }),
      target('https://lrs.example.org', { name: 'b', secretFile: 'gone.txt' }),
    ]);
    const said = await runCairn(newFolder(), ['serve'], { more: { CAIRN_FORWARDING_FILE: path } });
    expect(said).toMatchObject({ code: 1, out: '' });
    expect(said.err.split('\n')).toEqual([
      'cairn serve: CAIRN_FORWARDING_FILE, /targets/0/batsh: There is no such member. Did you mean batch?',
      'CAIRN_FORWARDING_FILE, /targets/0/endpoint: 127.0.0.1 leads to 127.0.0.1, which is not of the public internet. The target has to say allowPrivate if that is meant.',
      'CAIRN_FORWARDING_FILE, /targets/1/secretFile: gone.txt cannot be read, or is empty.',
      '',
    ]);
    const gone = await runCairn(newFolder(), ['serve'], {
      more: { CAIRN_FORWARDING_FILE: '/nowhere/t.json' },
    });
    expect(gone.err).toBe(
      'cairn serve: CAIRN_FORWARDING_FILE names /nowhere/t.json, which cannot be read.\n',
    );
  });

  it('has none unless they are configured', async () => {
    const folder = newFolder();
    const { stop } = await serveCairn(folder);
    const listed = await runCairn(folder, ['forwards', 'list']);
    expect(listed.out).toBe('There are no targets; CAIRN_FORWARDING_FILE names them.\n');
    expect(await stop()).toBe(0);
  });
});
