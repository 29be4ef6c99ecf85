import { pick } from '../bench/random.mjs';
import {
  anyJson,
  below,
  boolean,
  chance,
  duration,
  extensions,
  iri,
  languageMap,
  languageTag,
  mailbox,
  mediaType,
  plainString,
  plainUuid,
  sha1,
  sha2,
  string,
  timestamp,
  uuid,
} from './valid-texts.mjs';

/** Every function here gives the JSON text of a part of a statement that the standard allows, in either version. */

const object = (members) =>
  `{${Object.entries(members)
    .filter(([, text]) => text !== undefined)
    .map(([name, text]) => `${JSON.stringify(name)}:${text}`)
    .join(',')}}`;
const sometimes = (random, share, make) => (chance(random, share) ? make(random) : undefined);
const several = (random, least, most, make) =>
  `[${Array.from({ length: least + below(random, most - least + 1) }, () => make(random)).join(',')}]`;

const account = (random) => object({ homePage: iri(random), name: string(random) });
const IDENTIFIERS = [
  ['mbox', mailbox],
  ['mbox_sha1sum', sha1],
  ['openid', iri],
  ['account', account],
];
export const identifier = (random) => {
  const [name, make] = pick(random, IDENTIFIERS);
  return { [name]: make(random) };
};

export const agent = (random, objectType = sometimes(random, 0.5, () => '"Agent"')) =>
  object({ objectType, name: sometimes(random, 0.3, string), ...identifier(random) });
const members = (random) => several(random, 1, 3, agent);
export const group = (random) => {
  const common = { objectType: '"Group"', name: sometimes(random, 0.3, string) };
  if (chance(random, 0.4)) return object({ ...common, member: members(random) });
  return object({ ...common, ...identifier(random), member: sometimes(random, 0.4, members) });
};
export const actor = (random) => (chance(random, 0.8) ? agent(random) : group(random));
export const authority = (random) =>
  chance(random, 0.7)
    ? agent(random)
    : object({ objectType: '"Group"', member: `[${agent(random)},${agent(random)}]` });

export const verb = (random) => object({ id: iri(random), display: sometimes(random, 0.6, languageMap) });

const components = (random) => {
  const ids = [...new Set(Array.from({ length: below(random, 4) }, () => plainString(random)))];
  return `[${ids.map((id) => object({ id: JSON.stringify(id), description: sometimes(random, 0.5, languageMap) })).join(',')}]`;
};
export const INTERACTION_TYPES =
  'true-false choice fill-in long-fill-in matching performance sequencing likert numeric other'.split(' ');
const COMPONENT_LISTS = ['choices', 'scale', 'source', 'target', 'steps'];
const interaction = (random) => {
  const lists = COMPONENT_LISTS.map((name) => [name, sometimes(random, 0.3, components)]);
  return {
    interactionType: JSON.stringify(pick(random, INTERACTION_TYPES)),
    correctResponsesPattern: sometimes(random, 0.6, () => several(random, 0, 3, string)),
    ...Object.fromEntries(lists),
  };
};
export const definition = (random) =>
  object({
    name: sometimes(random, 0.6, languageMap),
    description: sometimes(random, 0.3, languageMap),
    type: sometimes(random, 0.5, iri),
    moreInfo: sometimes(random, 0.2, iri),
    extensions: sometimes(random, 0.3, extensions),
    ...(chance(random, 0.3) ? interaction(random) : {}),
  });
export const activity = (random) =>
  object({
    objectType: sometimes(random, 0.5, () => '"Activity"'),
    id: iri(random),
    definition: sometimes(random, 0.5, definition),
  });
export const statementRef = (random) => object({ objectType: '"StatementRef"', id: uuid(random) });

export const SCORES = [
  '{"scaled":0.95}',
  '{"scaled":-1,"raw":0,"min":-10.50,"max":1e2}',
  '{"raw":12345678901234567890}',
  '{"min":0,"max":100}',
  '{"scaled":1.000,"raw":100,"min":0,"max":100.0}',
  '{}',
];
const score = (random) => pick(random, SCORES);
export const result = (random) =>
  object({
    score: sometimes(random, 0.5, score),
    success: sometimes(random, 0.4, boolean),
    completion: sometimes(random, 0.4, boolean),
    response: sometimes(random, 0.4, string),
    duration: sometimes(random, 0.5, duration),
    extensions: sometimes(random, 0.4, extensions),
  });

const activities = (random) => (chance(random, 0.4) ? activity(random) : several(random, 0, 2, activity));
export const contextActivities = (random) =>
  object({
    parent: sometimes(random, 0.4, activities),
    grouping: sometimes(random, 0.3, activities),
    category: sometimes(random, 0.3, activities),
    other: sometimes(random, 0.2, activities),
  });
const relevantTypes = (random) => several(random, 1, 2, iri);
const contextAgent = (random) =>
  object({
    objectType: '"contextAgent"',
    agent: agent(random),
    relevantTypes: sometimes(random, 0.5, relevantTypes),
  });
const contextGroup = (random) =>
  object({
    objectType: '"contextGroup"',
    group: group(random),
    relevantTypes: sometimes(random, 0.5, relevantTypes),
  });
const onlyIn2 = (random) => ({
  contextAgents: sometimes(random, 0.3, () => several(random, 0, 2, contextAgent)),
  contextGroups: sometimes(random, 0.3, () => several(random, 0, 2, contextGroup)),
});
export const context = (random, family, isAboutActivity) =>
  object({
    registration: sometimes(random, 0.5, uuid),
    instructor: sometimes(random, 0.3, actor),
    team: sometimes(random, 0.2, group),
    contextActivities: sometimes(random, 0.5, contextActivities),
    revision: isAboutActivity ? sometimes(random, 0.2, string) : undefined,
    platform: isAboutActivity ? sometimes(random, 0.2, string) : undefined,
    language: sometimes(random, 0.3, languageTag),
    statement: sometimes(random, 0.2, statementRef),
    extensions: sometimes(random, 0.4, extensions),
    ...(family === '2.0.0' ? onlyIn2(random) : {}),
  });

/** One that needs no part of its own. */
export const attachment = (random) =>
  object({
    usageType: iri(random),
    display: languageMap(random),
    description: sometimes(random, 0.3, languageMap),
    contentType: mediaType(random),
    length: String(below(random, 1e6)),
    sha2: sha2(random),
    fileUrl: iri(random),
  });

const OTHER_OBJECTS = [(random) => agent(random, '"Agent"'), group, statementRef];
const inner = (random, family, objects) => {
  const isAboutActivity = chance(random, 0.7);
  return {
    actor: actor(random),
    verb: verb(random),
    object: isAboutActivity ? activity(random) : pick(random, objects)(random, family),
    result: sometimes(random, 0.5, result),
    context: sometimes(random, 0.6, () => context(random, family, isAboutActivity)),
    timestamp: sometimes(random, 0.6, timestamp),
    attachments: sometimes(random, 0.1, () => several(random, 0, 2, attachment)),
  };
};
export const subStatement = (random, family) =>
  object({ objectType: '"SubStatement"', ...inner(random, family, OTHER_OBJECTS) });

const VERSIONS = { '1.0.3': ['1.0', '1.0.0', '1.0.9'], '2.0.0': ['1.0.3', '2.0', '2.0.0', '2.0.1'] };
export const version = (random, family) => JSON.stringify(pick(random, VERSIONS[family]));

/** A whole statement with an id that no other has. */
export const statement = (random, family) =>
  object({
    id: JSON.stringify(plainUuid(random)),
    ...inner(random, family, [...OTHER_OBJECTS, subStatement]),
    stored: sometimes(random, 0.1, timestamp),
    authority: sometimes(random, 0.1, authority),
    version: sometimes(random, 0.2, () => version(random, family)),
  });

/** An extension's value that nests so deep. */
export const nested = (random, depth) =>
  chance(random, 0.5)
    ? `${'['.repeat(depth)}${anyJson(random, 0)}${']'.repeat(depth)}`
    : `${'{"a":'.repeat(depth)}${anyJson(random, 0)}${'}'.repeat(depth)}`;
