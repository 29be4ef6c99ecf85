import { findPlace, mix, recall, type Tables, word } from './dictionary-tables.ts';
import { LONG, MIN_MATCH, UUID } from './read-sequences.ts';
import { isUuidAt, packUuid, UUID_BYTES, UUID_LENGTH } from './uuid-bytes.ts';

const DASH = 0x2d;
const MAX_DISTANCE = 65535;
/** A run without a match is searched in steps that grow by one with each 2^6 misses. */
const PATIENCE_BITS = 6;

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
export const writeSequences = (tables: Tables, text: Uint8Array, out: Uint8Array, start: number): number => {
  const { dictionary } = tables;
  const size = dictionary.length;
  const { length } = text;
  let end = start;
  let from = 0;
  let misses = 0;
  let at = 0;
  while (at + MIN_MATCH <= length) {
    const four = word(text, at);
    const mixed = mix(four);
    const near = recall(tables, mixed, at);
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
    } else if (text[to + 7] === DASH && to - at > MIN_MATCH && isUuidAt(text, to - 1)) {
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
      end = writeLiterals(out, end, text, from, at, Math.min(extra, LONG));
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
