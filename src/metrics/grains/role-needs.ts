import type { Scope } from '../query/scope.ts';

/** A skill that a role needs; by its number among activities. */
export type Need = { readonly skill: number; readonly level: number; readonly weight: number };

/** What roles need, by their names: level 1 and weight 1 unless something else is said. */
export const roleNeeds = ({ world }: Scope): ReadonlyMap<string, readonly Need[]> => {
  const needs = new Map<string, Need[]>();
  for (const { role, skill, level = 1, weight = 1 } of world.people.roleSkills.values()) {
    const list = needs.get(role) ?? [];
    list.push({ skill: world.log.activities.known(skill) ?? 0, level, weight });
    needs.set(role, list);
  }
  return needs;
};
