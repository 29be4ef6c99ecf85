import { cairnOfFile, withCairn } from '../start-cairn.ts';
import { courseOf, did, storeCourse } from './learners.ts';
import { withShown } from './with-shown.ts';

const file = cairnOfFile();
const API = '/api/v1';
const COMPLETION = { metrics: 'completion.rate', dimensions: ['course'] };
const asked = (body: object) => file.cairn.all.post(`${API}/query`).send(body);
const linkOf = (question: object) =>
  `${API}/query?q=${Buffer.from(JSON.stringify(question)).toString('base64url')}`;

beforeAll(async () => {
  await storeCourse(file.cairn);
  await storeCourse(file.cairn, { course: courseOf('b'), learners: 2, completed: 2, who: 'q' });
});

describe('a question to metrics', () => {
  it('is answered with what is of each figure, by name in the language that is wanted', async () => {
    const { body } = await asked({ ...COMPLETION, order: [['completion.rate', 'asc']] }).expect(200);
    const [first, second] = body.rows;
    expect(first[0]).toEqual({ id: 'https://example.org/courses/a', name: 'First aid' });
    expect(first[1]).toMatchObject({ value: 0.5, num: 3, den: 6, persons: 6 });
    expect(second).toMatchObject([{ id: 'https://example.org/courses/b' }, { num: 2, den: 2 }]);
    expect(body.totals).toMatchObject([{ num: 5, den: 8 }]);
    expect(body.meta).toMatchObject({ behind: 0, definitions: ['completion.rate@1'] });
    expect(body.page).toEqual({ next: null, limit: 500, total: 2 });
    const german = await file.cairn.all.post(`${API}/query`).set('Accept-Language', 'de').send(COMPLETION);
    expect(german.body.rows[0][0].name).toBe('First aid (de)');
  });

  it('hides what few stand behind from who may not see it', async () => {
    const poor = file.cairn.as(await file.cairn.key('metrics/read'));
    const { body } = await poor.post(`${API}/query`).send(COMPLETION).expect(200);
    expect(body.rows).toMatchObject([[{ id: 'https://example.org/courses/a' }, { persons: 6 }]]);
    expect(body.page.total).toBe(1);
    expect(body.meta.warnings).toEqual(['Left out: 1 row of which fewer than five people are told.']);
    const refused = await poor.post(`${API}/query`).send({ ...COMPLETION, dimensions: ['person'] });
    expect([refused.status, refused.body.problems[0].pointer]).toEqual([403, '/dimensions/0']);
    await poor.post(`${API}/evidence`).send({ query: COMPLETION }).expect(403);
    await poor.get(`${API}/dimensions/person/values`).expect(403);
  });

  it('has the same hash and tag however it is written, and a tag that changes with what is stored', async () => {
    const one = { metrics: ['completion.rate'], filters: { dim: 'outcome', op: 'eq', value: 'completed' } };
    const other = {
      filters: { op: 'in', values: ['completed'], dim: 'outcome' },
      metrics: [{ params: { window: null }, id: 'completion.rate' }],
    };
    const first = await file.cairn.all.get(linkOf(one)).expect(200);
    const second = await file.cairn.all.get(linkOf(other)).expect(200);
    expect(second.body.meta.queryHash).toBe(first.body.meta.queryHash);
    const { etag } = first.headers as { etag: string };
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    expect(first.headers['cache-control']).toContain('private');
    expect(first.headers['vary']).toContain('Authorization');
    expect(first.headers['vary']).toContain('Accept-Language');
    // The minute may have turned over in between.
    const again = await file.cairn.all.get(linkOf({ ...one, asOf: '2026-06-01' }));
    const tag = (again.headers as { etag: string }).etag;
    const known = await file.cairn.all
      .get(linkOf({ ...one, asOf: '2026-06-01' }))
      .set('If-None-Match', `W/"x", ${tag}`);
    expect([known.status, known.text]).toEqual([304, '']);
    const rights = file.cairn.as(await file.cairn.key('metrics/read'));
    await rights
      .get(linkOf({ ...one, asOf: '2026-06-01' }))
      .set('If-None-Match', tag)
      .expect(200);
    await file.cairn.all
      .post('/xapi/statements')
      .send(did('late', 'registered', courseOf('c'), '2026-01-01T00:00:00Z'));
    const changed = await file.cairn.all
      .get(linkOf({ ...one, asOf: '2026-06-01' }))
      .set('If-None-Match', tag)
      .expect(200);
    expect(changed.headers['etag']).not.toBe(tag);
    for (const q of ['x y', 'e30', 'bm8'])
      await file.cairn.all.get(`${API}/query?q=${encodeURIComponent(q)}`).expect(400);
  });

  it('answers unknown names with what was meant', async () => {
    const { body } = await asked({ metrics: ['completion.rat'], dimension: [] }).expect(400);
    expect(body.problems).toEqual([
      { pointer: '/metrics/0', message: 'There is no metric completion.rat. Did you mean completion.rate?' },
      { pointer: '/dimension', message: 'There is no member dimension. Did you mean dimensions?' },
    ]);
    const more = await asked({ ...COMPLETION, dimensions: ['cours'], time: { by: 'begn' } }).expect(400);
    expect(more.body.problems.map(({ message }: { message: string }) => message)).toEqual([
      'There is no dimension of completion.rate cours. Did you mean course?',
      'There is no moment of completion.rate begn. Did you mean begin?',
    ]);
    await asked({ ...COMPLETION, order: ['nothing'] }).expect(400);
    await asked({ ...COMPLETION, compare: { kind: 'previous_year' } }).expect(400);
    const many = { or: Array.from({ length: 201 }, () => ({ dim: 'course', op: 'eq', value: 'x' })) };
    await asked({ ...COMPLETION, filters: many }).expect(400);
  });

  it('says how fresh it is, and waits no longer than it may', async () => {
    const { body } = await asked({ ...COMPLETION, consistency: { atLeastSeq: 1, waitMs: 5 } }).expect(200);
    expect(body.meta.seq).toBe(file.cairn.storage.figures().head);
    expect(body.meta.consistentThrough).toMatch(/Z$/);
    await asked({ ...COMPLETION, consistency: { waitMs: -1 } }).expect(400);
  });
});

describe('pages', () => {
  it('are of one answer while more is stored, and of no other question', async () => {
    await withCairn({}, async (cairn) => {
      const names = ['a', 'b', 'c', 'd', 'e'];
      for (const name of names) await storeCourse(cairn, { course: courseOf(name), learners: 1 });
      const question = { metrics: 'enrolments.count', dimensions: ['course'] };
      const ask = (page: object, more = {}) =>
        cairn.all.post(`${API}/query`).send({ ...question, ...more, page });
      const first = await ask({ limit: 2 }).expect(200);
      await storeCourse(cairn, { course: courseOf('0'), learners: 1 });
      await storeCourse(cairn, { course: courseOf('c'), learners: 1, who: 'later' });
      const second = await ask({ limit: 2, cursor: first.body.page.next }).expect(200);
      const third = await ask({ limit: 2, cursor: second.body.page.next }).expect(200);
      const rows = [first, second, third].flatMap(({ body }) => body.rows);
      expect(rows.map(([{ id }]) => id.slice(-1))).toEqual(names);
      expect(rows.map(([, { value }]) => value)).toEqual([1, 1, 1, 1, 1]);
      expect(third.body.page).toEqual({ next: null, limit: 2, total: 5 });
      expect(third.body.meta.seq).toBe(first.body.meta.seq);
      expect((await ask({ limit: 10 }).expect(200)).body.page.total).toBe(6);
      const cursor = first.body.page.next;
      await ask({ limit: 2, cursor }, { dimensions: ['outcome'] }).expect(400);
      await ask({ limit: 2, cursor: `${cursor.slice(0, -4)}AAAA` }).expect(400);
      const poor = cairn.as(await cairn.key('metrics/read'));
      await poor
        .post(`${API}/query`)
        .send({ ...question, page: { cursor } })
        .expect(400);
      await cairn.reopen();
      const gone = await ask({ limit: 2, cursor });
      expect([gone.status, gone.body.type]).toEqual([410, 'urn:cairn:reason:expired']);
    });
  });
});

describe('comparisons', () => {
  it('put beside each row that of the period before, with an interval by who is in both', async () => {
    await withCairn({}, async (cairn) => {
      await storeCourse(cairn, { learners: 70, completed: 56, day: '2026-02-10', who: 'new' });
      await storeCourse(cairn, { learners: 80, completed: 48, day: '2026-01-20', who: 'old' });
      const b = courseOf('b');
      await storeCourse(cairn, { course: b, learners: 6, completed: 4, day: '2026-02-10' });
      await storeCourse(cairn, { course: b, learners: 6, completed: 6, day: '2026-01-02' });
      const query = {
        ...COMPLETION,
        time: { grain: 'month', range: ['2026-02-01', '2026-03-01'] },
        compare: { kind: 'previous_period' },
      };
      const { body } = await cairn.all.post(`${API}/query`).send(query).expect(200);
      expect(body.rows.map(([time, { id }]: [string, { id: string }]) => [time, id.slice(-1)])).toEqual([
        ['2026-02-01', 'a'],
        ['2026-02-01', 'b'],
      ]);
      const [[a], [other]] = body.comparison;
      // Newcombe 1998, the example of metrics.md: 56/70 against 48/80.
      expect(a).toMatchObject({ value: 0.6, num: 48, den: 80, comparable: true, ci: { method: 'newcombe' } });
      expect(a.delta).toBeCloseTo(0.2, 10);
      expect(a.ci.lo).toBeCloseTo(0.0524, 4);
      expect(a.ci.hi).toBeCloseTo(0.3339, 4);
      expect(other).toMatchObject({ num: 6, den: 6, ci: { method: 'paired-by-person' } });
      expect(body.totalsComparison).toMatchObject([{ num: 54, den: 86 }]);
      const year = { ...query, compare: { kind: 'previous_year' } };
      const none = await cairn.all.post(`${API}/query`).send(year).expect(200);
      expect(none.body.comparison[0]).toMatchObject([{ value: null, delta: null, comparable: false }]);
      const range = { ...query, compare: { kind: 'range', range: ['2026-01-15', '2026-02-01'] } };
      const some = await cairn.all.post(`${API}/query`).send(range).expect(200);
      expect(some.body.comparison).toMatchObject([[{ den: 80 }], [{ value: null }]]);
    });
  });
});

describe('evidence', () => {
  it('says who stands behind a cell, told apart by whether they count, and leaves a line in the log', async () => {
    await withShown(async (cairn, shown) => {
      const ids = await storeCourse(cairn, { learners: 3, completed: 1 });
      const identifier = { mbox: 'mailto:p0@example.org' };
      const record = { record: 'roster', rows: [{ identifier, hired: '2020-01-01', name: 'Ada' }] } as const;
      await cairn.services.people.record(record, 'test');
      const key = await cairn.key('metrics/evidence');
      const ask = (more: object) =>
        cairn
          .as(key)
          .post(`${API}/evidence`)
          .send({ query: COMPLETION, ...more });
      const row = [{ id: 'https://example.org/courses/a', name: 'First aid' }];
      const first = await ask({ row, limit: 2 }).expect(200);
      expect(first.body).toMatchObject({ definition: 'completion.rate@1', cell: { num: 1, den: 3 } });
      await storeCourse(cairn, { learners: 1, completed: 0, who: 'later' });
      const second = await ask({ row, limit: 2, cursor: first.body.page.next }).expect(200);
      const rows = [...first.body.rows, ...second.body.rows];
      expect(rows).toHaveLength(3);
      expect(rows[0]).toMatchObject({
        person: { name: 'Ada' },
        inNumerator: true,
        moments: { completed: '2026-01-11T00:00:00.000Z' },
        values: { outcome: 'completed', course: { name: 'First aid' } },
      });
      expect(rows.map(({ inNumerator }) => inNumerator)).toEqual([true, false, false]);
      const statements = rows.flatMap((one) => one.statements);
      expect(statements.map(({ id }) => id).sort()).toEqual([...ids].sort());
      for (const { id, position } of statements)
        expect((await cairn.storage.statements.find(id))?.position).toBe(position);
      expect(shown).toMatchObject([
        { credential: key.id, definition: 'completion.rate@1', rows: 2, persons: 2 },
        { credential: key.id, rows: 1, persons: 1 },
      ]);
      expect((await ask({}).expect(200)).body.rows).toHaveLength(4);
      await ask({ row: ['https://example.org/none'] }).expect(404);
      await ask({ row: [] }).expect(400);
      const both = { metrics: ['completion.rate', 'success.rate'] };
      expect((await ask({ query: both }).expect(400)).body.problems[0].pointer).toBe('/query/metrics');
      await ask({ row, cursor: 'x' }).expect(400);
    });
  });
});
