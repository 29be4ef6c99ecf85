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
/** What is done at work shows a skill, but nobody was trained by it. */
const APPLIED = SIGNALS.applied;
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
    /** In the others: the fact, plus one; the level that it shows, 0 if it shows none; and row 0. */
    fact: 'u32',
    level: 'f64',
    head: 'u32',
  });
  const { table } = rows;

  const told = (fact: number, column: 'level' | 'confidence'): number => {
    const detail = facts.detail[fact] as number;
    return detail === 0 ? Number.NaN : (details[column][detail - 1] as number);
  };
  const isGood = (fact: number): boolean =>
    ((facts.signals[fact] as number) & failed) === 0 &&
    ((facts.flags[fact] as number) & FACT.noSuccess) === 0 &&
    !(told(fact, 'confidence') < 0);
  /** Passing something shows level 1, unless somebody says more (metrics.md §11). */
  const levelOf = (fact: number, skill: number): number => {
    if (!isGood(fact) || ((facts.signals[fact] as number) & (TRAINS | APPLIED)) === 0) return 0;
    const level = told(fact, 'level');
    return Number.isNaN(level) ? catalogue.levelOf(facts.activity[fact] as number, skill) || 1 : level;
  };
  const take = (person: number, fact: number, skill: number): void => {
    const head = rows.row(person, skill, 0);
    const number = (table.evidence[head] as number) + 1;
    table.evidence[head] = number;
    const row = rows.row(person, skill, number);
    table.fact[row] = fact + 1;
    table.level[row] = levelOf(fact, skill);
    table.head[row] = head;
    const signals = facts.signals[fact] as number;
    const trains = (signals & TRAINS) !== 0 && (signals & APPLIED) === 0 && (table.level[row] as number) > 0;
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
