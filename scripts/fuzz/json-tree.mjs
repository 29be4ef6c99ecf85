/**
 * JSON with the sender's own tokens. `text` of an atom and `key` of a member are raw, quotes and escapes included.
 * @typedef {{ type: 'atom', text: string }} Atom
 * @typedef {{ type: 'array', items: Tree[] }} List
 * @typedef {{ type: 'object', members: { key: string, value: Tree }[] }} Members
 * @typedef {Atom | List | Members} Tree
 */

const TOKEN = /[ \t\n\r]*("(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s[\]{}:,"]+)/sy;

const tokensOf = (text) => {
  const tokens = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw new SyntaxError(`no token at ${at}`);
    tokens.push(token);
  }
  return tokens;
};

const readList = (tokens) => {
  const items = [];
  if (tokens.at(-1) === ']') return tokens.pop() && { type: 'array', items };
  do items.push(readValue(tokens));
  while (tokens.pop() === ',');
  return { type: 'array', items };
};

const readMembers = (tokens) => {
  const members = [];
  if (tokens.at(-1) === '}') return tokens.pop() && { type: 'object', members };
  do {
    const key = tokens.pop();
    if (tokens.pop() !== ':') throw new SyntaxError(`no colon behind ${key}`);
    members.push({ key, value: readValue(tokens) });
  } while (tokens.pop() === ',');
  return { type: 'object', members };
};

const readValue = (tokens) => {
  const token = tokens.pop();
  if (token === undefined) throw new SyntaxError('a value is missing');
  if (token === '[') return readList(tokens);
  return token === '{' ? readMembers(tokens) : { type: 'atom', text: token };
};

/**
 * Reads a text that is known to be JSON; it shares nothing with the reader that is tested.
 * @param {string} text
 * @returns {Tree}
 */
export const readTree = (text) => readValue(tokensOf(text).reverse());

/**
 * @param {Tree} tree
 * @param {() => string} [gap] what stands between two tokens
 * @returns {string}
 */
export const writeTree = (tree, gap = () => '') => {
  if (tree.type === 'atom') return tree.text;
  const inside =
    tree.type === 'array'
      ? tree.items.map((item) => gap() + writeTree(item, gap) + gap())
      : tree.members.map(
          ({ key, value }) => `${gap()}${key}${gap()}:${gap()}${writeTree(value, gap)}${gap()}`,
        );
  return tree.type === 'array' ? `[${inside.join(',')}]` : `{${inside.join(',')}}`;
};

/** A copy that can be changed on its own.
 * @param {Tree} tree */
export const copyTree = (tree) => structuredClone(tree);

/** @param {string} key a raw key */
export const nameOf = (key) => (key.includes('\\') ? JSON.parse(key) : key.slice(1, -1));

/** @param {Tree | undefined} tree */
export const memberOf = (tree, name) =>
  tree?.type === 'object' ? tree.members.find(({ key }) => nameOf(key) === name)?.value : undefined;

/** The value of a string, or undefined. */
export const stringOf = (tree) =>
  tree?.type === 'atom' && tree.text.startsWith('"') ? JSON.parse(tree.text) : undefined;

/** Sets a member, in place of one of that name or behind all others. */
export const setMember = (tree, name, text) => {
  const value = readTree(text);
  const present = tree.members.find(({ key }) => nameOf(key) === name);
  if (present === undefined) tree.members.push({ key: JSON.stringify(name), value });
  else present.value = value;
};

export const dropMember = (tree, ...names) => {
  tree.members = tree.members.filter(({ key }) => !names.includes(nameOf(key)));
};
