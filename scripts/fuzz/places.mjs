import { pick } from '../bench/random.mjs';
import { memberOf, nameOf, stringOf } from './json-tree.mjs';

/** Where each role's members lead; `[x` is a list of x. What is not named here is not allowed there. */
export const SHAPES = {
  statement: {
    ...{ id: 'uuid', actor: 'actor', verb: 'verb', object: 'object', result: 'result', context: 'context' },
    ...{ timestamp: 'timestamp', stored: 'timestamp', authority: 'authority', version: 'version' },
    attachments: '[attachment',
  },
  subStatement: {
    ...{ objectType: 'type', actor: 'actor', verb: 'verb', object: 'object', result: 'result' },
    ...{ context: 'context', timestamp: 'timestamp', attachments: '[attachment' },
  },
  agent: {
    ...{ objectType: 'type', name: 'string', mbox: 'mailbox', mbox_sha1sum: 'sha1', openid: 'iri' },
    account: 'account',
  },
  group: {
    ...{ objectType: 'type', name: 'string', mbox: 'mailbox', mbox_sha1sum: 'sha1', openid: 'iri' },
    ...{ account: 'account', member: '[agent' },
  },
  account: { homePage: 'iri', name: 'string' },
  verb: { id: 'iri', display: 'languageMap' },
  activity: { objectType: 'type', id: 'iri', definition: 'definition' },
  definition: {
    ...{
      name: 'languageMap',
      description: 'languageMap',
      type: 'iri',
      moreInfo: 'iri',
      extensions: 'extensions',
    },
    ...{ interactionType: 'interactionType', correctResponsesPattern: '[string', choices: '[component' },
    ...{ scale: '[component', source: '[component', target: '[component', steps: '[component' },
  },
  component: { id: 'string', description: 'languageMap' },
  statementRef: { objectType: 'type', id: 'uuid' },
  result: {
    ...{ score: 'score', success: 'boolean', completion: 'boolean', response: 'string' },
    ...{ duration: 'duration', extensions: 'extensions' },
  },
  score: { scaled: 'number', raw: 'number', min: 'number', max: 'number' },
  context: {
    ...{ registration: 'uuid', instructor: 'actor', team: 'group', contextActivities: 'contextActivities' },
    ...{ revision: 'string', platform: 'string', language: 'languageTag', statement: 'statementRef' },
    ...{ extensions: 'extensions', contextAgents: '[contextAgent', contextGroups: '[contextGroup' },
  },
  contextActivities: {
    ...{ parent: 'activities', grouping: 'activities', category: 'activities', other: 'activities' },
  },
  contextAgent: { objectType: 'type', agent: 'agent', relevantTypes: '[iri' },
  contextGroup: { objectType: 'type', group: 'group', relevantTypes: '[iri' },
  attachment: {
    ...{ usageType: 'iri', display: 'languageMap', description: 'languageMap', contentType: 'mediaType' },
    ...{ length: 'length', sha2: 'sha2', fileUrl: 'iri' },
  },
};

export const REQUIRED = {
  statement: ['actor', 'verb', 'object'],
  subStatement: ['objectType', 'actor', 'verb', 'object'],
  group: ['objectType'],
  account: ['homePage', 'name'],
  verb: ['id'],
  activity: ['id'],
  component: ['id'],
  statementRef: ['objectType', 'id'],
  contextAgent: ['objectType', 'agent'],
  contextGroup: ['objectType', 'group'],
  attachment: ['usageType', 'display', 'contentType', 'length', 'sha2'],
};

/** Names come from what is generated, and may be those of every object. */
const ownOf = (table, name) => (table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined);
const ACTORS = { Group: 'group' };
const OBJECTS = {
  Agent: 'agent',
  Group: 'group',
  StatementRef: 'statementRef',
  SubStatement: 'subStatement',
};
const RESOLVED = {
  actor: (tree) => ownOf(ACTORS, stringOf(memberOf(tree, 'objectType'))) ?? 'agent',
  authority: (tree) => ownOf(ACTORS, stringOf(memberOf(tree, 'objectType'))) ?? 'agent',
  object: (tree) => ownOf(OBJECTS, stringOf(memberOf(tree, 'objectType'))) ?? 'activity',
  activities: (tree) => (tree.type === 'array' ? '[activity' : 'activity'),
};
const MAPS = { languageMap: 'string', extensions: 'any', any: 'any' };

const roleOfMember = (role, key) => MAPS[role] ?? ownOf(SHAPES[role], nameOf(key)) ?? 'unknown';
const roleOfItem = (role) => (role.startsWith('[') ? role.slice(1) : role === 'any' ? 'any' : 'unknown');
const escaped = (name) => name.replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * @typedef {object} Place
 * @property {import('./json-tree.mjs').Tree} tree what stands there
 * @property {string} role what it is, such as `agent` where an actor is asked for
 * @property {string} asked what is asked for, such as `actor`
 * @property {string} pointer
 * @property {number} depth
 * @property {Place | undefined} parent
 * @property {string | undefined} name its raw key, when it is a member
 * @property {(tree: import('./json-tree.mjs').Tree) => void} put puts another value there
 */

/** What all places have. */
const ANY_PLACE = {
  get pointer() {
    if (this.parent === undefined) return '';
    return `${this.parent.pointer}/${this.name === undefined ? this.slot : escaped(nameOf(this.name))}`;
  },
  put(other) {
    if (this.name === undefined) this.parent.tree.items[this.slot] = other;
    else this.slot.value = other;
  },
};

const roleOf = (asked, tree) => RESOLVED[asked]?.(tree) ?? asked;

/** Those inside a place are added behind it. */
const walk = (place, found) => {
  const { tree, role } = place;
  const depth = place.depth + 1;
  found.push(place);
  const add = (inner, asked, slot, name) =>
    walk(
      {
        __proto__: ANY_PLACE,
        tree: inner,
        asked,
        role: roleOf(asked, inner),
        parent: place,
        depth,
        slot,
        name,
      },
      found,
    );
  if (tree.type === 'array')
    for (const [at, item] of tree.items.entries()) add(item, roleOfItem(role), at, undefined);
  if (tree.type !== 'object') return found;
  for (const member of tree.members) add(member.value, roleOfMember(role, member.key), member, member.key);
  return found;
};

/**
 * Every place of a statement, the outermost first.
 * @param {import('./json-tree.mjs').Tree} tree
 * @returns {Place[]}
 */
export const placesOf = (tree) =>
  walk(
    { __proto__: ANY_PLACE, tree, asked: 'statement', role: 'statement', parent: undefined, depth: 1 },
    [],
  );

/** Whether it stands in an extension's value, where everything is allowed. */
export const isFree = ({ role }) => role === 'any' || role === 'unknown';

/** One of the places that are wanted; undefined when there is none. */
export const among = (random, places, wanted) => {
  const fitting = places.filter(wanted);
  return fitting.length === 0 ? undefined : pick(random, fitting);
};
