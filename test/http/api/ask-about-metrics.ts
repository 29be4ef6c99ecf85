import type { Cairn } from '../start-cairn.ts';
import { storeCourse } from './learners.ts';
import type { Answer } from './openapi-document.ts';

const API = '/api/v1';

/** Asks metrics all that there is to ask; `check` compares the answers, `wished` what is sent. */
export const askAboutMetrics = async (
  cairn: Cairn,
  check: (name: string, answer: Answer, status: number) => void,
  wished: (name: string, body: object) => object,
): Promise<void> => {
  await storeCourse(cairn);
  const agent = cairn.all;
  const get = async (name: string, path: string, status: number) =>
    check(`GET ${API}/${name}`, await agent.get(`${API}/${path}`), status);
  await get('metrics', 'metrics', 200);
  await get('metrics/{id}', 'metrics/completion.rate', 200);
  await get('metrics/{id}', 'metrics/none', 404);
  await get('dimensions', 'dimensions', 200);
  await get('dimensions/{name}/values', 'dimensions/course/values?q=a&limit=1', 200);
  await get('dimensions/{name}/values', 'dimensions/none/values', 404);
  await get('freshness', 'freshness', 200);

  const question = {
    metrics: [{ id: 'completion.rate', params: { window: 30 } }, 'enrolments.count'],
    dimensions: ['course', 'person', 'enrolled'],
    time: { by: 'begin', grain: 'month', range: ['2026-01-01', '2026-07-01T00:00:00Z'], timezone: 'UTC' },
    filters: { and: [{ dim: 'course', op: 'known' }, { not: { dim: 'outcome', op: 'eq', value: 'x' } }] },
    compare: { kind: 'previous_period' },
    order: [['enrolments.count', 'desc'], 'course'],
    consistency: { waitMs: 0 },
    page: { limit: 1 },
  };
  const query = `POST ${API}/query`;
  const first = await agent.post(`${API}/query`).send(wished(query, question));
  check(query, first, 200);
  expect(first.body.comparison).toHaveLength(1);
  const next = { ...question, page: { limit: 1, cursor: first.body.page.next } };
  check(query, await agent.post(`${API}/query`).send(wished(query, next)), 200);
  check(query, await agent.post(`${API}/query`).send({ metrics: ['x'] }), 400);
  const link = `${API}/query?q=${Buffer.from('{"metrics":"enrolments.count","asOf":"2026-06-01"}').toString('base64url')}`;
  const linked = await agent.get(link);
  check(`GET ${API}/query`, linked, 200);
  check(`GET ${API}/query`, await agent.get(link).set('If-None-Match', linked.headers['etag'] ?? ''), 304);
  check(`GET ${API}/query`, await agent.get(`${API}/query?q=e30`), 400);

  const simple = { metrics: 'completion.rate', dimensions: ['course'] };
  const explain = `POST ${API}/explain`;
  check(explain, await agent.post(`${API}/explain`).send(wished(explain, simple)), 200);
  const evidence = `POST ${API}/evidence`;
  const wish = wished(evidence, { query: simple, row: [{ id: 'https://example.org/courses/a' }], limit: 1 });
  const shown = await agent.post(`${API}/evidence`).send(wish);
  check(evidence, shown, 200);
  expect(shown.body.rows).toHaveLength(1);
  check(evidence, await agent.post(`${API}/evidence`).send({ query: simple, row: ['none'] }), 404);
  const exports = `POST ${API}/exports`;
  for (const format of ['csv', 'ndjson']) {
    const sent = wished(exports, { query: simple, format, bom: true });
    const { status, headers } = await agent.post(`${API}/exports`).send(sent);
    check(exports, { status, headers, text: '""' }, 200);
  }
};
