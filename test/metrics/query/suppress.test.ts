import { answerQuestion } from '../../../src/metrics/answer-question.ts';
import { answerOf, worldOf } from '../catalogue/ask.ts';
import { COURSE, did } from '../catalogue/learning.ts';

const ALL = { small: true, names: true };
const POOR = { small: false, names: false };

const courseOf = (name: string) => ({ object: { ...COURSE, id: `https://lms.example/${name}` } });

/** So many persons in a course, of whom the first ones pass or fail. */
const course = (name: string, learners: number, ...outcomes: readonly ('passed' | 'failed')[]) =>
  Array.from({ length: learners }, (_, at) => {
    const who = `${name}${at}`;
    const enrolled = did(who, 'registered', 1, courseOf(name));
    const outcome = outcomes[at];
    return outcome === undefined ? [enrolled] : [enrolled, did(who, outcome, 5, courseOf(name))];
  }).flat();

const BOTH = {
  metrics: [
    { id: 'enrolments.count', as: 'all' },
    { id: 'assessment.pass_rate', as: 'few' },
  ],
  dimensions: ['course'],
};

describe('what few people stand behind', () => {
  const world = worldOf([
    ...course('a', 6, 'failed', 'failed'),
    ...course('b', 6, 'passed', 'passed'),
    ...course('c', 6, 'failed', 'passed'),
  ]);

  it('does not show by the order of the rows', () => {
    const ordered = (direction: string, access: typeof ALL) =>
      answerOf(world, { ...BOTH, order: [['few', direction]] }, access).rows.map(([{ id }]) => id.slice(-1));
    expect(ordered('asc', ALL)).toEqual(['a', 'c', 'b']);
    expect(ordered('asc', POOR)).toEqual(['a', 'b', 'c']);
    expect(ordered('desc', POOR)).toEqual(['a', 'b', 'c']);
  });

  it('does not show by what was left out, nor by what lies beside it', () => {
    const young = {
      metrics: [{ id: 'completion.rate', params: { window: 36_500 } }],
      dimensions: ['course'],
    };
    const few = worldOf([...course('a', 6), ...course('b', 6)]);
    const [[, told]] = answerOf(few, young, ALL).rows as [[unknown, object]];
    expect(told).toMatchObject({ persons: 0, excluded: { immature: 6 } });
    const [[, cell]] = answerOf(few, young, POOR).rows as [[unknown, object]];
    expect(cell).toMatchObject({ persons: 0, den: 0 });
    expect(cell).not.toHaveProperty('excluded');
  });
  it('is no row, and the answer says how many of those there are', () => {
    const some = worldOf([...course('a', 5), ...course('b', 4), ...course('c', 1, 'passed')]);
    const { rows, meta, page } = answerOf(some, BOTH, POOR);
    expect(rows.map(([{ id }]) => id)).toEqual(['https://lms.example/a']);
    expect(page.total).toBe(1);
    expect(meta.warnings).toEqual(['Left out: 2 rows of which fewer than five people are told.']);
    const { rows: all, meta: plain } = answerOf(some, BOTH, { small: true, names: false });
    expect([all.length, plain.warnings]).toEqual([3, []]);
    const young = {
      metrics: [{ id: 'completion.rate', params: { window: 36_500 } }],
      dimensions: ['course'],
    };
    expect(answerOf(some, young, POOR).rows).toHaveLength(1);
  });
});

describe('who may not know persons', () => {
  const world = worldOf([...course('a', 6)]);
  const NAMELESS = { small: true, names: false };
  const turned = (kind: 'query' | 'explain', query: object, access: typeof ALL) => {
    const outcome = answerQuestion({ kind, query, access }, world, Date.parse('2027-01-01T00:00:00Z'));
    return 'rejected' in outcome
      ? [outcome.rejected.reason, ...outcome.rejected.problems.map(({ pointer }) => pointer)]
      : [];
  };

  it.each(['query', 'explain'] as const)('asks about none by %s', (kind) => {
    const by = { metrics: 'enrolments.count', dimensions: ['course', 'person', 'manager.now'] };
    expect(turned(kind, by, NAMELESS)).toEqual(['forbidden', '/dimensions/1', '/dimensions/2']);
    const filters = { and: [{ not: { dim: 'person', op: 'eq', value: 'x' } }, { dim: 'team', value: 'y' }] };
    const filtered = { metrics: 'enrolments.count', filters };
    expect(turned(kind, filtered, NAMELESS)).toEqual([
      'forbidden',
      '/filters/and/0/not/dim',
      '/filters/and/1/dim',
    ]);
    const own = { metrics: [{ id: 'list.transcript', params: { person: 'x' } }] };
    expect(turned(kind, own, NAMELESS)).toEqual(['forbidden', '/metrics/0/params/person']);
    for (const query of [by, filtered, own]) expect(turned(kind, query, ALL)).toEqual([]);
  });
});
