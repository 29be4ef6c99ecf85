import { percent } from '../../../src/cli/answer-table.ts';
import { courseOf, did, storeCourse } from '../../http/api/learners.ts';
import { cairnOfFile } from '../../http/start-cairn.ts';
import { fed } from '../fed-world.ts';
import { enrolled } from './cases.ts';

const file = cairnOfFile();
const API = '/api/v1';
const ask = (question: object) => file.cairn.all.post(`${API}/query`).send(question);
const ofCourse = (name: string) => ({
  filters: { dim: 'course', op: 'eq', value: courseOf(name).id },
});

describe('1 the same statement twice', () => {
  it('counts once: with one id it is not stored again, with another it says the same', async () => {
    const one = did('ann', 'completed', courseOf('twice'), '2026-01-05T10:00:00Z');
    for (let time = 0; time < 2; time += 1)
      await file.cairn.all.post('/xapi/statements').send([one]).expect(200);
    const query = { metrics: ['events.count', 'completion.rate'], ...ofCourse('twice') };
    expect((await ask(query)).body.totals).toMatchObject([{ value: 1 }, { num: 1, den: 1 }]);
    const again = { ...one, id: crypto.randomUUID(), timestamp: '2026-01-05T10:00:00.500Z' };
    await file.cairn.all.post('/xapi/statements').send([again]).expect(200);
    expect((await ask(query)).body.totals).toMatchObject([
      { value: 1, excluded: { semanticDuplicates: 1 } },
      { num: 1, den: 1 },
    ]);
  });
});

describe('36 another version of a definition', () => {
  it('is not what a report of the former one gets', () => {
    const world = fed([enrolled('ann', 1)]);
    const asked = (version: number) => ({ metrics: [{ id: 'completion.rate', version }] });
    const { meta } = world.ask(asked(1));
    expect(meta.definitions).toEqual(['completion.rate@1']);
    expect(world.problems(asked(2))).toEqual([
      { pointer: '/metrics/0/version', message: 'completion.rate has version 1, not 2.' },
    ]);
  });
});

describe('38 pages while more is stored', () => {
  it('are all of the first answer', async () => {
    for (const name of ['a', 'b', 'c'])
      await storeCourse(file.cairn, { course: courseOf(name), learners: 2 });
    const filters = {
      dim: 'course',
      op: 'in',
      values: ['a', 'b', 'c', 'd'].map((name) => courseOf(name).id),
    };
    const question = { metrics: 'enrolments.count', dimensions: ['course'], filters };
    const first = await ask({ ...question, page: { limit: 2 } });
    for (const name of ['c', 'd'])
      await storeCourse(file.cairn, { course: courseOf(name), learners: 5, who: 'later' });
    const second = await ask({ ...question, page: { limit: 2, cursor: first.body.page.next } });
    const rows = [...first.body.rows, ...second.body.rows];
    expect(rows.map(([, { value }]) => value)).toEqual([2, 2, 2]);
    expect(second.body.page).toMatchObject({ next: null, total: 3 });
  });
});

describe('40 a text that a spreadsheet would run', () => {
  it('is written as a text', async () => {
    const course = courseOf('evil', '=HYPERLINK("https://evil.example")');
    await storeCourse(file.cairn, { course, learners: 1 });
    const query = { metrics: 'enrolments.count', dimensions: ['course'], ...ofCourse('evil') };
    const { text } = await file.cairn.all.post(`${API}/exports`).send({ query, format: 'csv' }).expect(200);
    expect(text.split('\r\n')[1]).toBe(`${course.id},"'=HYPERLINK(""https://evil.example"")",1,1`);
  });
});

describe('45 nearly all', () => {
  it('never prints as all', async () => {
    const learners = 250;
    await storeCourse(file.cairn, { course: courseOf('nearly'), learners, completed: 249 });
    const query = { metrics: 'completion.rate', dimensions: ['course'], ...ofCourse('nearly') };
    const { text } = await file.cairn.all.post(`${API}/exports`).send({ query, format: 'csv' }).expect(200);
    const [, , value] = text.split('\r\n')[1]?.split(',') ?? [];
    expect(value).toBe('0.996');
    expect([0.996, 0.9996, 0.0004, 1, 0].map(percent)).toEqual(['99.6 %', '99.9 %', '0.1 %', '100 %', '0 %']);
  });
});
