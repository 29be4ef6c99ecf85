import { pick } from '../bench/random.mjs';
import { dropMember, memberOf, nameOf, readTree, setMember, stringOf } from './json-tree.mjs';
import { among, isFree, placesOf, REQUIRED } from './places.mjs';
import { RESPELLERS } from './respell.mjs';
import {
  activity,
  actor,
  agent,
  attachment,
  authority,
  context,
  contextActivities,
  definition,
  group,
  identifier,
  nested,
  result,
  statementRef,
  subStatement,
  verb,
  version,
} from './valid-statements.mjs';
import {
  anyJson,
  below,
  boolean,
  duration,
  extensions,
  hex,
  iri,
  languageMap,
  languageTag,
  mailbox,
  mediaType,
  plainIri,
  plainTag,
  sha1,
  sha2,
  string,
  timestamp,
  uuid,
} from './valid-texts.mjs';

/** Another value of the same role is as valid as the one before. */
const SCALARS = {
  ...{
    uuid,
    timestamp,
    duration,
    languageTag,
    mailbox,
    sha1,
    sha2,
    mediaType,
    boolean,
    string,
    any: anyJson,
  },
  length: (random) => String(below(random, 1e9)),
};
const PARTS = {
  actor,
  verb,
  extensions,
  languageMap,
  contextActivities,
  attachment,
  group,
  result,
  authority,
  definition,
};

const isId = ({ pointer }) => pointer === '/id';

/** What is put there stays within the depth that is allowed. */
const isShallow = ({ depth }) => depth <= 90;
const replace = (table) => (random, places) => {
  const mayBe = (one) =>
    table[one.asked] !== undefined && !isId(one) && !isComponentId(one) && isShallow(one);
  const place = among(random, places, mayBe);
  place?.put(readTree(table[place.asked](random)));
  return place !== undefined;
};
const isComponentId = ({ parent }) => parent?.role === 'component';
/** An IRI that is a signature's usage, or the verb of voiding, means more; none of the generated is either. */
const otherIri = replace({ iri });

const addTo = (role, name, make) => (random, places, family) => {
  const place = among(random, places, (one) => one.role === role && one.tree.type === 'object');
  if (place === undefined || memberOf(place.tree, name) !== undefined) return false;
  setMember(place.tree, name, make(random, family));
  return true;
};
const addEntry = (role, key, value) => (random, places) => {
  const place = among(random, places, (one) => one.role === role && one.tree.type === 'object');
  if (place !== undefined) setMember(place.tree, key(random), value(random));
  return place !== undefined;
};

const OPTIONAL = ({ name, parent }) =>
  name !== undefined &&
  [
    'statement',
    'subStatement',
    'verb',
    'activity',
    'result',
    'context',
    'contextActivities',
    'languageMap',
    'extensions',
    'any',
  ].includes(parent.role) &&
  !(REQUIRED[parent.role] ?? []).includes(nameOf(name)) &&
  nameOf(name) !== 'id';
const removeOptional = (random, places) => {
  const place = among(random, places, OPTIONAL);
  if (place !== undefined) dropMember(place.parent.tree, nameOf(place.name));
  return place !== undefined;
};

const toggleLone = (random, places) => {
  const place = among(random, places, ({ asked }) => asked === 'activities');
  if (place === undefined) return false;
  const { tree } = place;
  if (tree.type === 'object') place.put({ type: 'array', items: [tree] });
  else if (tree.items.length > 0) place.put(tree.items[0]);
  return true;
};
const toggleType = (random, places) => {
  const place = among(random, places, ({ asked }) => asked === 'actor' || asked === 'activity');
  const type = stringOf(memberOf(place?.tree, 'objectType'));
  if (place === undefined || type === 'Group') return false;
  if (type === undefined)
    setMember(place.tree, 'objectType', place.asked === 'actor' ? '"Agent"' : '"Activity"');
  else dropMember(place.tree, 'objectType');
  return true;
};
const otherIdentifier = (random, places) => {
  const place = among(random, places, ({ role, asked }) => role === 'agent' && asked !== 'object');
  if (place === undefined) return false;
  dropMember(place.tree, 'mbox', 'mbox_sha1sum', 'openid', 'account');
  const [[name, text]] = Object.entries(identifier(random));
  setMember(place.tree, name, text);
  return true;
};

const otherObject = (random, places, family) => {
  const whole = places[0].tree;
  const make = pick(random, [activity, statementRef, subStatement, group, () => agent(random, '"Agent"')]);
  setMember(whole, 'object', make(random, family));
  const itsContext = memberOf(whole, 'context');
  if (itsContext !== undefined) dropMember(itsContext, 'revision', 'platform');
  return true;
};
const otherContext = (random, places, family) => {
  setMember(places[0].tree, 'context', context(random, family, false));
  return true;
};
const EMPTY = ['result', 'context', 'contextActivities', 'languageMap', 'extensions', 'definition', 'score'];
const empty = (random, places) => {
  const place = among(random, places, ({ asked }) => EMPTY.includes(asked));
  place?.put({ type: 'object', members: [] });
  return place !== undefined;
};
/** At most 100 deep together with what stands around it. */
const deep = (random, places) => {
  const place = among(random, places, isFree);
  place?.put(readTree(nested(random, Math.max(0, 100 - place.depth - below(random, 50)))));
  return place !== undefined;
};
const wide = (random, places) => {
  const place = among(random, places, (one) => isFree(one) && isShallow(one));
  const entries = Array.from({ length: below(random, 500) }, (_, at) => `"k${at}":${at}`);
  place?.put(readTree(`{${entries.join(',')}}`));
  return place !== undefined;
};
const nothing = (random, places) => {
  const place = among(random, places, isFree);
  place?.put(readTree('null'));
  return place !== undefined;
};
const huge = (random, places) => {
  const place = among(
    random,
    places,
    ({ asked, parent }) => asked === 'string' && parent.role !== 'component',
  );
  place?.put({ type: 'atom', text: JSON.stringify(hex(random, 64).repeat(below(random, 200))) });
  return place !== undefined;
};

/** What leaves every statement valid; each answers whether it found a place. */
const KEEPERS = {
  'another scalar': replace(SCALARS),
  'another part': replace(PARTS),
  'another IRI': otherIri,
  'another object': otherObject,
  'another context': otherContext,
  'another identifier': otherIdentifier,
  ...RESPELLERS,
  'one more extension': addEntry('extensions', plainIri, anyJson),
  'one more language': addEntry('languageMap', plainTag, string),
  'an extension that is deep': deep,
  'an extension that is wide': wide,
  'a null in an extension': nothing,
  'a long string': huge,
  'an optional member less': removeOptional,
  'a lone activity, or a list': toggleLone,
  'an objectType that may be left out': toggleType,
  'an empty object': empty,
  'a result': addTo('statement', 'result', result),
  'a timestamp': addTo('statement', 'timestamp', timestamp),
  'a stored of its own': addTo('statement', 'stored', timestamp),
  'an authority of its own': addTo('statement', 'authority', authority),
  'a version': addTo('statement', 'version', version),
  'a definition': addTo('activity', 'definition', definition),
  'extensions in a context': addTo('context', 'extensions', extensions),
  'extensions in a result': addTo('result', 'extensions', extensions),
  contextActivities: addTo('context', 'contextActivities', contextActivities),
  'a language': addTo('context', 'language', languageTag),
  'an attachment elsewhere': addTo('statement', 'attachments', (random) => `[${attachment(random)}]`),
  'a duration': addTo('result', 'duration', duration),
  'a mailbox of a group': addTo('context', 'team', group),
};

/**
 * Changes a statement by one to four of the keepers.
 * @param {import('./json-tree.mjs').Tree} tree
 * @returns {string[]} what was done
 */
export const keepValid = (random, tree, family) => {
  const names = Object.keys(KEEPERS);
  const wanted = Array.from({ length: 1 + below(random, 4) }, () => pick(random, names));
  return wanted.filter((name) => KEEPERS[name](random, placesOf(tree), family));
};
