import type { FactLog } from './fact-log.ts';
import type { PeopleState } from './people-state.ts';
import type { SkillCatalogue } from './skills-of.ts';

type Shown = { readonly skills: number[]; readonly levels: Map<number, number> };

const NONE: readonly number[] = [];

/** The skills of activities as the installation's records have them; made anew after each `refresh`. */
export const skillCatalogue = (
  { activities }: FactLog,
  { activitySkills, roleSkills }: PeopleState,
): SkillCatalogue & { refresh(): void } => {
  const byActivity = new Map<number, Shown>();
  return {
    skillsOf: (activity) => byActivity.get(activity)?.skills ?? NONE,
    levelOf: (activity, skill) => byActivity.get(activity)?.levels.get(skill) ?? 0,
    refresh: () => {
      byActivity.clear();
      // Roles may need what no statement has named yet.
      for (const { skill } of roleSkills.values()) activities.number(skill);
      for (const { activity, skill, level = 0 } of activitySkills.values()) {
        const number = activities.number(activity);
        const known: Shown = byActivity.get(number) ?? { skills: [], levels: new Map() };
        known.skills.push(activities.number(skill));
        known.levels.set(activities.number(skill), level);
        byActivity.set(number, known);
      }
    },
  };
};
