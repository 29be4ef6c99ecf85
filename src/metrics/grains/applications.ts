import type { Scope } from '../query/scope.ts';
import { SIGNALS } from '../signal.ts';
import { evidenceIn, FACT } from '../state/fact-columns.ts';
import { isSelfObserved } from '../state/is-self-observed.ts';

/** Which uses of a skill at work count. */
export type ApplicationRule = {
  /** The least of {@link EVIDENCE}. */
  readonly least: number;
  /** Whether it has to have gone well, or only must not have gone badly, or does not matter. */
  readonly success: 'needed' | 'notFailed' | 'any';
};

/**
 * Visits every piece of evidence that applies a skill and counts, in the order in which it happened for a person and a
 * skill, with the row of the two.
 */
export const forEachApplication = (
  scope: Scope,
  rule: ApplicationRule,
  visit: (head: number, time: number, fact: number) => void,
): void => {
  const { skills, log } = scope.world;
  const { table } = skills;
  const { facts } = log;
  const counts = counting(scope, rule);
  for (let row = 0; row < table.rows; row += 1) {
    const fact = (table.fact[row] as number) - 1;
    if (fact < 0 || ((facts.signals[fact] as number) & SIGNALS.applied) === 0) continue;
    if (counts(fact)) visit(table.head[row] as number, facts.time[fact] as number, fact);
  }
};

/** Visits every occasion to use a skill at work. */
export const forEachOpportunity = (
  { world, asOf }: Scope,
  visit: (head: number, time: number) => void,
): void => {
  const { table } = world.skills;
  const { facts } = world.log;
  for (let row = 0; row < table.rows; row += 1) {
    const fact = (table.fact[row] as number) - 1;
    if (fact < 0 || ((facts.signals[fact] as number) & SIGNALS.opportunity) === 0) continue;
    if ((facts.time[fact] as number) <= asOf) visit(table.head[row] as number, facts.time[fact] as number);
  }
};

const counting = ({ world, asOf }: Scope, { least, success }: ApplicationRule) => {
  const { facts } = world.log;
  const wentWell = (fact: number): boolean => {
    const flags = facts.flags[fact] as number;
    if (success === 'needed') return (flags & FACT.success) !== 0;
    return success === 'any' || (flags & FACT.noSuccess) === 0;
  };
  return (fact: number): boolean => {
    if ((facts.time[fact] as number) > asOf || !wentWell(fact)) return false;
    const level = evidenceIn(facts.flags[fact] as number);
    return level >= least && (least === 0 || !isSelfObserved(world, fact));
  };
};
