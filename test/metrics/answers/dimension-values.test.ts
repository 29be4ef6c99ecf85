import { answerQuestion } from '../../../src/metrics/answer-question.ts';
import type { World } from '../../../src/metrics/state/world.ts';
import { worldOf } from '../catalogue/ask.ts';
import { COURSE, did } from '../catalogue/learning.ts';
import { fed, idOf, roster, stated, who } from '../fed-world.ts';

const of = (course: string, people: number) =>
  Array.from({ length: people }, (_, at) =>
    ['registered', 'completed'].map((verb) =>
      did(`p${at}`, verb as 'registered', 1, { object: { ...COURSE, id: `https://lms.example/${course}` } }),
    ),
  ).flat();

/** The managers of teams, by who may see what few stand behind, or not. */
const teamsIn = (world: World, small: boolean): readonly string[] => {
  const access = { small, names: true };
  const question = {
    kind: 'dimension-values',
    dimension: 'team.now',
    search: '',
    limit: 10,
    access,
  } as const;
  const outcome = answerQuestion(question, world, Date.parse('2027-01-01T00:00:00Z'));
  return JSON.parse('json' in outcome ? outcome.json : '{}').values.map(({ id }: { id: string }) => id);
};

describe('the values of a dimension', () => {
  const world = worldOf([...of('many', 5), ...of('few', 4)]);
  const ask = (dimension: string, small: boolean) => {
    const access = { small, names: false };
    const question = { kind: 'dimension-values', dimension, search: '', limit: 10, access } as const;
    const outcome = answerQuestion(question, world, Date.parse('2027-01-01T00:00:00Z'));
    return 'rejected' in outcome ? outcome.rejected.reason : JSON.parse(outcome.json).values;
  };
  const [many, few] = ['many', 'few'].map((name) => ({ id: `https://lms.example/${name}` }));

  it('are those of enough people, unless fewer may be seen', () => {
    expect(ask('course', true)).toEqual([many, few]);
    expect(ask('course', false)).toEqual([many]);
  });

  it('are no persons, for who may not know those', () => {
    for (const dimension of ['person', 'manager', 'manager.now', 'team', 'team.now'])
      expect(ask(dimension, true)).toBe('forbidden');
  });

  it('are those of each row, where it has several', () => {
    const { world: told } = fed([
      roster('boss', { hired: '2020-01-01' }),
      roster('lead', { hired: '2020-01-01', manager: who('boss') }),
      roster('a', { hired: '2020-01-01', manager: who('lead') }),
      roster('b', { hired: '2020-01-01', manager: who('boss') }),
      stated('a', 'registered', 'one', '2026-01-15'),
      stated('b', 'registered', 'one', '2026-01-15'),
    ]);
    expect(teamsIn(told, true)).toEqual([idOf('boss'), idOf('lead')]);
  });

  it('are of all persons below a manager together, for who may not see few', () => {
    const below = (lead: string, names: readonly string[]) => [
      roster(lead, { hired: '2020-01-01', manager: who('boss') }),
      ...names.flatMap((name) => [
        roster(name, { hired: '2020-01-01', manager: who(lead) }),
        stated(name, 'registered', 'one', '2026-01-15'),
        stated(name, 'registered', 'other', '2026-01-16'),
      ]),
    ];
    const teams = (others: readonly string[]) => {
      const { world: told } = fed([
        roster('boss', { hired: '2020-01-01' }),
        ...below('lead', ['a', 'b', 'c']),
        ...below('second', others),
      ]);
      return teamsIn(told, false);
    };
    expect(teams(['d', 'e'])).toEqual([idOf('boss')]);
    expect(teams(['d'])).toEqual([]);
  });
});
