import { Buffer } from 'node:buffer';
import { isUuidAt, packUuid, UUID_BYTES, UUID_LENGTH, unpackUuid } from './uuid-bytes.ts';

/**
 * Compresses texts with the help of a dictionary; made for JSON of about a kilobyte. Calls are independent.
 *
 * What `compress` makes begins with a byte that says how: 0, the text itself follows; else the number of the
 * dictionary, then the text's length (LEB128) and sequences in the manner of LZ4. A sequence is a byte of two nibbles
 * (number of literals; length of the match less 4), the literals, how far back the match is (16 bits, little-endian),
 * where the dictionary stands right before the text. Literals of 15 and matches of 14 go on in bytes, up to the first
 * that is not 255: literals after the nibbles, matches after the distance. In place of a match, 15 is a UUID in
 * lower case, whose 16 bytes follow. The last sequence may end after its literals.
 */
export type TextCodec = {
  /** At most one byte longer than the text, whatever its length. */
  compress(text: Buffer): Buffer;
  /** @throws RangeError when the bytes cannot be what `compress` made with this dictionary. */
  decompress(bytes: Buffer): Buffer;
};

const RAW = 0;
const DASH = 0x2d;
const MAX_DICTIONARY = 32767;
const MAX_CLOCK = 0x7fffffff;
const MIN_MATCH = 4;
/** The match nibbles that are no lengths: it goes on in the bytes after the distance, and a UUID. */
const LONG = 14;
const UUID = 15;
const MAX_DISTANCE = 65535;
const PLACE_BITS = 15;
const RECENT_BITS = 12;
/** Longer texts are compressed into a buffer of their own, which is not kept. */
const SCRATCH_LENGTH = 65536;
/** No sequence makes more of a byte than this. */
const MAX_GROWTH = 255;
/** A run without a match is searched in steps that grow by one with each 2^6 misses. */
const PATIENCE_BITS = 6;

type Tables = {
  readonly dictionary: Uint8Array;
  /** Where in the dictionary each hash of four, eight and sixteen bytes was seen last, or −1. */
  readonly places4: Int16Array;
  readonly places8: Int16Array;
  readonly places16: Int16Array;
  /** Where in the text each hash was seen last, plus `clock`, which no older entry reaches. */
  readonly recent: Int32Array;
  clock: number;
};

const word = (bytes: Uint8Array, at: number): number =>
  (bytes[at] as number) |
  ((bytes[at + 1] as number) << 8) |
  ((bytes[at + 2] as number) << 16) |
  ((bytes[at + 3] as number) << 24);

const mix = (four: number): number => Math.imul(four, -1640531535);

/** Goes on with a hash by four more bytes. */
const mixOn = (mixed: number, four: number): number => mix(mixed ^ (mixed >>> 15) ^ four);

const slotOf = (mixed: number): number => mixed >>> (32 - PLACE_BITS);

const tablesOf = (dictionary: Uint8Array): Tables => {
  const empty = () => new Int16Array(1 << PLACE_BITS).fill(-1);
  const [places4, places8, places16] = [empty(), empty(), empty()];
  const left = (at: number) => dictionary.length - at;
  for (let at = 0; left(at) >= 4; at += 1) {
    const mixed4 = mix(word(dictionary, at));
    const mixed8 = mixOn(mixed4, word(dictionary, at + 4));
    const mixed16 = mixOn(mixOn(mixed8, word(dictionary, at + 8)), word(dictionary, at + 12));
    places4[slotOf(mixed4)] = at;
    if (left(at) >= 8) places8[slotOf(mixed8)] = at;
    if (left(at) >= 16) places16[slotOf(mixed16)] = at;
  }
  return { dictionary, places4, places8, places16, recent: new Int32Array(1 << RECENT_BITS), clock: 1 };
};

/** A place in the dictionary with the same four bytes as the text at `at`, better sixteen or eight; or −1. */
const findPlace = (tables: Tables, text: Uint8Array, at: number, four: number, mixed: number): number => {
  const { dictionary } = tables;
  const next = word(text, at + 4);
  const mixed8 = mixOn(mixed, next);
  const mixed16 = mixOn(mixOn(mixed8, word(text, at + 8)), word(text, at + 12));
  let place = tables.places16[slotOf(mixed16)] as number;
  if (place >= 0 && word(dictionary, place) === four && word(dictionary, place + 4) === next) return place;
  place = tables.places8[slotOf(mixed8)] as number;
  if (place >= 0 && word(dictionary, place) === four) return place;
  place = tables.places4[slotOf(mixed)] as number;
  return place >= 0 && word(dictionary, place) === four ? place : -1;
};

/** Where equal bytes end in the text, from `at` on and in `source` from `from` on. */
const matchEnd = (source: Uint8Array, from: number, text: Uint8Array, at: number): number => {
  const end = Math.min(text.length, at + source.length - from);
  const shift = from - at;
  let to = at;
  while (to < end && source[to + shift] === text[to]) to += 1;
  return to;
};

const writeCount = (out: Uint8Array, at: number, count: number): number => {
  let [left, to] = [count, at];
  for (; left >= 255; left -= 255) out[to++] = 255;
  out[to++] = left;
  return to;
};

/** Writes the literals `text[from..to)` under a token whose match nibble is `nibble`; answers the end. */
const writeLiterals = (
  out: Uint8Array,
  at: number,
  text: Uint8Array,
  from: number,
  to: number,
  nibble: number,
): number => {
  const count = to - from;
  let end = at;
  if (count < 15) out[end++] = (count << 4) | nibble;
  else {
    out[end++] = 0xf0 | nibble;
    end = writeCount(out, end, count - 15);
  }
  for (let i = from; i < to; i += 1) out[end++] = text[i] as number;
  return end;
};

/** More than a sequence with this many literals and a match of this length needs, or one with a UUID. */
const roomFor = (literals: number, length: number): number => 24 + literals + (literals + length) / 255;

/** Writes the sequences of a text and answers their end, or −1 when they would be no shorter than the text. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: the hot loop of storing; one pass, few calls
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: the same
const writeSequences = (tables: Tables, text: Uint8Array, out: Uint8Array, start: number): number => {
  const { dictionary, recent, clock } = tables;
  const size = dictionary.length;
  const { length } = text;
  let end = start;
  let from = 0;
  let misses = 0;
  let at = 0;
  while (at + MIN_MATCH <= length) {
    const four = word(text, at);
    const mixed = mix(four);
    const slot = mixed >>> (32 - RECENT_BITS);
    const near = (recent[slot] as number) - clock;
    recent[slot] = clock + at;
    const place = findPlace(tables, text, at, four, mixed);
    let to = at;
    let distance = 0;
    if (near >= 0 && at - near <= MAX_DISTANCE && word(text, near) === four) {
      to = matchEnd(text, near + MIN_MATCH, text, at + MIN_MATCH);
      distance = at - near;
    }
    if (place >= 0 && at + size - place <= MAX_DISTANCE) {
      const other = matchEnd(dictionary, place + MIN_MATCH, text, at + MIN_MATCH);
      if (other > to) {
        to = other;
        distance = at + size - place;
      }
    }
    if (to === at) {
      if (text[at + 8] !== DASH || !isUuidAt(text, at)) {
        misses += 1;
        at += 1 + (misses >> PATIENCE_BITS);
        continue;
      }
      to = at + UUID_LENGTH;
    } else if (text[to + 7] === DASH && isUuidAt(text, to - 1)) {
      to -= 1;
    }
    const room = roomFor(at - from, to - at);
    if (end + room > length) return -1;
    if (distance === 0) {
      end = writeLiterals(out, end, text, from, at, UUID);
      packUuid(text, at, out, end);
      end += UUID_BYTES;
    } else {
      const extra = to - at - MIN_MATCH;
      end = writeLiterals(out, end, text, from, at, extra < LONG ? extra : LONG);
      out[end] = distance;
      out[end + 1] = distance >> 8;
      end += 2;
      if (extra >= LONG) end = writeCount(out, end, extra - LONG);
    }
    misses = 0;
    at = to;
    from = to;
  }
  if (end + roomFor(length - from, 0) > length) return -1;
  return from === length ? end : writeLiterals(out, end, text, from, length, 0);
};

const corrupt = (): RangeError =>
  new RangeError('These bytes are not a text that was compressed with this dictionary.');

/** Reads the sequences from `start` on into `text`, which they have to fill exactly. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: the hot loop of reading; every bound is checked in it
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: the same
const readSequences = (dictionary: Uint8Array, bytes: Uint8Array, start: number, text: Uint8Array): void => {
  const { length } = bytes;
  let at = start;
  let to = 0;
  while (to < text.length) {
    if (at >= length) throw corrupt();
    const token = bytes[at++] as number;
    let literals = token >> 4;
    if (literals === 15) {
      let more = 255;
      while (more === 255) {
        if (at >= length) throw corrupt();
        more = bytes[at++] as number;
        literals += more;
      }
    }
    if (literals > length - at || literals > text.length - to) throw corrupt();
    for (let i = 0; i < literals; i += 1) text[to++] = bytes[at++] as number;
    if (to === text.length) break;
    let count = token & 15;
    if (count === UUID) {
      if (length - at < UUID_BYTES || text.length - to < UUID_LENGTH) throw corrupt();
      unpackUuid(bytes, at, text, to);
      at += UUID_BYTES;
      to += UUID_LENGTH;
      continue;
    }
    if (length - at < 2) throw corrupt();
    const distance = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
    at += 2;
    if (count === LONG) {
      let more = 255;
      while (more === 255) {
        if (at >= length) throw corrupt();
        more = bytes[at++] as number;
        count += more;
      }
    }
    count += MIN_MATCH;
    let from = to - distance;
    if (distance === 0 || from < -dictionary.length || count > text.length - to) throw corrupt();
    const end = to + count;
    while (from < 0 && to < end) text[to++] = dictionary[dictionary.length + from++] as number;
    while (to < end) text[to++] = text[from++] as number;
  }
  if (at !== length) throw corrupt();
};

const writeLength = (out: Uint8Array, at: number, length: number): number => {
  let [left, to] = [length, at];
  for (; left >= 128; left = Math.floor(left / 128)) out[to++] = (left % 128) + 128;
  out[to++] = left;
  return to;
};

/** The length in the head and where the head ends. */
const readLength = (bytes: Uint8Array): readonly [length: number, end: number] => {
  let length = 0;
  for (let at = 1; at <= 5; at += 1) {
    const byte = bytes[at];
    if (byte === undefined) throw corrupt();
    length += (byte % 128) * 128 ** (at - 1);
    if (byte < 128) return [length, at + 1];
  }
  throw corrupt();
};

const rawOf = (text: Buffer): Buffer => {
  const bytes = Buffer.allocUnsafe(text.length + 1);
  bytes[0] = RAW;
  bytes.set(text, 1);
  return bytes;
};

/**
 * A codec for the dictionary of that number (1 to 255; at most 32 kB; the most frequent strings last). Texts
 * can be read again only with the same dictionary.
 */
export const textCodec = (dictionary: Buffer, number = 1): TextCodec => {
  if (!(number >= 1 && number <= 255)) throw new RangeError(`${number} is no number of a dictionary`);
  if (dictionary.length > MAX_DICTIONARY) throw new RangeError('the dictionary is too long');
  const tables = tablesOf(new Uint8Array(dictionary));
  const scratch = new Uint8Array(SCRATCH_LENGTH);
  return {
    compress: (text) => {
      const out = text.length <= SCRATCH_LENGTH ? scratch : new Uint8Array(text.length);
      if (tables.clock > MAX_CLOCK - text.length) {
        tables.recent.fill(0);
        tables.clock = 1;
      }
      out[0] = number;
      const end = writeSequences(tables, text, out, writeLength(out, 1, text.length));
      tables.clock += text.length;
      return end < 0 ? rawOf(text) : Buffer.from(out.subarray(0, end));
    },
    decompress: (bytes) => {
      if (bytes[0] === RAW) return Buffer.from(bytes.subarray(1));
      if (bytes[0] !== number) throw corrupt();
      const [length, start] = readLength(bytes);
      if (length > bytes.length * MAX_GROWTH) throw corrupt();
      const text = Buffer.allocUnsafe(length);
      readSequences(tables.dictionary, bytes, start, text);
      return text;
    },
  };
};
