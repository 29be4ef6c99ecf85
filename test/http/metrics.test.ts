import { readText } from '../house/source-files.ts';
import { type Cairn, type CairnOptions, cairnOfFile, withCairn } from './start-cairn.ts';
import { statementOf } from './statement-parts.ts';

const TOKEN = 'token-of-the-scrapers';
const file = cairnOfFile({ settings: { metricsToken: TOKEN } });
const SCRAPER = { Authorization: `Bearer ${TOKEN}` };

/** Every figure by its name and labels as Prometheus writes them. */
const scrape = async (cairn: Cairn): Promise<Readonly<Record<string, number>>> => {
  const { status, headers, text } = await cairn.wire({ path: '/metrics', headers: SCRAPER });
  expect([status, headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.lastIndexOf(' ')),
      Number(line.slice(line.lastIndexOf(' ') + 1)),
    ]),
  );
};

describe('/metrics', () => {
  it('is for the scrapers’ token and for keys with scope admin', async () => {
    const admin = await file.cairn.key('admin');
    const others = await file.cairn.key('all', 'all/read', 'statements/read');
    const statusOf = async (headers: Record<string, string>, method = 'GET') =>
      (await file.cairn.wire({ path: '/metrics', method, headers })).status;
    expect(await statusOf(SCRAPER)).toBe(200);
    expect(await statusOf({ Authorization: admin.authorization })).toBe(200);
    expect(await statusOf({ Authorization: admin.authorization }, 'HEAD')).toBe(200);
    expect(await statusOf({ Authorization: admin.authorization }, 'DELETE')).toBe(405);
    expect(await statusOf({ Authorization: others.authorization })).toBe(403);
    for (const wrong of ['', 'Bearer', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`]) {
      expect([wrong, await statusOf({ Authorization: wrong })]).toEqual([wrong, 401]);
    }
  });

  it('has no token unless one is set', async () => {
    await withCairn({}, async (cairn) => {
      for (const sent of ['undefined', '']) {
        const headers = { Authorization: `Bearer ${sent}` };
        expect((await cairn.wire({ path: '/metrics', headers })).status).toBe(401);
      }
    });
  });

  it('counts requests by what was asked for, and why they were refused', async () => {
    await withCairn({ settings: { metricsToken: TOKEN } }, async (cairn) => {
      await cairn.all.post('/xapi/statements').send([statementOf(), statementOf()]).expect(200);
      await cairn.all.get('/xapi/statements?limit=secret').expect(400);
      await cairn.as('Basic eDp5').get('/xapi/statements').expect(401);
      await cairn.bare.get('/xapi/statements').set('X-Experience-API-Version', '1.0.3').expect(401);
      await cairn.wire({ path: '/some/where?q=secret', method: 'PROPFIND' });
      await cairn.wire({
        path: '/xapi/statements?method=GET',
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: 'limit=1',
      });
      const figures = await scrape(cairn);
      const requests = (labels: string) => figures[`cairn_http_requests_total{${labels}}`];
      expect(requests('method="POST",route="statements",status="2xx"')).toBe(1);
      expect(requests('method="GET",route="statements",status="2xx"')).toBe(1);
      expect(requests('method="GET",route="statements",status="4xx"')).toBe(3);
      expect(requests('method="other",route="none",status="4xx"')).toBe(1);
      expect(figures['cairn_http_request_seconds_count{method="GET",route="statements"}']).toBe(4);
      expect(figures['cairn_refusals_total{reason="unauthenticated"}']).toBe(1);
      expect(figures['cairn_refusals_total{reason="anonymous"}']).toBe(1);
      expect(figures['cairn_refusals_total{reason="unavailable"}']).toBe(0);
      expect(figures['cairn_http_body_bytes_total{direction="in"}']).toBeGreaterThan(400);
      expect(JSON.stringify(figures)).not.toMatch(/secret|where/);
    });
  });

  it('says how the store is doing', async () => {
    await withCairn({ settings: { metricsToken: TOKEN } }, async (cairn) => {
      const before = await scrape(cairn);
      await cairn.all.post('/xapi/statements').send([statementOf(), statementOf()]).expect(200);
      const after = await scrape(cairn);
      const risen = (name: string) => (after[name] as number) - (before[name] as number);
      expect(after['cairn_statements']).toBe(2);
      expect(risen('cairn_log_position')).toBe(2);
      expect(after['cairn_log_position']).toBe(3);
      expect(after['cairn_index_lag_entries']).toBe(3);
      expect(after['cairn_commit_queue_waiting']).toBe(0);
      expect(after['cairn_file_bytes{file="log.db-wal"}']).toBeGreaterThan(1000);
      expect(after['cairn_last_stored_timestamp_seconds']).toBeGreaterThan(1_700_000_000);
      expect(after['nodejs_eventloop_lag_seconds']).toBeGreaterThanOrEqual(0);
      expect(after['process_resident_memory_bytes']).toBeGreaterThan(1e6);
    });
  });

  it('says how far each target of forwarding is, and has every figure that the rules for alerts ask for', async () => {
    const target = {
      name: 'warehouse',
      endpoint: 'https://lrs.example.org/xapi',
      position: 3,
      behind: 7,
      deadLetters: 2,
    };
    const failing = { since: 0, failures: 4, error: 'no', nextTry: 1 };
    const list = async () => [
      { ...target, failing },
      { ...target, name: 'other', deadLetters: 0 },
    ];
    const services: CairnOptions['services'] = (given) => ({
      ...given,
      forwards: { ...given.forwards, list },
    });
    await withCairn({ settings: { metricsToken: TOKEN }, services }, async (cairn) => {
      const figures = await scrape(cairn);
      const of = (name: string, target: string) => figures[`cairn_forward_${name}{target="${target}"}`];
      expect(['warehouse', 'other'].map((name) => of('behind_entries', name))).toEqual([7, 7]);
      expect(['warehouse', 'other'].map((name) => of('dead_letters', name))).toEqual([2, 0]);
      expect(['warehouse', 'other'].map((name) => of('failures', name))).toEqual([4, 0]);
      const asked = readText('specs/alerts.yml').match(/\bcairn_[a-z_]+(\{[^}]*\})?/g) ?? [];
      expect(asked.length).toBeGreaterThan(8);
      await cairn.all.post('/xapi/statements').send(statementOf()).expect(200);
      const keys = Object.keys(await scrape(cairn));
      const has = (name: string, labels: readonly string[]) =>
        keys.some((key) => key.split('{')[0] === name && labels.every((label) => key.includes(label)));
      for (const one of asked) {
        const [name, labels = ''] = one.split('{');
        const each = labels.match(/[a-z]+="[^"]*"/g) ?? [];
        expect([one, has(name as string, each)]).toEqual([one, true]);
      }
    });
  });

  it('says how many bytes of bodies are held', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let arrived = (): void => undefined;
    const there = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    await withCairn(
      {
        settings: { metricsToken: TOKEN },
        services: (services) => ({
          ...services,
          statements: {
            ...services.statements,
            append: async (batch) => {
              arrived();
              await held;
              return services.statements.append(batch);
            },
          },
        }),
      },
      async (cairn) => {
        const statement = statementOf();
        const stored = cairn.all.post('/xapi/statements').send(statement).then();
        await there;
        const bytes = Buffer.byteLength(JSON.stringify(statement));
        expect((await scrape(cairn))['cairn_body_bytes_held']).toBe(bytes);
        release();
        await stored;
        expect((await scrape(cairn))['cairn_body_bytes_held']).toBe(0);
      },
    );
  });
});
