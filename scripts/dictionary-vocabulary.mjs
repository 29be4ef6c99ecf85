/** The vocabulary that statements are made of, and chance for all the rest. */

export const words = (text) => text.trim().split(/\s+/);

export const ADL =
  words(`experienced answered interacted progressed completed passed failed initialized terminated launched
  attempted suspended resumed scored registered exited commented shared mastered responded asked imported preferred
  abandoned satisfied waived voided created`).map((name) => [`http://adlnet.gov/expapi/verbs/${name}`, name]);
export const CMI5 = words('abandoned satisfied waived').map((name) => [
  `https://w3id.org/xapi/adl/verbs/${name}`,
  name,
]);
export const VIDEO = words('played paused seeked').map((name) => [
  `https://w3id.org/xapi/video/verbs/${name}`,
  name,
]);
export const OTHER = [
  ['http://id.tincanapi.com/verb/viewed', 'viewed'],
  ['http://id.tincanapi.com/verb/earned', 'earned'],
  ['http://id.tincanapi.com/verb/rated', 'rated'],
  ['http://id.tincanapi.com/verb/downloaded', 'downloaded'],
  ['http://id.tincanapi.com/verb/bookmarked', 'bookmarked'],
  ['http://id.tincanapi.com/verb/unregistered', 'unregistered'],
  ['http://activitystrea.ms/schema/1.0/receive', 'received'],
  ['http://activitystrea.ms/schema/1.0/create', 'created'],
  ['http://activitystrea.ms/schema/1.0/join', 'joined'],
  ['http://activitystrea.ms/schema/1.0/leave', 'left'],
  ['https://w3id.org/xapi/acrossx/verbs/evaluated', 'evaluated'],
  ['https://w3id.org/xapi/acrossx/verbs/posted', 'posted'],
  ['https://w3id.org/xapi/acrossx/verbs/searched', 'searched'],
  ['https://w3id.org/xapi/adl/verbs/logged-in', 'logged in'],
  ['https://w3id.org/xapi/adl/verbs/logged-out', 'logged out'],
];
export const ADL_TYPES =
  words(`course module lesson media assessment question cmi.interaction interaction performance
  simulation meeting file link objective profile attempt`);
export const OTHER_TYPES =
  words(`https://w3id.org/xapi/cmi5/activitytype/course https://w3id.org/xapi/cmi5/activitytype/block
  https://w3id.org/xapi/video/activity-type/video https://w3id.org/xapi/acrossx/activities/video
  http://activitystrea.ms/schema/1.0/page http://activitystrea.ms/schema/1.0/badge
  http://id.tincanapi.com/activitytype/lms http://id.tincanapi.com/activitytype/school-assignment
  http://id.tincanapi.com/activitytype/chapter http://id.tincanapi.com/activitytype/slide
  http://id.tincanapi.com/activitytype/forum-topic http://id.tincanapi.com/activitytype/resource
  http://id.tincanapi.com/activitytype/source http://id.tincanapi.com/activitytype/site
  http://id.tincanapi.com/activitytype/category http://activitystrea.ms/schema/1.0/group`);
const PROSE =
  words(`the and of to in a is for you with on are this that your what which how when from following
  course module lesson unit chapter part section introduction overview welcome summary conclusion question quiz test
  exam assessment final review practice exercise activity video page slide topic scenario case study guide training
  learning safety health security data protection work workplace management project customer service team
  communication skills basics fundamentals advanced process system equipment choose select all that apply correct
  answer best describes true false would should before after more about using and the of to in`);
const SYLLABLES = words(
  'ba co da el fi ga ho in ja ko lu ma ne or pa qui ro sa to un va wi xe yo ze an er is on ut',
);
export const LANGUAGES = [
  'en-US',
  'en-US',
  'en-US',
  'en-US',
  'en',
  'und',
  'en-GB',
  'de-DE',
  'de',
  'fr-FR',
  'es-ES',
  'es',
];

/** A generator of numbers in [0, 1) (mulberry32). */
export const random = (seed) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

/** Encloses what chance made inside of a string, so that the builder can leave it out. */
export const MARK = '\uE000';
const atom = (text) => `${MARK}${text}${MARK}`;

/** What every shape below is made with; `r` is the source of chance. */
export const makers = (r) => {
  const below = (n) => Math.floor(r() * n);
  const oneOf = (list) => list[below(list.length)];
  const often = (list) => list[Math.floor(r() ** 2.5 * list.length)];
  const chance = (p) => r() < p;
  const digitsOf16 = (n) => Array.from({ length: n }, () => below(16).toString(16)).join('');
  const hex = (n) => atom(digitsOf16(n));
  const uuid = () =>
    atom(
      `${digitsOf16(8)}-${digitsOf16(4)}-${oneOf(['4', '4', '5'])}${digitsOf16(3)}-${oneOf('89ab')}${digitsOf16(3)}-${digitsOf16(12)}`,
    );
  const syllables = () => Array.from({ length: 2 + below(2) }, () => oneOf(SYLLABLES)).join('');
  const name = () => atom(syllables());
  const title = () => atom(syllables().replace(/^./, (first) => first.toUpperCase()));
  const host = () =>
    `${oneOf(['lms.', 'learn.', 'moodle.', 'courses.', 'www.', ''])}${name()}.${oneOf(['com', 'org', 'edu', 'net', 'de', 'fr'])}`;
  const site = () => `${oneOf(['https://', 'https://', 'http://'])}${host()}`;
  const prose = (n) => Array.from({ length: n }, () => oneOf(PROSE)).join(' ');
  const heading = () => prose(1 + below(4)).replace(/^./, (first) => first.toUpperCase());
  const map = (text, language = oneOf(LANGUAGES)) => ({ [language]: text });
  const digits = (n) => atom(String(below(10 ** n)).padStart(n, '0'));
  const time = () => `202${5 + below(3)}-${digits(2)}-${digits(2)}T${digits(2)}:${digits(2)}:${digits(2)}`;
  const duration = () =>
    oneOf([
      `PT${digits(2)}M${digits(2)}S`,
      `PT${digits(2)}.${digits(2)}S`,
      `PT${digits(1)}M${digits(2)}.${digits(2)}S`,
      `PT${digits(3)}S`,
      `PT0H${digits(1)}M${digits(2)}S`,
    ]);
  return {
    below,
    oneOf,
    often,
    chance,
    hex,
    uuid,
    name,
    title,
    site,
    host,
    prose,
    heading,
    map,
    digits,
    time,
    duration,
  };
};

/** Members in the order of their keys in one of the ways that clients write them. */
export const agent = (m) => {
  const full = `${m.title()} ${m.title()}`;
  const account = m.chance(0.6)
    ? { homePage: m.site(), name: m.oneOf([m.uuid(), m.digits(5), m.name()]) }
    : { name: m.oneOf([m.uuid(), m.digits(5), m.name()]), homePage: m.site() };
  const mbox = `mailto:${m.name()}${m.oneOf(['.', '', '_'])}${m.name()}@${m.host()}`;
  return m.oneOf([
    { objectType: 'Agent', name: full, account },
    { objectType: 'Agent', account },
    { objectType: 'Agent', name: full, mbox },
    { objectType: 'Agent', name: full, mbox },
    { objectType: 'Agent', name: full, account },
    { account, objectType: 'Agent' },
    { account, name: full, objectType: 'Agent' },
    { name: full, mbox },
    { mbox, name: full, objectType: 'Agent' },
    { mbox },
    { account },
    { name: full, account },
  ]);
};

export const verb = (m, list, index) => {
  const [id, name] = index === undefined ? m.often(list) : list[index];
  const display = m.chance(0.8) ? { 'en-US': name } : m.map(name);
  return m.chance(0.95) ? { id, display } : { id };
};

export const named = (m, verbs, name) =>
  verb(
    m,
    verbs,
    verbs.findIndex(([, each]) => each === name),
  );

export const score = (m, max = m.oneOf([100, 100, 10, 1])) => {
  const raw = m.below(max + 1);
  return m.oneOf([
    { scaled: raw / max, raw, min: 0, max },
    { scaled: raw / max, raw, min: 0, max },
    { raw, min: 0, max },
    { scaled: raw / max },
    { min: 0, max, raw, scaled: raw / max },
    { max, min: 0, raw, scaled: raw / max },
  ]);
};

export const activity = (m, type, id = `${m.site()}/${m.name()}/${m.uuid()}`, extra = {}) =>
  m.chance(0.7)
    ? { objectType: 'Activity', id, definition: { type, name: m.map(m.heading()), ...extra } }
    : { id, objectType: 'Activity', definition: { name: m.map(m.heading()), type, ...extra } };

export const adlType = (name) => `http://adlnet.gov/expapi/activities/${name}`;
