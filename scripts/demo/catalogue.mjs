import { COURSES, DEPARTMENTS, DUE_DAYS, VALID_DAYS } from './model.mjs';
import { QUESTIONS, questionIri } from './quiz.mjs';
import { courseIri, PLACES, skillIri } from './vocabulary.mjs';

const rolesWithout = (without) =>
  Object.entries(DEPARTMENTS)
    .filter(([department]) => !without.includes(department))
    .map(([, { role }]) => role);

const VALID = {
  loto: 'P2Y',
  forklift: 'P3Y',
  'first-aid': 'P2Y',
  'data-protection': `P${VALID_DAYS}D`,
};

/** Who has to complete what, how soon, and how long it holds. */
export const REQUIREMENTS = Object.entries(COURSES).map(([course, { name, without }]) => ({
  id: `https://hr.example/requirements/${course}`,
  name,
  activity: courseIri(course),
  scope: { role: rolesWithout(without) },
  due: `P${DUE_DAYS}D`,
  valid: VALID[course],
}));

const skill = (id, name, broader) => ({
  id: skillIri(id),
  name,
  ...(broader === undefined ? {} : { broader: skillIri(broader) }),
});

/** Skills, what is evidence of them and of which level, and what each role has to have. */
export const SKILLS = {
  skills: [
    ...Object.entries(COURSES).map(([course, { name }]) => skill(course, name)),
    skill('press-operation', 'Press operation'),
    ...QUESTIONS.map(([id, of, text]) => skill(`knows/${id}`, text, of)),
  ],
  activities: [
    ...Object.keys(COURSES).map((course) => ({
      activity: courseIri(course),
      skill: skillIri(course),
      level: 1,
    })),
    ...QUESTIONS.map(([id]) => ({ activity: questionIri(id), skill: skillIri(`knows/${id}`), level: 1 })),
  ],
  roles: [
    ...REQUIREMENTS.flatMap(({ activity, scope }) =>
      scope.role.map((role) => ({
        role,
        skill: activity.replace(`${PLACES.lms}/course`, PLACES.skills),
        level: 1,
      })),
    ),
    { role: DEPARTMENTS.Assembly.role, skill: skillIri('press-operation'), level: 2 },
  ],
};
