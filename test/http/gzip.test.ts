import { randomBytes } from 'node:crypto';
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { cairnOfFile } from './start-cairn.ts';
import { query, statementOf } from './statement-parts.ts';

const file = cairnOfFile({ settings: { maxBody: 8 * 1024 * 1024 } });
const JSON_GZIP = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };

const post = (body: Buffer, headers: Readonly<Record<string, string>> = JSON_GZIP) =>
  file.cairn.wire({ method: 'POST', path: '/xapi/statements', headers, body });
const chunked = (body: Buffer) =>
  file.cairn.wire({
    method: 'POST',
    path: '/xapi/statements',
    headers: JSON_GZIP,
    body: Array.from({ length: Math.ceil(body.length / 7) }, (_, at) => body.subarray(at * 7, at * 7 + 7)),
  });
const reasonOf = ({ status, text }: { status: number; text: string }) => [status, JSON.parse(text).reason];

describe('a gzipped request', () => {
  it('is stored as if it had come plain, whole or in pieces', async () => {
    const [one, other] = [statementOf(), statementOf()];
    expect((await post(gzipSync(JSON.stringify(one)))).status).toBe(200);
    expect((await chunked(gzipSync(JSON.stringify([other])))).status).toBe(200);
    for (const { id } of [one, other]) {
      await file.cairn.all.get(`/xapi/statements?statementId=${id}`).expect(200);
    }
    const upper = { ...JSON_GZIP, 'Content-Encoding': 'X-GZIP' };
    expect((await post(gzipSync(JSON.stringify(statementOf())), upper)).status).toBe(200);
  });

  it('may be a document, whose ETag is that of what it becomes', async () => {
    const address = query({ activityId: 'a:a', agent: { mbox: 'mailto:a@b.c' }, stateId: 'zipped' });
    const path = `/xapi/activities/state?${address}`;
    const put = await file.cairn.wire({ method: 'PUT', path, headers: JSON_GZIP, body: gzipSync('{"a":1}') });
    expect(put.status).toBe(204);
    const plain = await file.cairn.wire({ path });
    await file.cairn.wire({
      method: 'PUT',
      path,
      headers: { 'Content-Type': 'application/json' },
      body: '{"a":1}',
    });
    const again = await file.cairn.wire({ path, headers: { 'Accept-Encoding': 'gzip' } });
    expect([plain.text, again.text]).toEqual(['{"a":1}', '{"a":1}']);
    expect(again.headers.etag).toBe(plain.headers.etag);
  });

  it('is refused when it is cut off, damaged, no gzip or another coding', async () => {
    const good = gzipSync(JSON.stringify(statementOf()));
    const damaged = Buffer.from(good);
    damaged[good.length - 6] = (damaged[good.length - 6] ?? 0) ^ 1;
    for (const body of [good.subarray(0, -9), damaged, Buffer.from('{}'), Buffer.alloc(0)]) {
      expect(reasonOf(await post(body))).toEqual([400, 'body-invalid']);
    }
    const other = { ...JSON_GZIP, 'Content-Encoding': 'br' };
    expect(reasonOf(await post(brotliCompressSync('{}'), other))).toEqual([400, 'header-invalid']);
    const twice = { ...JSON_GZIP, 'Content-Encoding': 'gzip, gzip' };
    expect(reasonOf(await post(gzipSync(gzipSync('{}')), twice))).toEqual([400, 'header-invalid']);
  });

  it('is refused before it fills the memory: for its size, and for how much smaller it was', async () => {
    const before = process.memoryUsage().rss;
    expect(reasonOf(await post(gzipSync(Buffer.alloc(300 * 1024 * 1024))))).toEqual([413, 'too-large']);
    expect(reasonOf(await post(gzipSync(Buffer.alloc(4 * 1024 * 1024, '[ ')), JSON_GZIP))).toEqual([
      413,
      'too-large',
    ]);
    const mixed = randomBytes(9 * 1024 * 1024);
    mixed.fill(0, 0, 8 * 1024 * 1024);
    expect(reasonOf(await post(gzipSync(mixed)))).toEqual([413, 'too-large']);
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
    expect((await post(gzipSync(JSON.stringify(statementOf())))).status).toBe(200);
  });
});

describe('an answer', () => {
  it('is gzipped for who takes it, and says the same', async () => {
    await file.cairn.all
      .post('/xapi/statements')
      .send(Array.from({ length: 20 }, () => statementOf()))
      .expect(200);
    const path = '/xapi/statements?limit=20';
    const plain = await file.cairn.wire({ path });
    expect(plain.headers).not.toHaveProperty('content-encoding');
    for (const accepted of ['gzip', 'deflate, GZIP;q=0.5', 'br, gzip']) {
      const packed = await file.cairn.wire({ path, headers: { 'Accept-Encoding': accepted } });
      expect(packed.headers['content-encoding']).toBe('gzip');
      expect(packed.headers['vary']).toContain('Accept-Encoding');
      expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 3);
      expect(gunzipSync(packed.bytes).toString()).toBe(plain.text);
    }
    for (const accepted of ['', 'br', 'gzip;q=0', 'gzip;q=0.0', 'gzipped', '*']) {
      const answer = await file.cairn.wire({ path, headers: { 'Accept-Encoding': accepted } });
      expect(answer.headers).not.toHaveProperty('content-encoding');
    }
  });

  it('is not worth it when it is short', async () => {
    const path = '/xapi/about';
    const answer = await file.cairn.wire({ path, headers: { 'Accept-Encoding': 'gzip' } });
    expect(answer.headers).not.toHaveProperty('content-encoding');
  });
});
