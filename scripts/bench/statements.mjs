import { createPopulation, PAGES } from './population.mjs';
import { createRandom, createSampler, createUuid, zipfWeights } from './random.mjs';
import { VERBS } from './vocabulary.mjs';

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {import('./population.mjs').Course} Course */
/** @typedef {import('./population.mjs').Page} Page */
/** @typedef {import('./population.mjs').Person} Person */

/**
 * What a query can ask for and is sure to find, taken from one statement that was sent.
 * @typedef {object} Draw
 * @property {string} id
 * @property {Person} actor
 * @property {string} verb
 * @property {string} activity
 * @property {string} registration
 * @property {Person} instructor
 * @property {string} parent
 * @property {number} bytes length of the statement as sent
 */

/** @typedef {{ id: string, actor: Person, verb: { id: string }, object: { id: string }, context: ReturnType<typeof createContext> }} Sent */

/** @typedef {{ text: string, links: number, draw: Draw | undefined }} Generated */

const VERB_IRI = 'http://adlnet.gov/expapi/verbs/';
const TYPE_IRI = 'http://adlnet.gov/expapi/activities/';
const CMI5 = 'https://w3id.org/xapi/cmi5/context';
const FIRST_TIMESTAMP = Date.UTC(2025, 0, 6);
const MS_BETWEEN = 9_000;
const SCORED = new Set(['answered', 'completed', 'passed', 'failed', 'progressed']);
/** Links of every statement: actor, verb, object, registration, grouping, category and the server's authority. */
const COMMON_LINKS = 7;

/** @param {Page} page */
const pageObject = (page) => ({
  objectType: 'Activity',
  id: page.id,
  definition: {
    type: `${TYPE_IRI}${page.question ? 'cmi.interaction' : 'media'}`,
    name: { 'en-US': page.name },
    description: { 'en-US': page.description },
    ...(page.question ? { interactionType: 'choice', correctResponsesPattern: ['c'] } : {}),
  },
});

/** @param {Course} course */
const courseObject = (course) => ({
  objectType: 'Activity',
  id: course.id,
  definition: { type: `${TYPE_IRI}course`, name: { 'en-US': course.name } },
});

/**
 * @param {Random} random
 * @param {string} verb
 */
const createResult = (random, verb) => {
  const raw = Math.round(random() * 100);
  const minutes = Math.floor(random() * 50);
  return {
    score: { scaled: raw / 100, raw, min: 0, max: 100 },
    duration: `PT${minutes}M${Math.floor(random() * 6000) / 100}S`,
    ...(verb === 'answered' ? { response: 'abcd'[Math.floor(random() * 4)], success: raw > 40 } : {}),
    ...(verb === 'completed' ? { completion: true } : {}),
    ...(verb === 'passed' || verb === 'failed' ? { success: verb === 'passed' } : {}),
  };
};

/**
 * @param {Random} random
 * @param {import('./population.mjs').Enrolment} enrolment
 * @param {boolean} inside whether the statement is about a page inside the course
 */
const createContext = (random, { course, registration }, inside) => ({
  registration,
  contextActivities: {
    parent: inside ? [{ objectType: 'Activity', id: course.id }] : undefined,
    grouping: [{ objectType: 'Activity', id: course.program }],
    category: [{ objectType: 'Activity', id: `${CMI5}/categories/cmi5` }],
  },
  instructor: random() < 0.3 ? course.instructor : undefined,
  team: random() < 0.1 ? createTeam(course.team) : undefined,
  platform: 'Example LMS 4.2',
  language: 'en-US',
  extensions: { [`${CMI5}/extensions/sessionid`]: `s-${Math.floor(random() * 1e9).toString(36)}` },
});

/** @param {string} name */
const createTeam = (name) => ({
  objectType: 'Group',
  name: `Team ${name}`,
  account: { homePage: 'https://lms.example.edu/team', name },
});

/**
 * @param {Random} random
 * @param {Page} page
 * @param {(random: Random) => number} verbOf
 */
const pickVerb = (random, page, verbOf) => {
  const { name, course } = /** @type {(typeof VERBS)[number]} */ (VERBS[verbOf(random)]);
  const answered = page.question && !course && random() < 0.7;
  return { verb: answered ? 'answered' : name, whole: course };
};

/** @param {ReturnType<typeof createContext>} context */
const countLinks = ({ contextActivities, instructor, team }) =>
  COMMON_LINKS + [contextActivities.parent, instructor, team].filter((part) => part !== undefined).length;

/**
 * @param {Sent} statement
 * @param {string} text
 * @returns {Draw | undefined} undefined for a statement that not every kind of query can find
 */
const drawFrom = ({ id, actor, verb, object, context }, text) => {
  const { registration, instructor, contextActivities } = context;
  const parent = contextActivities.parent?.[0];
  if (!parent || !instructor) return undefined;
  const ids = { id, verb: verb.id, activity: object.id, registration, parent: parent.id };
  return { ...ids, actor, instructor, bytes: Buffer.byteLength(text) };
};

/**
 * A generator of LMS-like statements, about 1.17 kB each, that a seed decides completely: 8 index links each,
 * about 0.2 terms per statement that were never seen before, Zipf-like courses, pages and verbs.
 * @param {number} seed
 */
export const createStatements = (seed) => {
  const random = createRandom(seed);
  const population = createPopulation(random);
  const verbOf = createSampler(VERBS.map(({ weight }) => weight));
  const pageOf = createSampler(zipfWeights(PAGES, 0.7));
  /** @type {Set<unknown>} */
  const terms = new Set();
  let count = 0;

  /** @returns {Generated} */
  const next = () => {
    const enrolment = population.nextEnrolment();
    const { learner: actor, course, registration } = enrolment;
    const page = /** @type {Page} */ (course.pages[pageOf(random)]);
    const { verb, whole } = pickVerb(random, page, verbOf);
    const statement = {
      id: createUuid(random),
      actor,
      verb: { id: VERB_IRI + verb, display: { 'en-US': verb } },
      object: whole ? courseObject(course) : pageObject(page),
      ...(SCORED.has(verb) ? { result: createResult(random, verb) } : {}),
      context: createContext(random, enrolment, !whole),
      timestamp: new Date(FIRST_TIMESTAMP + count * MS_BETWEEN + Math.floor(random() * 1000)).toISOString(),
    };
    count += 1;
    for (const term of [actor, registration, verb, statement.object.id, course.id]) terms.add(term);
    const text = JSON.stringify(statement);
    return { text, links: countLinks(statement.context), draw: drawFrom(statement, text) };
  };

  return { next, terms: () => terms.size };
};
