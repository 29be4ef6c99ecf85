import type { Part } from './facts-of.ts';
import { fed, stated } from './fed-world.ts';

const by = (name: string): Part => ({ authority: { account: { homePage: 'https://lrs.example', name } } });
const due = { context: { extensions: { 'urn:cairn:due': '2026-03-01' } } };

it('on time waits for the sources of the course, and for no other', () => {
  const world = fed([
    stated('a', 'registered', 'c', '2026-01-01', { ...due, ...by('quick') }),
    stated('a', 'completed', 'c', '2026-02-01', by('quick')),
    stated('a', 'registered', 'd', '2026-01-01', { ...due, ...by('slow') }),
    { record: 'complete-through', source: 'slow', through: '2026-02-01T00:00:00Z' },
  ]);
  expect(world.cell('completion.on_time')).toMatchObject({ num: 1, den: 1, excluded: { immature: 1 } });
});
