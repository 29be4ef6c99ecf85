import type { PersonDirectory } from '../../people/persons.ts';
import type { Roster } from '../../people/roster.ts';

type Step = { readonly from: number; readonly manager: string | undefined };

/**
 * Whom a person reports to from when on: the direct manager, that one's manager, and so on, as a list of canonical
 * terms in JSON. Who reports to themselves in the end is met once.
 */
export const teamChains = (directory: Pick<PersonDirectory, 'personOf'>, roster: Pick<Roster, 'knownOf'>) => {
  const steps = new Map<string, readonly Step[]>();
  const stepsOf = (term: string): readonly Step[] => {
    const there = steps.get(term);
    if (there !== undefined) return there;
    const made = roster.knownOf(term).timeline.map(({ from, values }) => {
      const manager = values.get('manager');
      return { from, manager: manager === undefined ? undefined : directory.personOf(manager) };
    });
    steps.set(term, made);
    return made;
  };
  /** As with every attribute, what was known first holds for the time before it too. */
  const managerAt = (term: string, time: number): string | undefined => {
    const known = stepsOf(term);
    return (known.findLast(({ from }) => from <= time) ?? known[0])?.manager;
  };
  /** The moments at which it may become another: those of everybody who has ever been above. */
  const momentsOf = (term: string): readonly number[] => {
    const met = new Set([term]);
    const moments = new Set<number>();
    for (const one of met)
      for (const { from, manager } of stepsOf(one)) {
        moments.add(from);
        if (manager !== undefined) met.add(manager);
      }
    return [...moments].sort((a, b) => a - b);
  };
  const chainAt = (term: string, time: number): readonly string[] => {
    const met = new Set([term]);
    for (let next = managerAt(term, time); next !== undefined && !met.has(next); next = managerAt(next, time))
      met.add(next);
    met.delete(term);
    return [...met];
  };
  return (term: string): readonly { readonly from: number; readonly value: string | undefined }[] =>
    momentsOf(term).map((from) => {
      const chain = chainAt(term, from);
      return { from, value: chain.length === 0 ? undefined : JSON.stringify(chain) };
    });
};
