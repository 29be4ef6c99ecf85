import { SIGNALS } from '../signal.ts';
import { FACT } from './fact-columns.ts';
import type { FactLog } from './fact-log.ts';
import type { Projection } from './fold.ts';
import { personRows } from './person-rows.ts';
import type { SkillCatalogue } from './skills-of.ts';

const { completed, passed, satisfied, certified, asserted, failed, expired, revoked } = SIGNALS;
const TRAINS = completed | passed | satisfied | certified | asserted;
const USES = SIGNALS.applied | SIGNALS.practised | SIGNALS.opportunity;
const BACK = expired | revoked;
const RELEVANT = TRAINS | USES | BACK;

/**
 * What there is to say of a person and a skill (`a`). Row 0 (`b`) is the skill itself, those from 1 on are its evidence,
 * oldest first: what trained, applied, practised it, gave occasion to apply it, or took it back.
 */
export const skillEvidence = (
  log: FactLog,
  skillsOf: (fact: number) => readonly number[],
  catalogue: SkillCatalogue,
) => {
  const { facts, details } = log;
  const rows = personRows({
    /** In row 0: how many pieces of evidence there are, and the first that trained it, plus one. */
    evidence: 'u32',
    trained: 'u32',
    /** In the others: the fact, plus one, and the level that it shows; 0 if it shows none. */
    fact: 'u32',
    level: 'f32',
  });
  const { table } = rows;

  /** Passing something shows level 1, unless somebody says more (metrics.md §11). */
  const levelOf = (fact: number, skill: number): number => {
    const signals = facts.signals[fact] as number;
    const isGood = (signals & failed) === 0 && ((facts.flags[fact] as number) & FACT.noSuccess) === 0;
    if (!isGood || (signals & (TRAINS | SIGNALS.applied)) === 0) return 0;
    const detail = facts.detail[fact] as number;
    const told = detail === 0 ? Number.NaN : (details.level[detail - 1] as number);
    return Number.isNaN(told) ? catalogue.levelOf(facts.activity[fact] as number, skill) || 1 : told;
  };
  const take = (person: number, fact: number, skill: number): void => {
    const head = rows.row(person, skill, 0);
    const number = (table.evidence[head] as number) + 1;
    table.evidence[head] = number;
    const row = rows.row(person, skill, number);
    table.fact[row] = fact + 1;
    table.level[row] = levelOf(fact, skill);
    const trains = ((facts.signals[fact] as number) & TRAINS) !== 0 && (table.level[row] as number) > 0;
    if (trains && table.trained[head] === 0) table.trained[head] = fact + 1;
  };

  const projection: Projection = {
    forget: rows.forget,
    take: (person, fact) => {
      if (((facts.signals[fact] as number) & RELEVANT) === 0) return;
      for (const skill of skillsOf(fact)) take(person, fact, skill);
    },
  };
  return { ...rows, projection };
};

export type SkillEvidence = ReturnType<typeof skillEvidence>;
