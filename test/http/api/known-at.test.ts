import type { Answer } from '../../../src/metrics/views.ts';
import { formatMicros } from '../../../src/xapi/timestamp.ts';
import { cairnOfFile } from '../start-cairn.ts';
import { type Json, statementOf, voiding } from '../statement-parts.ts';
import { courseOf, did } from './learners.ts';

/*
 * One story: what was known is asked for at the moments between its steps. Each moment is when the last entry of a step
 * was stored, to the microsecond.
 */
const file = cairnOfFile();
const API = '/api/v1';
const COURSE = courseOf('a', 'First aid');
const QUIZ = {
  id: 'https://example.org/quiz',
  definition: { type: 'http://adlnet.gov/expapi/activities/assessment' },
};
const agent = (who: string) => ({ mbox: `mailto:${who}@example.org` });

const moments: Record<string, string> = {};
const store = async (...statements: Json[]): Promise<string> => {
  await file.cairn.all.post('/xapi/statements').send(statements).expect(200);
  const { id } = statements.at(-1) as { id: string };
  const found = await file.cairn.storage.statements.find(id);
  return (JSON.parse((found as { text: string }).text) as { stored: string }).stored;
};
const record = async (path: string, body: object): Promise<string> => {
  const admin = file.cairn.as(await file.cairn.key('people'));
  return (await admin.post(`${API}/${path}`).send(body).expect(201)).body.stored;
};

const scored = (who: string, scaled: number, day: string): Json & { readonly id: string } =>
  statementOf({
    actor: agent(who),
    verb: { id: 'https://w3id.org/xapi/tla/verbs/scored' },
    object: QUIZ,
    result: { score: { scaled } },
    timestamp: day,
    context: { extensions: { 'https://w3id.org/xapi/cmi5/context/extensions/sessionid': 's' } },
  });

const declare = async (through: string): Promise<string> => {
  const said = { record: 'complete-through', source: file.cairn.master.id, through } as const;
  const [stored] = await file.cairn.services.people.record(said, 'test');
  return formatMicros((stored as { stored: number }).stored);
};

beforeAll(async () => {
  const completed = did('p0', 'completed', COURSE, '2026-01-11T00:00:00Z');
  const low = scored('p0', 0.4, '2026-01-14T00:00:00Z');
  const requirement = { id: 'first-aid', activity: COURSE.id, appliesTo: { cohort: 'all' } };
  await record('cohorts', { id: 'all', list: ['p0', 'p1', 'p2'].map(agent) });
  await record('requirements', { requirements: [requirement] });
  moments['begun'] = await store(
    did('p0', 'registered', COURSE, '2026-01-10T00:00:00Z'),
    did('p1', 'registered', COURSE, '2026-01-10T01:00:00Z'),
    did('p2', 'registered', COURSE, '2026-01-10T00:00:00Z'),
    low,
    scored('p0', 0.9, '2026-01-16T00:00:00Z'),
    completed,
  );
  moments['late'] = await store(did('p1', 'completed', COURSE, '2026-01-12T00:00:00Z'));
  moments['voided'] = await store(voiding(completed.id as string), voiding(low.id as string));
  moments['merged'] = await record('people/merges', { identifiers: [agent('p0'), agent('p1')], why: 'same' });
  moments['placed'] = await record('people/roster', {
    rows: [{ identifier: agent('p2'), department: 'Yard', hired: '2025-01-01' }],
  });
  for (const [name, through] of [
    ['declared', '2026-01-09T00:00:00Z'],
    ['again', '2026-01-11T12:00:00Z'],
  ] as const)
    moments[name] = await declare(through);
});

const OF_COURSE = { filters: { dim: 'course', op: 'eq', value: COURSE.id } };
const ask = async (query: object): Promise<Answer> =>
  (await file.cairn.all.post(`${API}/query`).send(query).expect(200)).body as Answer;
const then = async (name: string, metric: string | object, more: object = {}): Promise<unknown> => {
  const { totals = [] } = await ask({ metrics: [metric], knownAt: moments[name], ...more });
  return totals[0];
};
const NAMES = ['begun', 'late', 'voided', 'merged', 'placed'];
const all = (metric: string | object, more: object = {}): Promise<unknown[]> =>
  Promise.all(NAMES.map((name) => then(name, metric, more)));

describe('what was known at a moment', () => {
  it('is without what came late, with what was voided later, and of persons as they were told apart', async () => {
    expect(await all('completion.rate', OF_COURSE)).toMatchObject([
      { num: 1, den: 3, persons: 3 },
      { num: 2, den: 3, persons: 3 },
      { num: 1, den: 3, persons: 3 },
      { num: 1, den: 2, persons: 2 },
      { num: 1, den: 2, persons: 2 },
    ]);
    expect(await ask({ metrics: ['completion.rate'], ...OF_COURSE })).toMatchObject({
      totals: [{ num: 1, den: 2 }],
    });
  });

  it('holds for statements and for what was taken back of them', async () => {
    expect(await all('events.count')).toMatchObject([6, 7, 5, 5, 5].map((value) => ({ value })));
    expect(await all('quality.voids')).toMatchObject([0, 0, 2, 2, 2].map((value) => ({ value })));
    expect(await all('learners.active')).toMatchObject([1, 2, 2, 1, 1].map((value) => ({ value })));
    const before = { metrics: ['events.count'], knownAt: '2020-01-01' };
    expect((await ask(before)).totals).toMatchObject([{ value: 0, persons: 0 }]);
  });

  it('holds for a result that a later one has taken the place of', async () => {
    const asOf = '2026-01-15T00:00:00Z';
    const score = { id: 'assessment.score', params: { unit: 'scaled' } };
    expect(await all(score, { asOf })).toMatchObject(
      [0.4, 0.4, null, null, null].map((value) => ({ value })),
    );
    expect(await all(score, { asOf: '2026-01-17' })).toMatchObject(NAMES.map(() => ({ value: 0.9 })));
  });

  it('holds for who has met a requirement, and for a score that had been enough', async () => {
    const currency = await all('compliance.currency', { asOf: '2026-02-01' });
    expect(currency).toMatchObject([
      { num: 1, den: 3 },
      { num: 2, den: 3 },
      { num: 1, den: 3 },
      { num: 1, den: 2 },
      { num: 1, den: 2 },
    ]);
    const time = { id: 'competency.time', params: { criterion: { score: 0.3 }, horizon: null } };
    const filters = { dim: 'course', op: 'eq', value: QUIZ.id };
    expect(await all(time, { filters, asOf: '2026-01-15' })).toMatchObject(
      [1, 1, 0, 0, 0].map((events) => ({ events })),
    );
  });

  it('is by the roster as it was then', async () => {
    const query = {
      metrics: ['enrolments.count'],
      dimensions: ['department.now'],
      ...OF_COURSE,
    };
    const values = async (knownAt: string | undefined) =>
      (await ask({ ...query, knownAt })).rows.map(([department, cell]) => [
        department,
        (cell as { value: number }).value,
      ]);
    expect(await values(moments['merged'])).toEqual([[null, 2]]);
    expect(await values(moments['placed'])).toEqual([
      ['Yard', 1],
      [null, 1],
    ]);
  });

  it('is looked at from there: its moment, how complete it was, and which windows had passed', async () => {
    const rate = { id: 'completion.rate', params: { window: 3 } };
    const { meta, totals } = await ask({ metrics: [rate], ...OF_COURSE, knownAt: moments['placed'] });
    const moment = new Date(Date.parse(moments['placed'] as string)).toISOString();
    expect([meta.asOf, meta.knownAt, meta.completeThrough.min]).toEqual([moment, moment, moment]);
    expect(totals).toMatchObject([{ num: 1, den: 2 }]);
    const declared = await ask({ metrics: [rate], ...OF_COURSE, knownAt: moments['declared'] });
    expect(declared.meta.completeThrough.min).toBe('2026-01-09T00:00:00.000Z');
    const now = await ask({ metrics: [rate], ...OF_COURSE });
    expect(now.meta.completeThrough.min).toBe('2026-01-11T12:00:00.000Z');
    expect(now.totals).toMatchObject([{ den: 0, excluded: { immature: 2 } }]);
    expect(now.meta.knownAt).toBeUndefined();
  });

  it('is what evidence and explanations are about, too', async () => {
    const query = { metrics: ['completion.rate'], ...OF_COURSE, knownAt: moments['late'] };
    const { body } = await file.cairn.all.post(`${API}/evidence`).send({ query }).expect(200);
    expect(body.rows.map(({ inNumerator }: { inNumerator: boolean }) => inNumerator).sort()).toEqual([
      false,
      true,
      true,
    ]);
    expect(new Set(body.rows.map(({ person }: { person: { id: string } }) => person.id)).size).toBe(3);
    const voids = { query: { metrics: ['quality.voids'], knownAt: moments['voided'] } };
    expect((await file.cairn.all.post(`${API}/evidence`).send(voids).expect(200)).body.rows).toHaveLength(2);
    const explained = await file.cairn.all.post(`${API}/explain`).send(query).expect(200);
    expect(explained.body.metrics).toMatchObject([{ totals: { num: 2, den: 3 } }]);
  });
});
