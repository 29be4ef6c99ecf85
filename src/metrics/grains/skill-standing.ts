import { periodAdder } from '../../people/period.ts';
import type { Scope } from '../query/scope.ts';
import { scratchNumbers } from '../scratch.ts';
import { SIGNALS } from '../signal.ts';

/** For so long evidence of a skill holds unless something says otherwise: a year. */
const year = (time: number): number => time + 365 * 86_400_000;

const BACK = SIGNALS.expired | SIGNALS.revoked;

/** What a person's skills come to at the query's moment, by the row of person and skill. */
export type SkillStanding = {
  /** The highest level that has been shown and not taken back since. */
  readonly level: Float64Array;
  /** Until when it is fresh: by the evidence that holds longest. Milliseconds since 1970. */
  readonly freshUntil: Float64Array;
};

/** Evidence holds until its own date, or for as long as its skill says, or for a year. */
export const skillStanding = (scope: Scope): SkillStanding => {
  const { world, asOf } = scope;
  const { table } = world.skills;
  const { facts } = world.log;
  const level = scratchNumbers(table.rows);
  const freshUntil = scratchNumbers(table.rows).fill(Number.NEGATIVE_INFINITY);
  const end = validity(scope);
  for (let row = 0; row < table.rows; row += 1) {
    const fact = (table.fact[row] as number) - 1;
    if (fact < 0 || (facts.time[fact] as number) > asOf) continue;
    const head = table.head[row] as number;
    const shown = table.level[row] as number;
    if (((facts.signals[fact] as number) & BACK) !== 0) {
      level[head] = 0;
      freshUntil[head] = Number.NEGATIVE_INFINITY;
    } else if (shown > 0) {
      level[head] = Math.max(level[head] as number, shown);
      freshUntil[head] = Math.max(freshUntil[head] as number, end(fact, table.a[row] as number));
    }
  }
  return { level, freshUntil };
};

const validity = ({ world }: Scope) => {
  const { facts, details, activities } = world.log;
  const ends = new Map<number, (time: number) => number>();
  for (const { id, validFor } of world.people.skills.values()) {
    const skill = activities.known(id);
    if (skill !== undefined && validFor !== undefined) ends.set(skill, periodAdder(validFor) ?? year);
  }
  return (fact: number, skill: number): number => {
    const detail = facts.detail[fact] as number;
    const told = detail === 0 ? Number.NaN : (details.validUntil[detail - 1] as number);
    return Number.isNaN(told) ? (ends.get(skill) ?? year)(facts.time[fact] as number) : told;
  };
};
