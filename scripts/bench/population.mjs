import { createSampler, createUuid, pick, zipfWeights } from './random.mjs';
import { FAMILY_NAMES, GIVEN_NAMES, PHRASES, SUBJECTS } from './vocabulary.mjs';

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {{ objectType: 'Agent', name: string, mbox?: string, account?: { homePage: string, name: string } }} Person */
/** @typedef {{ id: string, name: string, description: string, question: boolean }} Page */
/** @typedef {{ id: string, name: string, program: string, instructor: Person, team: string, pages: Page[] }} Course */
/** @typedef {{ learner: Person, course: Course, registration: string }} Enrolment */

const LMS = 'https://lms.example.edu';
const COURSES = 250;
/** Of each course. */
export const PAGES = 24;
const INSTRUCTORS = 120;
/** Of all statements, the part that begins an enrolment (and so brings a new registration). */
const NEW_ENROLMENT = 0.12;
/** Of all enrolments, the part whose learner was never seen before. */
const NEW_LEARNER = 0.5;
/** Statements after which an enrolment that nobody continued is forgotten. */
const RECENT = 20_000;
/** Enrolments under way when the first statement is sent. */
const AT_FIRST = 800;

/**
 * @param {Random} random
 * @param {number} number
 * @returns {Person}
 */
const createLearner = (random, number) => {
  const name = `${pick(random, GIVEN_NAMES)} ${pick(random, FAMILY_NAMES)}`;
  if (random() < 0.5) return { objectType: 'Agent', name, account: { homePage: LMS, name: `u${number}` } };
  const address = `${name.toLowerCase().replace(' ', '.')}.${number}@example.edu`;
  return { objectType: 'Agent', name, mbox: `mailto:${address}` };
};

/**
 * @param {number} number
 * @returns {Person}
 */
const createInstructor = (number) => ({
  objectType: 'Agent',
  name: `Instructor ${FAMILY_NAMES[number % FAMILY_NAMES.length]}`,
  mbox: `mailto:instructor${number}@example.edu`,
});

/**
 * @param {Random} random
 * @param {string} course
 * @param {string} subject
 * @param {number} number
 * @returns {Page}
 */
const createPage = (random, course, subject, number) => {
  const question = number % 3 === 0;
  const kind = question ? 'question' : 'page';
  return {
    id: `${course}/module/${Math.floor(number / 6)}/${kind}/${createUuid(random).slice(0, 8)}`,
    name: `${subject} ${kind} ${number + 1}`,
    description: `${pick(random, PHRASES)}; ${pick(random, PHRASES)}`,
    question,
  };
};

/**
 * @param {Random} random
 * @param {number} number
 * @param {readonly Person[]} instructors
 * @returns {Course}
 */
const createCourse = (random, number, instructors) => {
  const id = `${LMS}/xapi/course/${1000 + number}`;
  const subject = pick(random, SUBJECTS);
  return {
    id,
    name: `${subject} ${101 + number}`,
    program: `${LMS}/xapi/program/${number % 12}`,
    instructor: pick(random, instructors),
    team: `t${number % 40}`,
    pages: Array.from({ length: PAGES }, (_, page) => createPage(random, id, subject, page)),
  };
};

/**
 * The people and courses behind the statements. Enrolments come and go: a statement either begins one or continues
 * one of the recent statements, so that sizes are heavy-tailed and new terms keep coming at the same rate.
 * @param {Random} random
 */
export const createPopulation = (random) => {
  const instructors = Array.from({ length: INSTRUCTORS }, (_, number) => createInstructor(number));
  const courses = Array.from({ length: COURSES }, (_, number) => createCourse(random, number, instructors));
  const courseOf = createSampler(zipfWeights(COURSES, 0.9));
  /** @type {Enrolment[]} */
  const enrolments = [];
  let statements = 0;
  let learners = 0;

  const enrol = () => {
    const known = enrolments.length > 0 && random() >= NEW_LEARNER;
    const learner = known ? pick(random, enrolments).learner : createLearner(random, 100_000 + learners++);
    const course = /** @type {Course} */ (courses[courseOf(random)]);
    return enrolments.push({ learner, course, registration: createUuid(random) }) - 1;
  };
  for (let index = 0; index < AT_FIRST; index += 1) enrol();
  const recent = Uint32Array.from({ length: RECENT }, (_, index) => index % AT_FIRST);

  return {
    /** The enrolment that the next statement is about. */
    nextEnrolment: () => {
      const continued = /** @type {number} */ (recent[Math.floor(random() * RECENT)]);
      const index = random() < NEW_ENROLMENT ? enrol() : continued;
      recent[statements % RECENT] = index;
      statements += 1;
      return /** @type {Enrolment} */ (enrolments[index]);
    },
  };
};
