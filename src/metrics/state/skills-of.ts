import type { FactLog } from './fact-log.ts';

/** The skills that an installation says an activity shows or teaches, with the level that it shows; by numbers of activities. */
export type SkillCatalogue = {
  skillsOf(activity: number): readonly number[];
  /** 0 if none is said. */
  levelOf(activity: number, skill: number): number;
};

const NONE: readonly number[] = [];

/** The skills that a fact is about: those that it names, and those of its activity. */
export const skillsOf = (log: FactLog, catalogue: SkillCatalogue) => {
  const { facts, details, words } = log;
  /** By word. */
  const lists: (readonly number[] | undefined)[] = [];
  const listOf = (word: number): readonly number[] => {
    lists[word] ??= words.text(word).split(' ').map(Number);
    return lists[word];
  };
  return (fact: number): readonly number[] => {
    const detail = facts.detail[fact] as number;
    const word = detail === 0 ? 0 : (details.skills[detail - 1] as number);
    const named = word === 0 ? NONE : listOf(word);
    const known = catalogue.skillsOf(facts.activity[fact] as number);
    if (known.length === 0) return named;
    return named.length === 0 ? known : [...new Set([...named, ...known])];
  };
};
