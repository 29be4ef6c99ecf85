import { Buffer } from 'node:buffer';
import { forget, tablesOf } from './dictionary-tables.ts';
import { corrupt, readSequences } from './read-sequences.ts';
import { writeSequences } from './write-sequences.ts';

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
const MAX_DICTIONARY = 32767;
/** Longer texts are compressed into a buffer of their own, which is not kept. */
const SCRATCH_LENGTH = 65536;
/** No sequence makes more of a byte than this. */
const MAX_GROWTH = 255;

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
      out[0] = number;
      const end = writeSequences(tables, text, out, writeLength(out, 1, text.length));
      forget(tables, text.length);
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
