import { COURSES, DEPARTMENTS, DUE_DAYS, VALID_DAYS } from './model.mjs';
import { QUESTIONS, questionIri } from './quiz.mjs';
import { courseIri, skillIri } from './vocabulary.mjs';

const rolesWithout = (without) =>
  Object.entries(DEPARTMENTS)
    .filter(([department]) => !without.includes(department))
    .map(([, { role }]) => role);

/** How long it holds. */
const VALID = {
  loto: 'P2Y',
  forklift: 'P3Y',
  'first-aid': 'P2Y',
  'data-protection': `P${VALID_DAYS}D`,
};

/** Who has to complete what, and how soon. */
export const REQUIREMENTS = Object.entries(COURSES).map(([course, { name, without }]) => ({
  id: course,
  name,
  activity: courseIri(course),
  appliesTo: { attr: 'role', op: 'in', value: rolesWithout(without) },
  due: { days: DUE_DAYS, of: 'assignment' },
  validFor: VALID[course],
}));

/** Skills, what is evidence of them and of which level, and what each role has to have. */
export const SKILLS = {
  skills: [
    ...Object.entries(COURSES).map(([course, { name }]) => ({
      id: skillIri(course),
      name,
      validFor: VALID[course],
    })),
    { id: skillIri('press-operation'), name: 'Press operation' },
    ...QUESTIONS.map(([id, of, name]) => ({ id: skillIri(`knows/${id}`), name, parent: skillIri(of) })),
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
    ...REQUIREMENTS.flatMap(({ id, appliesTo }) =>
      appliesTo.value.map((role) => ({ role, skill: skillIri(id), level: 1 })),
    ),
    { role: DEPARTMENTS.Assembly.role, skill: skillIri('press-operation'), level: 2 },
  ],
};
