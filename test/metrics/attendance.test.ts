import type { Part } from './facts-of.ts';
import { fed, stated } from './fed-world.ts';

const OURS = 'urn:cairn:verb:';
const DAY = '2026-03-02';
const AWAY = { result: { completion: false } };

const world = fed([
  stated('a', 'attended', 'drill', DAY, { result: { completion: true } }),
  stated('b', 'attended', 'drill', DAY),
  stated('c', `${OURS}missed`, 'drill', DAY, AWAY),
  stated('d', `${OURS}excused`, 'drill', DAY, AWAY),
]);

it('who was excused counts neither as there nor as missing, and the verb is known', () => {
  expect(world.cell('attendance.rate')).toMatchObject({ num: 2, den: 3 });
  expect(world.cell('attendance.no_show')).toMatchObject({ num: 1, den: 3 });
  expect(world.cell('quality.unmapped_verbs')).toMatchObject({ items: [] });
});

it('a team that attended is no person', () => {
  const actor = { objectType: 'Group', account: { homePage: 'https://hr.example', name: 'team' } };
  const withTeam = fed([
    stated('a', 'attended', 'drill', DAY),
    stated('c', `${OURS}missed`, 'drill', DAY, AWAY),
    stated('', 'attended', 'drill', DAY, { actor }),
  ]);
  expect(withTeam.cell('attendance.rate')).toMatchObject({ num: 1, den: 2 });
  const answered = (name: string, change: Part = {}): Part =>
    stated(name, 'answered', 'q', DAY, { result: { success: true }, ...change });
  const items = fed([answered('a'), answered('', { actor })]).cell('assessment.items');
  expect(items).toMatchObject({ persons: 1, items: [{ answered: 1 }] });
});
