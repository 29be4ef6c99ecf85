import { pick } from '../bench/random.mjs';
import { BREAKERS_OF_WHOLE } from './break-whole.mjs';
import { hasInvalid, plainInvalid } from './invalid-texts.mjs';
import { dropMember, memberOf, nameOf, readTree, setMember } from './json-tree.mjs';
import { among, isFree, placesOf, REQUIRED, SHAPES } from './places.mjs';
import { agent, group } from './valid-statements.mjs';
import { chance } from './valid-texts.mjs';

/**
 * What makes every valid statement one that has to be refused. Each answers the pointer of the place where the problem
 * has to be told, or undefined when there is no such place.
 */

const put = (place, text) => {
  place?.put(readTree(text));
  return place?.pointer;
};
const isBound = (place) => !isFree(place) && place.parent !== undefined;
const isClosed = ({ role, tree }) => SHAPES[role] !== undefined && tree.type === 'object';

const toNull = (random, places) => put(among(random, places, isBound), 'null');

const OF_OTHER_TYPE = {
  string: ['5', 'true', '{}', '["a"]', 'null'],
  number: ['"0.5"', 'true', '{}', '[1]'],
  boolean: ['"true"', '1', '{}', '[true]'],
  length: ['"1"', '1.5', '-1', '{}', '1e-1'],
  object: ['"x"', '5', 'true', '[[]]', '[null]'],
  array: ['"x"', '5', 'true'],
};
const typeAsked = ({ asked, tree }) => {
  if (tree.type !== 'atom') return tree.type;
  return asked in OF_OTHER_TYPE ? asked : 'string';
};
const toOtherType = (random, places) => {
  const place = among(random, places, isBound);
  return place === undefined ? undefined : put(place, pick(random, OF_OTHER_TYPE[typeAsked(place)]));
};

const withoutRequired = (random, places) => {
  // A Group that has an identifier and does not say what it is, is an Agent.
  const mayGo = ({ parent, name }) =>
    name !== undefined &&
    (REQUIRED[parent.role] ?? []).includes(nameOf(name)) &&
    !(parent.role === 'group' && parent.asked === 'actor');
  const place = among(random, places, mayGo);
  if (place === undefined) return undefined;
  dropMember(place.parent.tree, nameOf(place.name));
  return place.parent.pointer;
};

const NAMES = [
  'extra',
  'Id',
  '',
  '__proto__',
  'constructor',
  'extensions ',
  'é',
  '$',
  'a/b~c',
  'toString',
  'mbox ',
  'idd',
];
const unknownMember = (random, places) => {
  const place = among(random, places, isClosed);
  setMember(place.tree, pick(random, NAMES), '"x"');
  return place.pointer;
};
const otherCase = (random, places) => {
  const place = among(
    random,
    places,
    ({ parent, name }) => parent !== undefined && name !== undefined && isClosed(parent),
  );
  const name = nameOf(place.name);
  const member = place.parent.tree.members.find(({ key }) => key === place.name);
  member.key = JSON.stringify(
    chance(random, 0.5) ? name.toUpperCase() : name[0].toUpperCase() + name.slice(1),
  );
  return place.parent.pointer;
};
const escapedFirst = (key) => {
  const name = nameOf(key);
  if (name === '') return key;
  return `"\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}${JSON.stringify(name.slice(1)).slice(1)}`;
};
const repeatedKey = (random, places) => {
  const place = among(random, places, ({ tree }) => tree.type === 'object' && tree.members.length > 0);
  const member = pick(random, place.tree.members);
  const key = chance(random, 0.5) ? member.key : escapedFirst(member.key);
  place.tree.members.push({ key, value: chance(random, 0.5) ? member.value : readTree('1') });
  return place.pointer;
};

const wrongFormat = (random, places) => {
  const place = among(random, places, (one) => hasInvalid(one.asked) && !isFree(one));
  return place === undefined ? undefined : put(place, JSON.stringify(plainInvalid(random, place.asked)));
};
const wrongKey = (role, asked) => (random, places) => {
  const place = among(random, places, (one) => one.role === role && one.tree.type === 'object');
  if (place === undefined) return undefined;
  setMember(place.tree, plainInvalid(random, asked), role === 'extensions' ? '1' : '"x"');
  return place.pointer;
};
const wrongMapValue = (random, places) => {
  const place = among(random, places, ({ role }) => role === 'languageMap');
  if (place?.tree.type !== 'object') return undefined;
  setMember(place.tree, 'en', pick(random, OF_OTHER_TYPE.string));
  return place.pointer;
};

const IDENTIFIERS = ['mbox', 'mbox_sha1sum', 'openid', 'account'];
const isActor = ({ role, tree }) => (role === 'agent' || role === 'group') && tree.type === 'object';
const identifierOf = (tree) => IDENTIFIERS.find((name) => memberOf(tree, name) !== undefined);
const twoIdentifiers = (random, places) => {
  const place = among(random, places, (one) => isActor(one) && identifierOf(one.tree) !== undefined);
  if (place === undefined) return undefined;
  const other =
    identifierOf(place.tree) === 'mbox' ? ['openid', '"http://e.org/1"'] : ['mbox', '"mailto:a@b"'];
  setMember(place.tree, ...other);
  return place.pointer;
};
const noIdentifier = (random, places) => {
  const place = among(random, places, (one) => one.role === 'agent' && one.tree.type === 'object');
  if (place === undefined) return undefined;
  dropMember(place.tree, ...IDENTIFIERS);
  return place.pointer;
};
const emptyGroup = (random, places) => {
  const place = among(random, places, (one) => one.role === 'group' && one.tree.type === 'object');
  if (place === undefined) return undefined;
  dropMember(place.tree, ...IDENTIFIERS, 'member');
  if (chance(random, 0.5)) setMember(place.tree, 'member', '[]');
  return place.pointer;
};
const memberOfAgent = (random, places) => {
  const place = among(random, places, (one) => one.role === 'agent' && one.tree.type === 'object');
  if (place === undefined) return undefined;
  setMember(place.tree, 'member', `[${agent(random)}]`);
  return place.pointer;
};
const groupInGroup = (random, places) => {
  setMember(places[0].tree, 'actor', `{"objectType":"Group","member":[${group(random)}]}`);
  return '/actor/member/0';
};

const nullElement = (random, places) => {
  const place = among(random, places, ({ tree, role }) => tree.type === 'array' && role.startsWith('['));
  place?.tree.items.push(readTree('null'));
  return place?.pointer;
};

const BREAKERS = {
  'a null': toNull,
  'another type': toOtherType,
  'a required member less': withoutRequired,
  'an unknown member': unknownMember,
  'a key in another case': otherCase,
  'a repeated key': repeatedKey,
  'a wrong format': wrongFormat,
  'a key that is no IRI': wrongKey('extensions', 'iri'),
  'a key that is no language': wrongKey('languageMap', 'languageTag'),
  'no string in a map': wrongMapValue,
  'two identifiers': twoIdentifiers,
  'no identifier': noIdentifier,
  'a group of nobody': emptyGroup,
  'an agent with members': memberOfAgent,
  'a group in a group': groupInGroup,
  ...BREAKERS_OF_WHOLE,
  'a null in a list': nullElement,
};

/**
 * Makes a valid statement one that has to be refused.
 * @param {import('./json-tree.mjs').Tree} tree
 * @returns {{ name: string, pointer: string }} what was done, and where the problem is
 */
export const breakRule = (random, tree, family) => {
  for (;;) {
    const name = pick(random, Object.keys(BREAKERS));
    const pointer = BREAKERS[name](random, placesOf(tree), family);
    if (pointer !== undefined) return { name, pointer };
  }
};
