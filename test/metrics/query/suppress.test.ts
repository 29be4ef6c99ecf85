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
});
