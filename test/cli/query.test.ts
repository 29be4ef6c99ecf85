import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { percent } from '../../src/cli/answer-table.ts';
import { cairn, cleanUp, newFolder, serveCairn } from './cairn.ts';
import { statement } from './statements.ts';

jest.setTimeout(60_000);
afterEach(cleanUp);

const ADL = 'http://adlnet.gov/expapi/verbs/';
const course = (name: string) => ({
  id: `https://example.org/${name}`,
  definition: { type: 'http://adlnet.gov/expapi/activities/course', name: { en: `Course ${name}` } },
});
const lines = (): string[] =>
  Array.from({ length: 6 }, (_, n) => n).flatMap((n) => {
    const about = {
      actor: { mbox: `mailto:p${n}@example.org` },
      object: course(n < 4 ? 'a' : 'b'),
      result: undefined,
    };
    const started = statement(2 * n + 1, { ...about, verb: { id: `${ADL}registered` } });
    const done = { ...about, verb: { id: `${ADL}completed` }, timestamp: '2024-06-01T00:00:00Z' };
    return n % 2 === 0 ? [started, statement(2 * n + 2, done)] : [started];
  });

const filled = async (...flags: readonly string[]): Promise<string> => {
  const folder = newFolder();
  const file = join(folder, 'source');
  writeFileSync(file, lines().join('\n'));
  const { code } = await cairn(folder, 'import', file, ...flags);
  expect(code).toBe(0);
  return folder;
};

describe('cairn query', () => {
  it('prints a table, by itself and through the running server', async () => {
    const folder = await filled();
    const words = ['query', 'completion.rate', '--by', 'course', '--as-of', '2024-12-31'];
    const alone = await cairn(folder, ...words);
    expect([alone.code, alone.err]).toEqual([0, '']);
    const [header, a, b, all, , foot] = alone.out.split('\n');
    expect(header).toBe('course    completion.rate');
    expect(a).toBe('Course a  50.0 % (2/4, 15.0 %–85.0 %)');
    expect(b).toMatch(/^Course b {2}50.0 % \(1\/2, /);
    expect(all).toMatch(/^all {7}50.0 % \(3\/6, /);
    expect(foot).toContain(
      'completion.rate@1, as of 2024-12-31T00:00:00.000Z, from everything up to position 9',
    );
    expect(foot).toContain('complete through 2024-06-01');
    const { stop } = await serveCairn(folder);
    const beside = await cairn(folder, ...words);
    expect(beside.out.split('\n').slice(0, 4)).toEqual(alone.out.split('\n').slice(0, 4));
    await stop();
  });

  it('takes filters, periods and whole questions, and prints JSON', async () => {
    const folder = await filled();
    const filter = ['--filter', 'course=https://example.org/a', '--time', 'month', '--json'];
    const { out } = await cairn(folder, 'query', 'enrolments.count', ...filter);
    expect(JSON.parse(out)).toMatchObject({ rows: [['2024-05-01', { value: 4 }]] });
    const question = join(folder, 'question.json');
    writeFileSync(question, '{"metrics":"enrolments.count","totals":false}');
    expect((await cairn(folder, 'query', '--query', question)).out).toMatch(/^enrolments.count\n6\n/);
    expect(await cairn(folder, 'query', '--query', question, '--by', 'course')).toMatchObject({ code: 1 });
  });

  it('says what was meant, and changes nothing where there is no store', async () => {
    const folder = await filled();
    const { code, err } = await cairn(folder, 'query', 'completion.rat');
    expect([code, err]).toEqual([
      1,
      'cairn query: There is no metric completion.rat. Did you mean completion.rate?\n',
    ]);
    expect((await cairn(folder, 'query')).code).toBe(1);
    expect((await cairn(folder, 'query', 'x', '--filter', 'course')).code).toBe(1);
    expect((await cairn(join(folder, 'none'), 'query', 'completion.rate')).code).toBe(1);
  });

  it.each([
    [0.996, '99.6 %'],
    [0.9996, '99.9 %'],
    [1, '100 %'],
    [0, '0 %'],
    [0.0001, '0.1 %'],
    [-0.9999, '-99.9 %'],
  ])('prints only what is all as all: %d', (value, shown) => {
    expect(percent(value)).toBe(shown);
  });
});

describe('cairn import --complete-through', () => {
  const WITHIN = JSON.stringify({
    metrics: [{ id: 'completion.rate', params: { window: 365 } }],
    totals: false,
  });
  const askedIn = async (folder: string) => {
    const question = join(folder, 'question.json');
    writeFileSync(question, WITHIN);
    return JSON.parse((await cairn(folder, 'query', '--query', question, '--json')).out);
  };

  it('says up to when windows may be judged; else that is up to the newest that was imported', async () => {
    const own = await askedIn(await filled());
    expect(own.meta.completeThrough).toEqual({ min: '2024-06-01T00:00:00.000Z', laggards: ['import'] });
    expect(own.rows).toMatchObject([[{ den: 0, excluded: { immature: 6 } }]]);
    const declared = await askedIn(await filled('--complete-through', '2025-12-31T00:00:00Z'));
    expect(declared.meta.completeThrough.min).toBe('2025-12-31T00:00:00.000Z');
    expect(declared.rows).toMatchObject([[{ num: 3, den: 6 }]]);
    const folder = newFolder();
    writeFileSync(join(folder, 'source'), '');
    expect((await cairn(folder, 'import', join(folder, 'source'), '--complete-through', 'x')).code).toBe(1);
  });
});

describe('cairn rebuild --metrics', () => {
  it('makes what metrics keep anew, and says whether it is the same', async () => {
    const folder = await filled();
    const { code, out } = await cairn(folder, 'rebuild', '--metrics');
    expect(code).toBe(0);
    const [, before, after] =
      /^before {2}([0-9a-f]{64})\nafter {3}([0-9a-f]{64})\nThey are equal\.\n$/.exec(out) ?? [];
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    expect(after).toBe(before);
  });
});
