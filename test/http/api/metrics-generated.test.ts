import fc from 'fast-check';
import { cairnOfFile } from '../start-cairn.ts';
import { storeCourse } from './learners.ts';

const file = cairnOfFile();
const API = '/api/v1';

beforeAll(async () => {
  await storeCourse(file.cairn);
});

describe('whatever is asked', () => {
  const name = fc.constantFrom(
    'course',
    'outcome',
    'person',
    'enrolled',
    'time',
    '__proto__',
    'constructor',
    'x',
  );
  const metric = fc.constantFrom('completion.rate', 'enrolments.count', 'success.rate', 'none', '__proto__');
  const moment = fc.constantFrom(
    '2026-01-01',
    '2026-03-01T00:00:00Z',
    '0001-01-01',
    '9999-12-31',
    'x',
    '2026-02-30',
  );
  const plain = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.integer());
  const leaf = fc.record(
    {
      dim: name,
      op: fc.constantFrom('eq', 'in', 'lt', 'ge', 'known', 'notIn', 'odd'),
      values: fc.oneof(plain, fc.array(plain, { maxLength: 3 })),
    },
    { requiredKeys: ['dim'] },
  );
  const filter = fc.letrec((tie) => ({
    one: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.record({ and: fc.array(tie('one'), { maxLength: 3 }) }),
      fc.record({ not: tie('one') }),
    ),
  })).one;
  const question = fc.record(
    {
      metrics: fc.oneof(
        metric,
        fc.array(
          fc.oneof(
            metric,
            fc.record({ id: metric, as: fc.string(), params: fc.record({ window: plain, start: plain }) }),
          ),
          { maxLength: 3 },
        ),
      ),
      dimensions: fc.array(name, { maxLength: 4 }),
      time: fc.record(
        {
          by: fc.constantFrom('begin', 'completed', 'due', 'x'),
          grain: fc.constantFrom('day', 'week', 'year', 'x'),
          range: fc.array(moment, { minLength: 2, maxLength: 2 }),
          timezone: fc.constantFrom('UTC', 'Europe/Berlin', 'Mars/Phobos'),
        },
        { requiredKeys: [] },
      ),
      filters: filter,
      compare: fc.record(
        {
          kind: fc.constantFrom('previous_period', 'previous_year', 'range', 'cohort'),
          range: fc.array(moment, { minLength: 2, maxLength: 2 }),
          cohort: fc.string(),
        },
        { requiredKeys: ['kind'] },
      ),
      order: fc.array(fc.oneof(name, fc.tuple(name, fc.constantFrom('asc', 'desc'))), { maxLength: 2 }),
      asOf: moment,
      totals: fc.oneof(fc.boolean(), plain),
      page: fc.record(
        { limit: fc.integer({ min: -1, max: 20_000 }), cursor: fc.oneof(fc.constant(null), fc.string()) },
        { requiredKeys: [] },
      ),
      consistency: fc.oneof(fc.record({ atLeastSeq: fc.integer(), waitMs: fc.integer({ max: 5 }) }), plain),
    },
    { requiredKeys: ['metrics'] },
  );

  const range = fc.constantFrom(['2026-01-01', '2026-02-01'], ['2025-06-05', '2026-03-03T01:00:00Z']);
  const meant = fc.record(
    {
      metrics: fc.constantFrom('completion.rate', 'enrolments.count'),
      dimensions: fc.uniqueArray(fc.constantFrom('course', 'outcome', 'person', 'enrolled'), {
        maxLength: 3,
      }),
      time: fc.record({ grain: fc.constantFrom('day', 'week', 'month', 'quarter', 'year'), range }),
      compare: fc.oneof(
        fc.record({ kind: fc.constantFrom('previous_period', 'previous_year') }),
        fc.record({ kind: fc.constant('range'), range }),
      ),
      asOf: fc.constantFrom('0001-01-01', '2026-01-10', '9999-12-31'),
      filters: fc.record({ dim: fc.constant('course'), op: fc.constantFrom('in', 'lt', 'ge'), value: plain }),
      page: fc.record({ limit: fc.integer({ min: 1, max: 10_000 }) }),
    },
    { requiredKeys: ['metrics', 'time'] },
  );

  it('is answered, or refused with what is wrong: never by a fault', async () => {
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(question, meant, fc.jsonValue()),
        fc.constantFrom('query', 'explain', 'evidence'),
        async (query, path) => {
          const body = path === 'evidence' ? { query } : query;
          const { status, headers } = await file.cairn.all
            .post(`${API}/${path}`)
            .set('Content-Type', 'application/json')
            .send(JSON.stringify(body));
          statuses.add(status);
          expect([200, 400]).toContain(status);
          expect(headers['content-type']).toBe(
            status === 200 ? 'application/json' : 'application/problem+json',
          );
        },
      ),
      { numRuns: 400, seed: 7 },
    );
    expect(statuses).toEqual(new Set([200, 400]));
  });
});
