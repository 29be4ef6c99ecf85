import { factOrder } from './fact-order.ts';
import { isTestOf, succeeded } from './retention-pairs.ts';
import type { World } from './world.ts';

/**
 * The tests of which it is told what they took, by row of the pairs: from after the success before the one that
 * mastered it up to that one, and from the next test up to the one that learnt it again.
 */
export const effortFacts = (world: World): ((row: number) => readonly number[]) => {
  const { log, pairs, persons } = world;
  const { table } = pairs;
  const { facts } = log;
  const order = factOrder(facts);
  const isTest = isTestOf(log, world.skillsOf);

  function* testsOf(person: number, item: number): Generator<number> {
    for (const identifier of persons.membersOf(person))
      for (let next = log.newestOf(identifier); next !== 0; next = facts.earlier[next - 1] as number)
        if (world.isEffective(next - 1) && isTest(next - 1, item)) yield next - 1;
  }
  return (row) => {
    const [mastered, tested] = [(table.mastered[row] as number) - 1, (table.tested[row] as number) - 1];
    const again = (table.relearned[row] as number) - 1;
    const tests = [...testsOf(table.person[row] as number, table.a[row] as number)].sort(order);
    const success = tests.findLastIndex((fact) => order(fact, mastered) < 0 && succeeded(log, fact) === true);
    const learnt = tests.slice(success + 1).filter((fact) => order(fact, mastered) <= 0);
    const relearnt = tests.filter((fact) => order(fact, tested) >= 0 && order(fact, again) <= 0);
    return again === -1 ? learnt : [...learnt, ...relearnt];
  };
};
