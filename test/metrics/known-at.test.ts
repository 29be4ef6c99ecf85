import { answerQuestion } from '../../src/metrics/answer-question.ts';
import { type FollowedEntry, follower, restoredFollower } from '../../src/metrics/follower.ts';
import type { Part as KeptPart } from '../../src/metrics/parts.ts';
import type { World } from '../../src/metrics/state/world.ts';
import type { Answer } from '../../src/metrics/views.ts';
import type { Part } from './facts-of.ts';
import { course, stated, who } from './fed-world.ts';

const NOW = Date.UTC(2026, 5, 1);

const entriesOf = (all: readonly Part[]): readonly FollowedEntry[] =>
  all.map((one, at) => ({
    position: at + 1,
    stored: (NOW - 86_400_000) * 1000,
    kind: 'record' in one ? 'record' : 'statement',
    text: JSON.stringify({
      id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      by: 'test',
      ...one,
    }),
    voidsOnlyOwn: false,
  }));

const due = (day: string): Part => ({
  object: {
    id: course('c'),
    definition: {
      type: 'http://adlnet.gov/expapi/activities/course',
      extensions: { 'urn:cairn:due': day },
    },
  },
});

/** The cell of a world that went on, and of one that was put together of parts in between. */
const pastCells = (all: readonly Part[], position: number, metric: string, asOf?: string) => {
  const entries = entriesOf(all);
  const entryAt = (at: number) => entries[at - 1];
  const live = follower(entryAt);
  const parts: KeptPart[] = [];
  for (const entry of entries) {
    live.take(entry);
    parts.push(structuredClone(live.cut()));
  }
  const restored = restoredFollower(entryAt, parts);
  return [live, restored].map(({ knownAt }) => cellOf(knownAt(position), metric, asOf));
};

const cellOf = (world: World, id: string, asOf?: string) => {
  const query = { metrics: [{ id }], ...(asOf === undefined ? {} : { asOf }) };
  const outcome = answerQuestion({ kind: 'query', query, access: { small: true, names: true } }, world, NOW);
  if ('rejected' in outcome) throw new Error(JSON.stringify(outcome.rejected));
  return (JSON.parse(outcome.json) as Answer).totals?.[0];
};

describe('what was known at an earlier position', () => {
  it('has the due date of a course that was told by then', () => {
    const all = [
      stated('a', 'registered', 'c', '2026-01-01', due('2026-03-01')),
      stated('a', 'completed', 'c', '2026-02-01'),
      stated('b', 'registered', 'c', '2026-02-02', due('2026-01-15')),
    ];
    for (const cell of pastCells(all, 2, 'completion.on_time'))
      expect(cell).toMatchObject({ num: 1, den: 1 });
    for (const cell of pastCells(all, 3, 'completion.on_time'))
      expect(cell).toMatchObject({ num: 0, den: 2 });
    const [before] = pastCells(
      [stated('a', 'registered', 'c', '2026-01-01'), ...all.slice(2)],
      1,
      'completion.on_time',
    );
    expect(before).toMatchObject({ den: 0, excluded: { undated: 1 } });
  });

  it('has those under a requirement whom statements or records had named by then', () => {
    const anybody = { not: { attr: 'department', op: 'eq', value: 'Sales' } };
    const all = [
      {
        record: 'requirements',
        requirements: [{ id: 'r', activity: course('c'), appliesTo: anybody, due: { on: '2026-03-01' } }],
      },
      stated('b', 'registered', 'c', '2026-01-01'),
      { record: 'merge', identifiers: [who('a'), who('b')], why: 'the same' },
      stated('c', 'registered', 'c', '2026-01-01'),
      stated('a', 'passed', 'c', '2026-01-02'),
    ];
    const currency = (position: number) =>
      pastCells(all, position, 'compliance.currency', '2026-05-01T00:00:00Z');
    for (const cell of currency(2)) expect(cell).toMatchObject({ num: 0, den: 1 });
    for (const cell of currency(3)) expect(cell).toMatchObject({ num: 0, den: 1 });
    for (const cell of currency(4)) expect(cell).toMatchObject({ num: 0, den: 2 });
    for (const cell of currency(5)) expect(cell).toMatchObject({ num: 1, den: 2 });
  });

  it('has persons by the ids that they had then', () => {
    const entries = entriesOf([
      stated('b', 'registered', 'one', '2026-01-10'),
      { record: 'merge', identifiers: [who('a'), who('b')], why: 'w' },
      stated('a', 'registered', 'two', '2026-01-11'),
    ]);
    const live = follower((at) => entries[at - 1]);
    for (const entry of entries) live.take(entry);
    const ask = (more: Part): Answer => {
      const question = {
        query: { metrics: ['events.count'], ...more },
        access: { small: true, names: true },
      };
      const outcome = answerQuestion({ kind: 'query', ...question }, live.knownAt(2), NOW);
      return JSON.parse('json' in outcome ? outcome.json : '{}');
    };
    const [[person] = []] = ask({ dimensions: ['person'] }).rows;
    const { id } = person as { readonly id: string };
    expect(ask({ filters: { dim: 'person', value: id } }).totals).toMatchObject([{ value: 1 }]);
  });
});
