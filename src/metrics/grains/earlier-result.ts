import type { Scope } from '../query/scope.ts';
import { factOrder } from '../state/fact-order.ts';

/**
 * An attempt names the last fact that gave a result. Where that came after the query's moment, this finds the last one
 * before it, plus one; 0 if there was none.
 */
export const earlierResult = (scope: Scope, isResult: (fact: number) => boolean) => {
  const { attempts, persons, log, isEffective } = scope.world;
  const { table } = attempts;
  const { facts, details } = log;
  const order = factOrder(facts);
  const known = new Map<number, number>();

  const session = (fact: number): number => {
    const detail = facts.detail[fact] as number;
    return detail === 0 ? 0 : (details.session[detail - 1] as number);
  };
  const isOf = (row: number, fact: number): boolean =>
    facts.activity[fact] === table.a[row] &&
    facts.registration[fact] === table.registration[row] &&
    isEffective(fact) &&
    (facts.time[fact] as number) <= scope.asOf &&
    order(fact, (table.first[row] as number) - 1) >= 0 &&
    (table.session[row] === 0 || session(fact) === 0 || session(fact) === table.session[row]) &&
    isResult(fact);
  function* factsOf(row: number): Generator<number> {
    for (const identifier of persons.membersOf(table.person[row] as number)) {
      for (let next = log.newestOf(identifier); next !== 0; next = facts.earlier[next - 1] as number)
        if (isOf(row, next - 1)) yield next - 1;
    }
  }
  const find = (row: number): number => {
    let last = -1;
    for (const fact of factsOf(row)) if (last === -1 || order(last, fact) < 0) last = fact;
    return last + 1;
  };

  return (row: number): number => {
    const there = known.get(row);
    if (there !== undefined) return there;
    const found = find(row);
    known.set(row, found);
    return found;
  };
};
