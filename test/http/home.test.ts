import packageJson from '../../package.json' with { type: 'json' };
import { readText } from '../house/source-files.ts';
import { cairnOfFile, withCairn } from './start-cairn.ts';
import { statementOf } from './statement-parts.ts';

const file = cairnOfFile();

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const page = (headers: Readonly<Record<string, string | string[]>> = {}) =>
  file.cairn.wire({ path: '/', headers: { Authorization: [], Accept: BROWSER, ...headers } });

describe('/', () => {
  it.each([
    [BROWSER, 'text/html; charset=utf-8'],
    ['text/html', 'text/html; charset=utf-8'],
    ['text/*;q=0.5, application/json;q=0.1', 'text/html; charset=utf-8'],
    ['*/*', 'application/json'],
    ['application/json', 'application/json'],
    ['application/json, text/html', 'application/json'],
    ['text/html;q=0.5, application/json', 'application/json'],
    ['image/png', 'application/json'],
    [[], 'application/json'],
  ] as const)('answers %s with %s', async (accept, type) => {
    const { status, headers } = await page({ Accept: accept as string });
    expect([status, headers['content-type'], headers.vary]).toEqual([200, type, 'Accept']);
  });

  it('says to programs what this is and where what is', async () => {
    const { body } = await file.cairn.bare.get('/').expect(200);
    expect(body).toEqual({
      name: 'Cairn',
      is: 'an xAPI Learning Record Store',
      version: packageJson.version,
      endpoint: '/xapi',
      versions: ['1.0.0', '1.0.1', '1.0.2', '1.0.3', '2.0.0'],
      links: {
        api: '/api/v1/openapi.json',
        status: '/api/v1/status',
        about: '/xapi/about',
        live: '/health/live',
        ready: '/health/ready',
      },
    });
    for (const path of Object.values(body.links as Record<string, string>))
      await file.cairn.bare.get(path).expect(path.endsWith('/status') ? 401 : 200);
  });

  it('says the same however much is stored, and to whomever', async () => {
    const timeless = async (headers = {}) =>
      (await page(headers)).text.replace(/\d{4}-\d\d-\d\d[T ][\d:.]+/g, '');
    const before = await timeless();
    await file.cairn.all
      .post('/xapi/statements')
      .send([1, 2, 3].map(() => statementOf()))
      .expect(200);
    expect(await timeless()).toBe(before);
    const { authorization } = await file.cairn.key('admin');
    expect(await timeless({ Authorization: authorization })).toBe(before);
  });

  it('shows what a request says of its host as text, and a path as clients see it', async () => {
    const { text } = await page({ Host: "x\"><script>alert('&')</script>" });
    expect(text).not.toContain('<script');
    expect(text).toContain('x&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;/xapi');
    const settings = { publicUrl: 'https://example.org/lrs', basePath: '/lrs' };
    await withCairn({ settings }, async (cairn) => {
      const shown = (await cairn.bare.get('/').set('Accept', BROWSER).expect(200)).text;
      expect(shown).toContain('<code>https://example.org/lrs/xapi</code>');
      const links = [...shown.matchAll(/<a href="([^"]+)"/g)].map(([, path]) => path);
      expect(links.length).toBeGreaterThan(4);
      expect(links.filter((path) => !path?.startsWith('/lrs/'))).toEqual([]);
    });
  });

  it('names chapters that the README has', async () => {
    const { text } = await page();
    const named = /has the chapters\s+([^.]+)\./.exec(text)?.[1]?.split(', ') ?? [];
    expect(named.length).toBeGreaterThan(4);
    const chapters = [...readText('README.md').matchAll(/^## (.+)$/gm)].map(([, chapter]) => chapter);
    expect(chapters).toEqual(expect.arrayContaining(named));
  });

  it('tells that the server is about to stop', async () => {
    const stopping = AbortSignal.abort();
    await withCairn({ services: (services) => ({ ...services, stopping }) }, async (cairn) => {
      const { text } = await cairn.bare.get('/').set('Accept', BROWSER).expect(200);
      expect(text).toContain('<title>Cairn: Stopping</title>');
    });
  });

  it('takes nothing: a client that has the wrong endpoint is told so', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const { status, headers, text } = await file.cairn.wire({ method, path: '/' });
      expect([status, headers.allow, JSON.parse(text).reason]).toEqual([
        405,
        'GET, HEAD',
        'method-not-allowed',
      ]);
    }
    const head = await file.cairn.wire({ method: 'HEAD', path: '/', headers: { Accept: BROWSER } });
    expect([head.status, head.bytes.length]).toEqual([200, 0]);
  });
});
