import { pick } from '../bench/random.mjs';
import { below } from './valid-texts.mjs';

const SPECIAL = [
  ...[
    [0xff],
    [0xc0, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xc3],
    [0xe2, 0x82],
    [0xef, 0xbb, 0xbf],
    [0x80],
  ],
  ...[
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '\0',
    '\r\n',
    '\r',
    '\n',
    '--',
    '%',
    '&',
    '=',
    '\t',
    ' ',
    '0',
    '-',
    'e',
    '\\u0000',
    '//',
  ],
].map((one) => Buffer.from(one));

const range = (random, bytes, most = 40) => {
  const from = below(random, bytes.length + 1);
  return [from, Math.min(bytes.length, from + below(random, most))];
};
const spliced = (bytes, from, to, between = Buffer.alloc(0)) =>
  Buffer.concat([bytes.subarray(0, from), between, bytes.subarray(to)]);

const STEPS = {
  'a bit flipped': (random, bytes) => {
    const copy = Buffer.from(bytes);
    if (copy.length > 0) copy[below(random, copy.length)] ^= 1 << below(random, 8);
    return copy;
  },
  'bytes less': (random, bytes) => spliced(bytes, ...range(random, bytes)),
  'bytes twice': (random, bytes) => {
    const [from, to] = range(random, bytes);
    return spliced(bytes, to, to, bytes.subarray(from, to));
  },
  'bytes elsewhere': (random, bytes) => {
    const [from, to] = range(random, bytes);
    const at = below(random, bytes.length + 1);
    return spliced(bytes, at, at, bytes.subarray(from, to));
  },
  'special bytes': (random, bytes) => {
    const at = below(random, bytes.length + 1);
    return spliced(bytes, at, at, pick(random, SPECIAL));
  },
  'special bytes instead': (random, bytes) => {
    const at = below(random, bytes.length + 1);
    return spliced(bytes, at, Math.min(bytes.length, at + 1), pick(random, SPECIAL));
  },
  'random bytes': (random, bytes) => {
    const at = below(random, bytes.length + 1);
    return spliced(
      bytes,
      at,
      at,
      Buffer.from(Array.from({ length: below(random, 20) }, () => below(random, 256))),
    );
  },
  'an end': (random, bytes) => bytes.subarray(0, below(random, bytes.length + 1)),
  'a beginning': (random, bytes) => bytes.subarray(below(random, bytes.length + 1)),
  'another digit': (random, bytes) => {
    const at = bytes.findIndex(
      (byte, index) => byte >= 48 && byte <= 57 && index >= below(random, bytes.length),
    );
    return at < 0 ? bytes : spliced(bytes, at, at + 1, Buffer.from(String(below(random, 10))));
  },
};

/**
 * Changes bytes without a look at what they say.
 * @param {Buffer} bytes
 * @returns {{ bytes: Buffer, names: string[] }}
 */
export const disturbBytes = (random, bytes) => {
  const names = Array.from({ length: 1 + below(random, 3) }, () => pick(random, Object.keys(STEPS)));
  return { bytes: names.reduce((so, name) => STEPS[name](random, so), bytes), names };
};
