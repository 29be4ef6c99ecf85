import { reject } from '../../src/xapi/rejection.ts';
import { cairnOfFile, withCairn } from '../http/start-cairn.ts';
import { ADA, idsOf, type Json, query, statementOf } from '../http/statement-parts.ts';
import { browserOfTests, describeInBrowser, runIn } from './browser.ts';

type Asked = {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** Asks from a page, one request after the other; it runs there as its own text. */
const ask = async (fetchIt: typeof fetch, requests: readonly Asked[]) => {
  const answers: { status: number; text: string; headers: Record<string, string> }[] = [];
  for (const { url, ...more } of requests) {
    const answer = await fetchIt(url, more);
    answers.push({
      status: answer.status,
      text: await answer.text(),
      headers: Object.fromEntries([...(answer.headers as never as Iterable<[string, string]>)]),
    });
  }
  return answers;
};

/** Sends when the page is being left, in the two ways that browsers finish behind it. */
const sendWhenLeft = async (
  _: unknown,
  { kept, beacon }: { readonly kept: Asked; readonly beacon: Asked },
) => {
  const page = globalThis as never as {
    addEventListener(name: string, act: () => void): void;
    navigator: { sendBeacon(url: string, body: string | undefined): boolean };
  };
  page.addEventListener('pagehide', () => {
    void fetch(kept.url, { ...kept, keepalive: true });
    page.navigator.sendBeacon(beacon.url, beacon.body);
  });
};

const LIMIT = 100_000;
const STATEMENTS = '/xapi/statements';
const stateOf = (stateId: string) =>
  `/xapi/activities/state?${query({ activityId: 'a:a', agent: ADA, stateId })}`;

describeInBrowser('a page of another origin', () => {
  const TEN_DAYS = 10 * 86_400_000_000;
  const file = cairnOfFile({
    settings: { maxBody: LIMIT },
    services: (services) => ({
      ...services,
      documents: {
        ...services.documents,
        // As if it had been written long ago.
        get: async (key) => {
          const found = await services.documents.get(key);
          return found === undefined ? undefined : { ...found, updated: found.updated - TEN_DAYS };
        },
      },
    }),
  });
  const browser = browserOfTests();
  const requestOf = (path: string, more: Partial<Asked> = {}): Asked => ({
    url: `${file.cairn.origin}${path}`,
    ...more,
    headers: {
      Authorization: file.cairn.master.authorization,
      'X-Experience-API-Version': '1.0.3',
      ...(more.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...more.headers,
    },
  });
  const posted = (statement: Json, headers: Asked['headers'] = {}) =>
    requestOf(STATEMENTS, { method: 'POST', body: JSON.stringify(statement), headers });
  const askAll = async (requests: readonly Asked[], isNowhere = false) =>
    runIn(await browser.visit({ isNowhere }), 'fetch', ask, requests);

  it.each([false, true])(
    'reads what it is answered, and why it is refused (nowhere: %j)',
    async (isNowhere) => {
      const known = statementOf();
      const refusals: readonly (readonly [number, string, Asked])[] = [
        [400, 'statement-invalid', posted({ ...statementOf(), verb: 1 })],
        [400, 'version-unsupported', posted(statementOf(), { 'X-Experience-API-Version': '0.95' })],
        [401, 'unauthenticated', posted(statementOf(), { Authorization: 'Basic eDp5' })],
        [404, 'not-found', requestOf(stateOf('absent'))],
        [404, 'not-found', requestOf('/xapi/statement', { method: 'PUT', body: '{}' })],
        [405, 'method-not-allowed', requestOf(STATEMENTS, { method: 'DELETE' })],
        [409, 'statement-conflict', posted({ ...known, result: { success: true } })],
        [
          412,
          'precondition-failed',
          requestOf(stateOf('x'), { method: 'PUT', body: '1', headers: { 'If-Match': '"x"' } }),
        ],
        [413, 'too-large', posted(statementOf({ result: { response: 'x'.repeat(20 * LIMIT) } }))],
      ];
      const [stored, ...refused] = await askAll(
        [posted(known), ...refusals.map(([, , request]) => request)],
        isNowhere,
      );
      expect([stored?.status, stored?.text]).toEqual([200, JSON.stringify([known.id])]);
      expect(refused.map(({ status, text }) => [status, JSON.parse(text).reason])).toEqual(
        refusals.map(([status, reason]) => [status, reason]),
      );
    },
  );

  it('reads the headers that tell what it has read', async () => {
    const put = requestOf(stateOf('headers'), { method: 'PUT', body: '{"a":1}' });
    const [, found, list] = await askAll([put, requestOf(stateOf('headers')), requestOf(STATEMENTS)]);
    expect(found?.headers).toMatchObject({
      etag: expect.stringMatching(/^"[0-9a-f]{40}"$/),
      'last-modified': expect.any(String),
      'content-type': 'application/json',
      'x-experience-api-version': '1.0.3',
    });
    expect(list?.headers).toHaveProperty('x-experience-api-consistent-through');
  });

  it('may send headers that nobody has thought of', async () => {
    const headers = {
      'Cache-Control': 'no-cache',
      'If-Modified-Since': 'x',
      traceparent: '00-1-2-00',
      'X-Mine': '1',
    };
    const [answer] = await askAll([requestOf(STATEMENTS, { headers })]);
    expect(answer?.status).toBe(200);
  });

  it('is not shown by its browser what has been replaced since, nor what another was shown', async () => {
    const put = (body: string) => requestOf(stateOf('old'), { method: 'PUT', body });
    const get = requestOf(stateOf('old'));
    const stranger = { ...get, headers: { ...get.headers, Authorization: 'Basic eDp5' } };
    const page = await browser.visit({});
    const [, before] = await runIn(page, 'fetch', ask, [put('1'), get]);
    await file.cairn.all.put(stateOf('old')).type('application/json').send('2').expect(204);
    const [after, strangers] = await runIn(page, 'fetch', ask, [get, stranger]);
    expect([before?.text, after?.text, strangers?.status]).toEqual(['1', '2', 401]);
  });

  it('may be left while it sends, by keepalive and, as a form, by sendBeacon', async () => {
    const [kept, beacon] = [statementOf(), statementOf()];
    const form = {
      Authorization: file.cairn.master.authorization,
      'X-Experience-API-Version': '1.0.3',
      content: JSON.stringify(beacon),
    };
    const page = await browser.visit({});
    await runIn(page, 'null', sendWhenLeft, {
      kept: posted(kept),
      beacon: { url: `${file.cairn.origin}${STATEMENTS}?method=POST`, body: query(form) },
    });
    await page.goto('about:blank');
    const stored = async () =>
      idsOf((await file.cairn.all.get(`${STATEMENTS}?limit=2`).expect(200)).body).toSorted();
    while ((await stored()).join() !== [kept.id, beacon.id].sort().join())
      await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('is told when to come again', async () => {
    const busy = () => Promise.reject(reject('unavailable', '', 'The store is busy.'));
    await withCairn(
      {
        services: (services) => ({
          ...services,
          statements: { ...services.statements, append: busy },
        }),
      },
      async (cairn) => {
        const request = posted(statementOf());
        const headers = { ...request.headers, Authorization: cairn.master.authorization };
        const [answer] = await askAll([{ ...request, url: `${cairn.origin}${STATEMENTS}`, headers }]);
        expect([answer?.status, answer?.headers['retry-after']]).toEqual([503, '5']);
        expect(JSON.parse(answer?.text ?? '').reason).toBe('unavailable');
      },
    );
  });
});
