import { csvField } from '../../../src/http/api/csv-text.ts';
import { cairnOfFile, withCairn } from '../start-cairn.ts';
import { courseOf, did, storeCourse } from './learners.ts';

const file = cairnOfFile();
const API = '/api/v1';

beforeAll(async () => {
  await storeCourse(file.cairn);
  const odd = courseOf('b', '=1+1, or "so"');
  await storeCourse(file.cairn, { course: odd, learners: 5, completed: 5, who: 'q' });
});

describe('the catalogue', () => {
  it('tells every definition, and what it can be asked with', async () => {
    const { body } = await file.cairn.all.get(`${API}/metrics`).expect(200);
    const found = body.metrics.find(({ id }: { id: string }) => id === 'completion.rate');
    expect(found).toMatchObject({
      version: 1,
      kind: 'rate',
      grain: { name: 'enrolment' },
      moments: { due: 'Due.' },
    });
    expect(found.dimensions).toContain('course');
    expect(found.params).toContainEqual({
      name: 'start',
      type: 'one of assigned, started, course',
      description: expect.stringContaining('window starts'),
      required: false,
      default: 'assigned',
    });
    const transcript = await file.cairn.all.get(`${API}/metrics/list.transcript`).expect(200);
    expect(transcript.body.params).toContainEqual(
      expect.objectContaining({ name: 'person', required: true }),
    );
    expect((await file.cairn.all.get(`${API}/metrics/completion.rate`).expect(200)).body).toEqual(found);
    const none = await file.cairn.all.get(`${API}/metrics/completion.rates`).expect(404);
    expect(none.body.detail).toContain('Did you mean completion.rate?');
  });

  it('tells dimensions and their values, most frequent first', async () => {
    const { body } = await file.cairn.all.get(`${API}/dimensions`).expect(200);
    expect(body.dimensions).toContainEqual(
      expect.objectContaining({ name: 'course', grains: expect.arrayContaining(['enrolment']) }),
    );
    const values = await file.cairn.all.get(`${API}/dimensions/course/values?q=COURSES/A`).expect(200);
    expect(values.body).toMatchObject({
      values: [{ id: 'https://example.org/courses/a', name: 'First aid' }],
      more: false,
    });
    const one = await file.cairn.all.get(`${API}/dimensions/outcome/values?limit=1`).expect(200);
    expect(one.body).toMatchObject({ values: ['completed'], more: true });
    await file.cairn.all.get(`${API}/dimensions/corse/values`).expect(404);
  });
});

describe('an explanation', () => {
  it('says how many rows were looked at, left and left out, and why', async () => {
    const query = {
      metrics: [{ id: 'completion.rate', params: { window: 36_500 } }],
      filters: { dim: 'course', op: 'eq', value: 'https://example.org/courses/a' },
    };
    const { body } = await file.cairn.all.post(`${API}/explain`).send(query).expect(200);
    expect(body.metrics).toMatchObject([
      {
        definition: 'completion.rate@1',
        params: { window: 36_500, start: 'assigned' },
        rows: { lookedAt: 11, selected: 6 },
        groups: 1,
        totals: { den: 0, excluded: { immature: 6 } },
      },
    ]);
  });
});

describe('an export', () => {
  const wish = { query: { metrics: 'completion.rate', dimensions: ['course'] } };

  it('is CSV whose texts are no formulas, with each number in a column of its own', async () => {
    const { text, headers } = await file.cairn.all
      .post(`${API}/exports`)
      .send({ ...wish, format: 'csv', bom: true })
      .expect(200);
    const [header, first, ...rest] = text.split('\r\n');
    expect(header).toBe(
      '\ufeffcourse,course.name,completion.rate,completion.rate.num,completion.rate.den,completion.rate.lo,completion.rate.hi,completion.rate.persons',
    );
    expect(first).toMatch(/^https:\/\/example.org\/courses\/a,First aid,0.5,3,6,0\.\d+,0\.\d+,6$/);
    expect(rest[0]).toMatch(/^https:\/\/example.org\/courses\/b,"'=1\+1, or ""so""",1,5,5,0\.\d+,1,5$/);
    expect(rest.slice(1)).toEqual(['']);
    expect(headers['content-disposition']).toMatch(
      /^attachment; filename="cairn-completion.rate-1-\d+\.csv"$/,
    );
    expect(headers['x-cairn-row-count']).toBe('2');
  });

  it('is NDJSON that begins with what it is', async () => {
    const { text } = await file.cairn.all
      .post(`${API}/exports`)
      .send({ ...wish, format: 'ndjson' })
      .buffer(true)
      .parse((response, done) => {
        let body = '';
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () => done(null, body));
      })
      .then(({ body }) => ({ text: body as string }));
    const [meta, ...rows] = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(meta.$meta).toMatchObject({ query: wish.query, definitions: ['completion.rate@1'], rowCount: 2 });
    expect(rows.map((row) => row['completion.rate'].num)).toEqual([3, 5]);
  });

  it('is refused with pointers into its question', async () => {
    const { body } = await file.cairn.all
      .post(`${API}/exports`)
      .send({ query: { metrics: 'x' }, format: 'csv' })
      .expect(400);
    expect(body.problems[0].pointer).toMatch(/^\/query\/metrics/);
  });

  it.each([
    ['  =1+1', "'  =1+1"],
    ['＝1+1', "'＝1+1"],
    ['\n=1', '"\'\n=1"'],
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@a', "'@a"],
    ['\ta', "'\ta"],
    ['\ra', '"\'\ra"'],
    ['a,b', '"a,b"'],
    ['a=b', 'a=b'],
    [-1.5, '-1.5'],
    [null, ''],
  ])('writes %j safely', (value, written) => {
    expect(csvField(value)).toBe(written);
  });
});

describe('freshness', () => {
  it('knows how late each live source is, and takes what was moved in for complete up to its newest', async () => {
    await withCairn({}, async (cairn) => {
      const now = Date.now();
      const at = (hours: number) => new Date(now - hours * 3_600_000).toISOString();
      const course = courseOf('a');
      const sent = Array.from({ length: 200 }, (_, n) =>
        did(`p${n}`, 'registered', course, at(n < 190 ? 1 : 50)),
      );
      await cairn.all.post('/xapi/statements').send(sent).expect(200);
      const { body } = await cairn.all.get(`${API}/freshness`).expect(200);
      const [source] = body.sources;
      expect(source).toMatchObject({ name: cairn.master.id, kind: 'live', facts: 200 });
      expect(source.lateness.p50 / 3600).toBeCloseTo(1, 1);
      expect(Math.abs(source.lateness.p99 / 3600 - 50)).toBeLessThan(1.1);
      expect(body.completeThrough.laggards).toEqual([cairn.master.id]);
      const through = { record: 'complete-through', source: cairn.master.id, through: at(2) } as const;
      await cairn.services.people.record(through, 'test');
      const declared = await cairn.all.get(`${API}/freshness`).expect(200);
      expect(declared.body.sources[0]).toMatchObject({ kind: 'declared', completeThrough: at(2) });
      expect(declared.body).toMatchObject({ behind: 0, completeThrough: { min: at(2), laggards: [] } });
    });
  });
});
