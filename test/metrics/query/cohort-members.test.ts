import { cohortMembers } from '../../../src/metrics/query/cohort-members.ts';
import { fed, stated, who } from '../fed-world.ts';

const { world } = fed([
  stated('ada', 'completed', 'c', '2026-01-01'),
  {
    record: 'roster',
    rows: [
      { identifier: who('ada'), effectiveFrom: '2026-01-01', department: 'Sales' },
      { identifier: who('ada'), effectiveFrom: '2026-02-01', department: 'Welding' },
    ],
  },
  { record: 'cohort', id: 'welders', rule: { attr: 'department', op: 'eq', value: 'Welding' } },
]);
world.settle();
const count = (at: string, isNow: boolean): number =>
  cohortMembers({ world, asOf: Date.parse(at), isNow }, 'welders', '/cohort').reduce((a, b) => a + b, 0);

it('whoever asks for now is told who is in a cohort in that minute', () => {
  expect(count('2026-01-31T23:59:59.500Z', true)).toBe(0);
  expect(count('2026-02-01T00:00:00.500Z', true)).toBe(1);
});

it('whoever says when is told who is in it at that very moment', () => {
  expect(count('2026-01-31T23:59:59.999Z', false)).toBe(0);
  expect(count('2026-02-01T00:00:00.000Z', false)).toBe(1);
  expect(count('2026-01-31T23:59:59.999Z', false)).toBe(0);
});

it('makes it once a minute', () => {
  const at = (time: string) =>
    cohortMembers({ world, asOf: Date.parse(time), isNow: true }, 'welders', '/cohort');
  expect(at('2026-03-01T10:00:01Z')).toBe(at('2026-03-01T10:00:59Z'));
});
