/** Something that is sent as one JSON value and has to be stored as another, or not at all. */
class Edited {
  constructor(sent, stored) {
    this.sent = sent;
    this.stored = stored;
  }
}

/** A token that stands in the text as it is, such as `0.10` or `"caf\u00e9"` with its escape. */
class Token {
  constructor(text) {
    this.text = text;
  }
}

/** @param {string} text */
export const token = (text) => new Token(text);

/** What the LRS stores in another form; `undefined` as what is stored: the member is dropped. */
export const becomes = (sent, stored) => new Edited(sent, stored);

const membersOf = (value, side) =>
  Object.entries(value)
    .map(([key, member]) => [key, member instanceof Edited ? member[side] : member])
    .filter(([, member]) => member !== undefined);

const write = (value, side, gap) => {
  if (value instanceof Edited) return write(value[side], side, gap);
  if (value instanceof Token) return value.text;
  if (Array.isArray(value)) {
    return `[${gap()}${value.map((one) => write(one, side, gap)).join(`${gap()},${gap()}`)}${gap()}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = membersOf(value, side).map(
    ([key, member]) => `${JSON.stringify(key)}${gap()}:${gap()}${write(member, side, gap)}`,
  );
  return `{${gap()}${members.join(`${gap()},${gap()}`)}${gap()}}`;
};

const SPACES = ['', '', '', '', ' ', '\n', '\t  ', '\r\n'];

/**
 * The text that is sent, with white space between tokens wherever `random` has it.
 * @param {unknown} value
 * @param {() => number} random
 */
export const writeSent = (value, random) => {
  const gap = random() < 0.5 ? () => '' : () => SPACES[Math.floor(random() * SPACES.length)];
  return write(value, 'sent', gap);
};

/** The text that has to be stored of it, but for what the LRS adds at its end. */
export const writeStored = (value) => write(value, 'stored', () => '');
