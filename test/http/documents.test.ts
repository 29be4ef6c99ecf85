import { createHash, randomUUID } from 'node:crypto';
import { listOf, pathOf, RESOURCES } from './document-address.ts';
import { cairnOfFile } from './start-cairn.ts';
import { ADA, query } from './statement-parts.ts';

const file = cairnOfFile();
const FRESH = { 'If-None-Match': '"none"' };
const sha1 = (body: Buffer | string) => createHash('sha1').update(body).digest('hex');

const put = async (path: string, body: Buffer | string, type: string | null = 'text/plain') => {
  const headers = { ...FRESH, ...(type === null ? {} : { 'Content-Type': type }) };
  return (await file.cairn.wire({ method: 'PUT', path, headers, body })).status;
};
const get = (path: string) => file.cairn.wire({ path });

const WRONG: readonly (readonly [name: string, value: string])[] = [
  ['activityId', 'relative'],
  ['activityId', 'http://a b'],
  ['agent', '{}'],
  ['agent', 'x'],
  ['agent', '[]'],
  ['agent', '{"mbox":"ada"}'],
  ['agent', '{"objectType":"Group","mbox":"mailto:a@b.c"}'],
  ['registration', 'x'],
  ['registration', ''],
];

describe.each(RESOURCES.map((one) => [one[0], one] as const))('%s', (resource, addressing) => {
  const [, scope, idName] = addressing;
  const post = (path: string, body: Buffer | string, type = 'application/json', version = '1.0.3') =>
    file.cairn.wire({
      method: 'POST',
      path,
      headers: { 'Content-Type': type, 'X-Experience-API-Version': version },
      body,
    });

  const address: Readonly<Record<string, unknown>> = { ...scope, [idName]: 'x' };

  it.each(Object.keys(address))('DC-1: needs %s', async (name) => {
    const { [name]: _left, ...rest } = address;
    for (const incomplete of [rest, { ...rest, [name]: '' }]) {
      const path = `/xapi/${resource}?${query(incomplete)}`;
      expect(await put(path, 'x')).toBe(400);
      expect((await post(path, '{}')).status).toBe(400);
    }
  });

  it.each(
    WRONG.filter(([name]) => name in scope || (name === 'registration' && resource === 'activities/state')),
  )('DC-1: refuses %s=%s', async (name, value) => {
    const path = `/xapi/${resource}?${query({ ...address, [name]: value })}`;
    for (const method of ['GET', 'PUT', 'POST', 'DELETE']) {
      const { status, text } = await file.cairn.wire({ method, path });
      expect([method, status]).toEqual([method, 400]);
      expect(JSON.parse(text).problems[0].pointer).toMatch(new RegExp(`^/${name}`));
    }
  });

  it('DC-3: what is not there is 404, and deleting it is 204', async () => {
    const path = pathOf(addressing);
    expect((await get(path)).status).toBe(404);
    expect((await file.cairn.wire({ method: 'DELETE', path })).status).toBe(204);
    expect(await put(path, 'x')).toBe(204);
    expect((await file.cairn.wire({ method: 'DELETE', path })).status).toBe(204);
    expect((await get(path)).status).toBe(404);
  });

  it('DC-4: lists ids, since a moment exclusively, with tag and date of the newest', async () => {
    const whose = {
      ...scope,
      ...('agent' in scope
        ? { agent: { mbox: `mailto:${randomUUID()}@b.c` } }
        : { activityId: `a:${randomUUID()}` }),
    };
    const list = (more = {}) => get(`/xapi/${resource}?${query({ ...whose, ...more })}`);
    const empty = await list();
    expect([empty.status, empty.text, empty.headers['last-modified']]).toEqual([200, '[]', undefined]);
    const paths = ['one', 'two', 'ü/3'].map((id) => `/xapi/${resource}?${query({ ...whose, [idName]: id })}`);
    await put(paths[0] as string, '1');
    await put(paths[1] as string, '2');
    await new Promise((resolve) => setTimeout(resolve, 5));
    const since = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await put(paths[2] as string, '3');
    const all = await list();
    expect(JSON.parse(all.text).sort()).toEqual(['one', 'two', 'ü/3']);
    expect(all.headers['etag']).toMatch(/^"[0-9a-f]{40}"$/);
    const newest = (await get(paths[2] as string)).headers['last-modified'];
    expect(all.headers['last-modified']).toBe(newest);
    expect(JSON.parse((await list({ since })).text)).toEqual(['ü/3']);
    await put(paths[0] as string, 'changed');
    expect(JSON.parse((await list({ since })).text).sort()).toEqual(['one', 'ü/3']);
    expect((await list({ since: 'yesterday' })).status).toBe(400);
    expect((await list({ since, [idName]: 'one' })).status).toBe(400);
  });

  it('DC-5: many are deleted at once only where the resource has that', async () => {
    const path = listOf(addressing);
    await put(pathOf(addressing, 'kept?'), 'x');
    const { status } = await file.cairn.wire({ method: 'DELETE', path });
    expect(status).toBe(resource === 'activities/state' ? 204 : 400);
    expect((await get(pathOf(addressing, 'kept?'))).status).toBe(resource === 'activities/state' ? 404 : 200);
  });

  it.each<[string, Buffer | string, string | null]>([
    ['text', 'ä text', 'text/plain; charset=UTF-8'],
    ['nothing', '', 'text/plain'],
    ['bytes', Buffer.from(Array.from({ length: 256 }, (_, at) => at)), 'application/octet-stream'],
    ['JSON as it was spelled', '{ "a" : 1.0,\n"a":2 }', 'Application/JSON; odd="x y"'],
    ['something large', Buffer.alloc(3_000_000, 'cairn'), 'video/mp4'],
    ['a made-up type', 'x', 'no-type-at-all'],
    ['no type', 'x', null],
  ])('DC-6, DC-11: keeps %s with its type, and its SHA-1 is the tag', async (_name, body, type) => {
    const path = pathOf(addressing);
    const before = Date.now();
    expect(await put(path, body, type)).toBe(204);
    for (const restarted of [false, true]) {
      if (restarted) await file.cairn.reopen();
      const { status, headers, bytes } = await get(path);
      expect([status, headers['content-type']]).toEqual([200, type ?? 'application/octet-stream']);
      expect(bytes.equals(Buffer.from(body))).toBe(true);
      expect(headers['etag']).toBe(`"${sha1(body)}"`);
      expect(headers['content-encoding']).toBeUndefined();
      const modified = Date.parse(headers['last-modified'] as string);
      expect(modified).toBeGreaterThanOrEqual(before - 1000);
      expect(modified).toBeLessThanOrEqual(Date.now());
    }
  });

  it('DC-7, DC-8: a POST merges at the top level, in the order of the old keys and then the new', async () => {
    const path = pathOf(addressing);
    expect(
      (await post(path, '{"b":{"x":1.0},"a":[1],"__proto__":{"p":1}}', 'application/json; charset=utf-8'))
        .status,
    ).toBe(204);
    expect((await post(path, ' {"c":1e400, "b":{"y":"\\u00e4"},"a":null} ', 'APPLICATION/JSON')).status).toBe(
      204,
    );
    const { text, headers } = await get(path);
    expect(text).toBe('{"b":{"y":"\\u00e4"},"a":null,"__proto__":{"p":1},"c":1e400}');
    expect(headers['etag']).toBe(`"${sha1(text)}"`);
    expect((await post(path, '{"__proto__":{"q":2},"constructor":3}')).status).toBe(204);
    expect((await get(path)).text).toBe(
      '{"b":{"y":"\\u00e4"},"a":null,"__proto__":{"q":2},"c":1e400,"constructor":3}',
    );
    expect(Object.prototype).not.toHaveProperty('q');
  });

  it.each<[string, string, string, string, string | Buffer]>([
    ['what is there is no JSON', 'text/plain', '{"a":1}', 'application/json', '{"b":1}'],
    ['what is sent is no JSON', 'application/json', '{"a":1}', 'text/plain', '{"b":1}'],
    ['a list is there', 'application/json', '[1]', 'application/json', '{"b":1}'],
    ['a list is sent', 'application/json', '{"a":1}', 'application/json', '[1]'],
    ['a text is sent', 'application/json', '{"a":1}', 'application/json', '"x"'],
    ['it is cut', 'application/json', '{"a":1}', 'application/json', '{"b":'],
    ['a key repeats', 'application/json', '{"a":1}', 'application/json', '{"b":1,"b":2}'],
    [
      'it is no UTF-8',
      'application/json',
      '{"a":1}',
      'application/json',
      Buffer.from('{"b":"\xff"}', 'latin1'),
    ],
    ['it is nothing', 'application/json', '{"a":1}', 'application/json', ''],
  ])('DC-7: a POST is refused and changes nothing when %s', async (_name, oldType, old, type, sent) => {
    for (const version of ['1.0.3', '2.0.0']) {
      const path = pathOf(addressing);
      expect(await put(path, old, oldType)).toBe(204);
      expect((await post(path, sent, type, version)).status).toBe(400);
      const { text, headers } = await get(path);
      expect([text, headers['content-type']]).toEqual([old, oldType]);
    }
  });

  it('DC-7: a POST to nothing stores what is sent, if it is JSON where it says so', async () => {
    const stored = async (body: string | Buffer, type: string) => {
      const path = pathOf(addressing);
      const { status } = await post(path, body, type);
      return status === 204 ? (await get(path)).bytes.toString() : status;
    };
    expect(await stored('[1]', 'application/json')).toBe('[1]');
    expect(await stored('no JSON', 'text/plain')).toBe('no JSON');
    expect(await stored('no JSON', 'application/json')).toBe(400);
    expect(await stored(Buffer.from('"\xff"', 'latin1'), 'application/json')).toBe(400);
  });

  it('a PUT of what is called JSON and is none: kept in 1.0.3, refused in 2.0.0', async () => {
    for (const body of ['not JSON', '{"a":1,"a":2}', '', Buffer.from('"\xff"', 'latin1')]) {
      for (const [version, status] of [
        ['1.0.3', 204],
        ['2.0.0', 400],
      ] as const) {
        const headers = { ...FRESH, 'Content-Type': 'application/json', 'X-Experience-API-Version': version };
        const answer = await file.cairn.wire({ method: 'PUT', path: pathOf(addressing), headers, body });
        expect([String(body), answer.status]).toEqual([String(body), status]);
      }
    }
  });

  it('DC-13, DC-14: is found by its identifiers alone; its id may be any text', async () => {
    const ids = [
      'a/b?c=d&e#f',
      'http://example.org/ä',
      ' ',
      '.',
      '..',
      '%2F',
      'null',
      '__proto__',
      'Ω'.repeat(500),
      '\n',
      '\u0000',
      'a\u0000b',
      'a\u0000c',
      'a',
    ];
    for (const id of ids) {
      expect(await put(pathOf(addressing, id), id)).toBe(204);
      expect((await get(pathOf(addressing, id))).text).toBe(id);
    }
    const listed = JSON.parse((await get(listOf(addressing))).text);
    expect(listed).toEqual(expect.arrayContaining(ids));
    if (!('agent' in scope)) return;
    const named = (name: string) =>
      pathOf(addressing, 'x', { agent: { account: { homePage: 'https://example.org', name } } });
    for (const name of ['a', 'a\u0000b', 'a b']) expect(await put(named(name), name)).toBe(204);
    for (const name of ['a', 'a\u0000b', 'a b']) expect((await get(named(name))).text).toBe(name);
    const agent = { mbox: ADA.mbox, name: 'Called otherwise' };
    expect((await get(pathOf(addressing, ' ', { agent }))).text).toBe(' ');
  });
});
