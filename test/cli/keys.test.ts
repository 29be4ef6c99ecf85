import { join } from 'node:path';
import { cairn, cleanUp, newFolder, serveCairn } from './cairn.ts';

jest.setTimeout(60_000);
afterEach(cleanUp);

type Made = { id: string; secret: string; scopes: string[] };
const made = (out: string): Made => JSON.parse(out) as Made;

const statusOf = async (url: string, { id, secret }: Pick<Made, 'id' | 'secret'>): Promise<number> => {
  const response = await fetch(`${url}/xapi/statements`, {
    headers: {
      Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
      'X-Experience-API-Version': '1.0.3',
    },
  });
  await response.arrayBuffer();
  return response.status;
};

describe('cairn keys beside a running server', () => {
  it('acts at once, and shows a secret once', async () => {
    const folder = newFolder();
    const { url, stop } = await serveCairn(folder);
    const key = made(
      (await cairn(folder, 'keys', 'create', '--label', 'LMS', '--scopes', 'all/read', '--json')).out,
    );
    expect(key.secret).toMatch(/^[\w-]{43}$/);
    expect(await statusOf(url, key)).toBe(200);

    const rotated = made((await cairn(folder, 'keys', 'rotate', key.id, '--json')).out);
    expect(rotated.id).toBe(key.id);
    expect(await statusOf(url, key)).toBe(401);
    expect(await statusOf(url, rotated)).toBe(200);

    expect(await cairn(folder, 'keys', 'revoke', key.id)).toEqual({
      code: 0,
      out: `${key.id} is revoked.\n`,
      err: '',
    });
    expect(await statusOf(url, rotated)).toBe(401);

    const { out } = await cairn(folder, 'keys', 'list');
    expect(out).toMatch(
      new RegExp(`^first +in use .* all,admin +first\\n${key.id} +revoked .* all/read +LMS\\n$`),
    );
    expect(out).not.toContain(rotated.secret);
    expect(await stop()).toBe(0);
  });

  it('tells what the server refuses', async () => {
    const folder = newFolder();
    await serveCairn(folder);
    const taken = await cairn(folder, 'keys', 'create', '--id', 'first');
    expect(taken).toMatchObject({
      code: 1,
      err: 'cairn keys create: There is a credential first already.\n',
    });
    const unknown = await cairn(folder, 'keys', 'revoke', 'frist');
    expect(unknown).toMatchObject({
      code: 1,
      err: 'cairn keys revoke: There is no key frist. Did you mean first?\n',
    });
    expect((await cairn(folder, 'keys', 'rotate', 'nobody')).err).toContain('There is no key nobody.');
  });
});

describe('cairn keys by itself', () => {
  it('keeps what it does in the store', async () => {
    const folder = join(newFolder(), 'data');
    const { out, err } = await cairn(folder, 'keys', 'create', '--id', 'vr-lab');
    expect(out).toMatch(
      /^key {5}vr-lab\nsecret {2}\S{43}\nscopes {2}statements\/write, statements\/read\/mine\n$/,
    );
    expect(err).toBe('The secret is not shown again: keep it now.\n');
    await cairn(folder, 'keys', 'revoke', 'vr-lab');
    const listed = JSON.parse((await cairn(folder, 'keys', 'list', '--json')).out) as object[];
    expect(listed).toEqual([
      {
        id: 'vr-lab',
        label: '',
        scopes: ['statements/write', 'statements/read/mine'],
        created: expect.any(Number),
        revoked: expect.any(Number),
      },
    ]);
    const again = await cairn(folder, 'keys', 'rotate', 'vr-lab');
    expect(again).toMatchObject({
      code: 1,
      err: 'cairn keys rotate: vr-lab has been revoked, which is for good.\n',
    });
  });

  it.each([
    [['--scopes', 'all,anything'], 'There is no scope "anything". There are all,'],
    [['--scopes', 'statement/read'], 'Did you mean statements/read?'],
    [['--id', 'import'], 'import names what was moved in; choose another.'],
    [['--id', 'a:b'], 'A key is up to 100 printable ASCII characters without blanks and colons (RFC 7617).'],
  ])('refuses %j', async (words, message) => {
    const { code, err } = await cairn(newFolder(), 'keys', 'create', ...words);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });
});
