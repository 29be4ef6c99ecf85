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
