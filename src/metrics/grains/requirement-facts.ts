import type { World } from '../state/world.ts';
import { partFacts } from './part-facts.ts';
import { type Evidence, requirementEvidence } from './requirement-evidence.ts';

/** All facts that have to do with a pair of person and requirement, by the pair. */
export const requirementFacts = (world: World): ((pair: number) => readonly number[]) => {
  let known: ReadonlyMap<number, readonly number[]> | undefined;
  return (pair) => {
    known ??= byPair(world, requirementEvidence(world));
    return known.get(pair) ?? [];
  };
};

const byPair = (world: World, { rows, pair, fact }: Evidence): ReadonlyMap<number, readonly number[]> => {
  const { placed } = world.enrolments;
  const found = new Map<number, number[]>();
  for (let row = 0; row < rows; row += 1) {
    const one = fact[row] as number;
    if (!world.isEffective(one)) continue;
    const facts = found.get(pair[row] as number) ?? [];
    const enrolment = (one < placed.rows ? (placed.row[one] as number) : 0) - 1;
    const parts = enrolment < 0 ? [] : partFacts(world, enrolment).filter((named) => named !== 0);
    facts.push(one, ...parts.map((named) => named - 1));
    found.set(pair[row] as number, facts);
  }
  return found;
};
