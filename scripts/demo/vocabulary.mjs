const ADL = 'http://adlnet.gov/expapi/verbs/';
const TINCAN = 'http://id.tincanapi.com/verb/';
const TLA = 'https://w3id.org/xapi/tla/verbs/';
const named = (names, base) => Object.fromEntries(names.map((name) => [name, `${base}${name}`]));

const ADL_VERBS = [
  ...['answered', 'asked', 'attended', 'commented', 'completed', 'experienced', 'failed', 'initialized'],
  ...['launched', 'passed', 'progressed', 'registered', 'shared', 'terminated', 'voided'],
];

/** IRIs of verbs, by what they are displayed as. @type {Readonly<Record<string, string>>} */
export const VERBS = {
  ...named(ADL_VERBS, ADL),
  ...named(['satisfied', 'waived'], 'https://w3id.org/xapi/adl/verbs/'),
  ...named(['bookmarked', 'mentored', 'unregistered'], TINCAN),
  ...named(['asserted', 'scored'], TLA),
  ...named(['searched', 'was-assigned'], 'https://w3id.org/xapi/acrossx/verbs/'),
  performed: 'https://w3id.org/xapi/dod-isd/verbs/performed',
  // Nobody has mapped these.
  ...named(['teleported'], 'https://vr.example/verbs/'),
  ...named(['swiped'], 'https://phone.example/verbs/'),
  ...named(['pinned'], 'https://forum.example/verbs/'),
};

const ADL_TYPE = 'http://adlnet.gov/expapi/activities/';

/** IRIs of activity types. */
export const TYPES = {
  course: 'https://w3id.org/xapi/cmi5/activitytype/course',
  lesson: `${ADL_TYPE}lesson`,
  assessment: `${ADL_TYPE}assessment`,
  question: `${ADL_TYPE}cmi.interaction`,
  simulation: `${ADL_TYPE}simulation`,
  performance: `${ADL_TYPE}performance`,
  meeting: `${ADL_TYPE}meeting`,
  topic: 'http://id.tincanapi.com/activitytype/forum-topic',
  report: 'http://id.tincanapi.com/activitytype/school-assignment',
  competency: 'https://w3id.org/xapi/tla/activity-types/competency',
};

const CMI5 = 'https://w3id.org/xapi/cmi5/context';
export const CMI5_CATEGORY = { id: `${CMI5}/categories/cmi5` };
export const MOVE_ON_CATEGORY = { id: `${CMI5}/categories/moveon` };

/** IRIs of extensions. */
export const EXTENSIONS = {
  due: 'https://w3id.org/xapi/tla/extensions/due_date',
  confidence: 'https://w3id.org/xapi/tla/extensions/confidence',
  session: `${CMI5}/extensions/sessionid`,
  mastery: `${CMI5}/extensions/masteryscore`,
  progress: 'https://w3id.org/xapi/cmi5/result/extensions/progress',
  reason: 'https://w3id.org/xapi/cmi5/result/extensions/reason',
  setting: 'urn:cairn:setting',
  level: 'urn:cairn:level',
  kind: 'urn:cairn:kind',
  headset: 'https://vr.example/x/headset',
  checklist: 'https://vr.example/x/checklist',
};

/** Where each source's activities are. */
export const PLACES = {
  lms: 'https://lms.example',
  phone: 'https://phone.example',
  vr: 'https://vr.example',
  quiz: 'https://quiz.example',
  forum: 'https://forum.example',
  tasks: 'https://ops.example/tasks',
  skills: 'https://skills.example',
};

/** What the tools call themselves. */
export const PLATFORMS = {
  lms: 'Hartwerk Academy',
  phone: 'Hartwerk Go',
  vr: 'SafeSim VR',
  quiz: 'Daily Five',
  forum: 'Hartwerk Commons',
};

/** @param {string} id @param {string} type @param {string} [name] */
export const activity = (id, type, name) => ({
  id,
  definition: { type, ...(name === undefined ? {} : { name: { en: name } }) },
});

/** @param {string} skill */
export const skillIri = (skill) => `${PLACES.skills}/${skill}`;
/** @param {string} course */
export const courseIri = (course) => `${PLACES.lms}/course/${course}`;
