import { enrolmentRows } from '../../../src/metrics/grains/enrolment-dates.ts';
import { keyHash } from '../../../src/metrics/key-hash.ts';
import { classesOfFacts, madeOfClasses } from '../../../src/metrics/query/classes-of-facts.ts';
import { keptClasses } from '../../../src/metrics/query/kept-classes.ts';
import { wholeColumn } from '../../../src/metrics/query/row-columns.ts';
import type { Scope } from '../../../src/metrics/query/scope.ts';
import { fed, stated, who } from '../fed-world.ts';

const COURSES = 40;
/** More than there is room for at first, and again more; then all are met again. */
const CLASSES = 5200;
const MANY = 2 * CLASSES;

const doing = (at: number) =>
  stated(
    `p${(at % CLASSES) % 701}`,
    'experienced',
    `c${((at % CLASSES) * 7) % COURSES}`,
    `2026-01-${10 + (at % 19)}`,
  );

const world = fed(Array.from({ length: MANY }, (_, at) => doing(at)));
const scope = () => ({ world: world.world, asOf: Date.parse('2027-01-01') }) as Scope;

/** The place of the first that has the same, by place. */
const firstsOf = (keys: readonly string[]): readonly number[] => {
  const known = new Map<string, number>();
  return keys.map((key, at) => {
    const first = known.get(key) ?? at;
    known.set(key, first);
    return first;
  });
};

const factsAreRight = (): void => {
  const { log, persons } = world.world;
  const { activity, subject, rows } = log.facts;
  const person = (fact: number): number => persons.personOf(subject[fact] as number);
  const { numbers, firsts, count } = classesOfFacts(scope(), 'persons in activities', (of) => ({
    hash: (fact) => keyHash(of(fact), activity[fact] as number, 0),
    isSame: (a, b) => of(a) === of(b) && activity[a] === activity[b],
  }));
  const expected = firstsOf(Array.from({ length: rows }, (_, fact) => `${person(fact)} ${activity[fact]}`));
  expect(Array.from({ length: rows }, (_, fact) => firsts[numbers[fact] as number])).toEqual(expected);
  expect(count).toBe(new Set(expected).size);
  expect(Math.max(...numbers.subarray(0, rows))).toBe(count - 1);
};

/** Of rows it is only said that those of one class have one number, and others another. */
const rowsAreRight = (): void => {
  world.world.settle();
  const { table } = world.world.enrolments;
  const half = (row: number): number => (table.a[row] as number) % 5;
  const classes = keptClasses(scope(), 'enrolments by fifths', enrolmentRows(scope()), [
    wholeColumn(() => table.person),
    half,
  ]);
  const keys = Array.from({ length: table.rows }, (_, row) => `${table.person[row]} ${half(row)}`);
  expect(firstsOf([...classes].map(String))).toEqual(firstsOf(keys));
};

it.each([
  ['facts', factsAreRight],
  ['rows of state', rowsAreRight],
])(
  'classes of %s are right after more have come, and after some turned out to be one person',
  (_of, areRight) => {
    areRight();
    world.add(doing(3));
    for (let at = 0; at < 50; at += 1)
      world.add(stated(`p${300 + (at % 9)}`, 'experienced', `new ${at % 11}`, '2026-03-01'));
    areRight();
    world.add({ record: 'merge', identifiers: [who('p301'), who('p302'), who('p303')], why: 'w' });
    areRight();
    world.add(stated('p302', 'experienced', 'new 99', '2026-03-02'));
    world.add(stated('p303', 'experienced', 'new 99', '2026-03-03'));
    areRight();
  },
);

it('what is made of classes is kept until there is one more of them, or people became others', () => {
  const { world: own, add } = fed([stated('ann', 'experienced', 'one', '2026-01-10')]);
  let times = 0;
  const made = () => {
    const { subject } = own.log.facts;
    const classes = classesOfFacts({ world: own } as Scope, 'persons', (person) => ({
      hash: person,
      isSame: (a, b) => person(a) === person(b),
    }));
    return madeOfClasses(classes, 'subjects', () => {
      times += 1;
      return Uint32Array.from(
        { length: classes.count },
        (_, at) => subject[classes.firsts[at] as number] as number,
      );
    });
  };
  expect([made().length, made().length, times]).toEqual([1, 1, 1]);
  add(stated('ann', 'experienced', 'two', '2026-01-11'));
  expect([made().length, times]).toEqual([1, 1]);
  add(stated('bob', 'experienced', 'two', '2026-01-11'));
  expect([made().length, times]).toEqual([2, 2]);
  add({ record: 'merge', identifiers: [who('ann'), who('bob')], why: 'w' });
  expect([made().length, times]).toEqual([1, 3]);
});
