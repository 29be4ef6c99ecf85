import type { SignedRecord } from '../../people/record.ts';
import { attempts } from './attempts.ts';
import { type CourseCatalogue, courseCatalogue } from './course-catalogue.ts';
import { enrolments } from './enrolments.ts';
import type { FactLog } from './fact-log.ts';
import { folding, type IsEffective } from './fold.ts';
import type { PeopleState } from './people-state.ts';
import type { PersonNumbers } from './person-numbers.ts';
import { retentionPairs } from './retention-pairs.ts';
import { skillCatalogue } from './skill-catalogue.ts';
import { skillEvidence } from './skill-evidence.ts';
import { skillsOf } from './skills-of.ts';

/** All state that is folded of facts, and what the installation says of activities, which the folds ask. */
export const statesOf = (
  log: FactLog,
  people: PeopleState,
  persons: PersonNumbers,
  isEffective: IsEffective,
) => {
  const catalogue = skillCatalogue(log, people);
  const courses = courseCatalogue(log.activities, people);
  const skills = skillsOf(log, catalogue);
  const states = {
    enrolments: enrolments(log, courses),
    attempts: attempts(log),
    pairs: retentionPairs(log, skills),
    skills: skillEvidence(log, skills, catalogue),
  };
  const projections = Object.values(states).map(({ projection }) => projection);
  /** Takes in what a kind of records says of activities; answers whether all state is another by that. */
  const refresh = (kind: SignedRecord['record']): boolean => {
    if (kind === 'skills') catalogue.refresh();
    if (kind === 'courses') courses.refresh();
    return kind === 'skills' || kind === 'courses';
  };
  return {
    courses: courses as CourseCatalogue,
    skills,
    states,
    refresh,
    fold: folding(log, persons, projections, isEffective),
  };
};
