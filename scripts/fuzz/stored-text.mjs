import { copyTree, dropMember, memberOf, nameOf, readTree, stringOf, writeTree } from './json-tree.mjs';

const ZONE = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d):(\d\d)(?:[.,](\d+))?(?:[Zz]|([+-])(\d\d):?(\d\d)?)?$/;

/** What is stored of a timestamp: as sent, unless it has an offset that is not zero; then in UTC, at its precision. */
const storedTimestamp = (token) => {
  const [, day, minute, second, fraction, sign, hours, minutes] = ZONE.exec(JSON.parse(token)) ?? [];
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1);
  if (day === undefined || offset === 0) return token;
  const moved = new Date(Date.parse(`${day}T${minute}:00Z`) - offset * 60_000).toISOString().slice(0, 16);
  return JSON.stringify(`${moved}:${second}${fraction === undefined ? '' : `.${fraction}`}Z`);
};

const settle = (tree) => {
  const timestamp = memberOf(tree, 'timestamp');
  if (timestamp !== undefined) timestamp.text = storedTimestamp(timestamp.text);
  for (const one of memberOf(memberOf(tree, 'context'), 'contextActivities')?.members ?? []) {
    if (one.value.type === 'object') one.value = { type: 'array', items: [one.value] };
  }
};

/** The sent statement as it has to come back, but for what stands behind. */
const settled = (sent) => {
  const tree = copyTree(sent);
  dropMember(tree, 'stored', 'authority');
  settle(tree);
  const object = memberOf(tree, 'object');
  if (stringOf(memberOf(object, 'objectType')) === 'SubStatement') settle(object);
  return tree;
};

const LRS = ['id', 'stored', 'timestamp', 'authority', 'version'];

const missingOf = (sent) => LRS.filter((name) => memberOf(sent, name) === undefined);

/** The two from shortly before they part. */
const difference = (kept, wanted) => {
  let at = 0;
  while (kept[at] === wanted[at]) at += 1;
  const from = Math.max(0, at - 40);
  return `it came back with ${kept.slice(from, at + 80)} and not with ${wanted.slice(from, at + 80)}`;
};

/**
 * In what a stored statement differs from the one that was sent, token by token, beyond what an LRS sets.
 * @param {string} sent the text of one statement
 * @param {string} stored its text in `format=exact`
 * @returns {string[]} sentences
 */
export const differences = (sent, stored) => {
  const expected = settled(readTree(sent));
  const tree = readTree(stored);
  const count = expected.members.length;
  const added = tree.members.slice(count).map(({ key }) => nameOf(key));
  const kept = writeTree({ type: 'object', members: tree.members.slice(0, count) });
  const wanted = writeTree(expected);
  const missing = missingOf(expected).filter((name) => !added.includes(name));
  return [
    ...(kept === wanted ? [] : [difference(kept, wanted)]),
    ...missing.map((name) => `it came back without ${name}`),
    ...added.filter((name) => !LRS.includes(name)).map((name) => `it came back with ${name}`),
  ];
};
