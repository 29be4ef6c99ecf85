import { UUID_BYTES, UUID_LENGTH, unpackUuid } from './uuid-bytes.ts';

export const MIN_MATCH = 4;
/** The match nibbles that are no lengths: it goes on in the bytes after the distance; a UUID. */
export const LONG = 14;
export const UUID = 15;

/** What is thrown for bytes that are no compressed text. */
export const corrupt = (): RangeError =>
  new RangeError('These bytes are not a text that was compressed with this dictionary.');

/** Reads the sequences from `start` on into `text`, which they have to fill exactly; `known` is the dictionary. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: the hot loop of reading; every bound is checked in it
export const readSequences = (known: Uint8Array, bytes: Uint8Array, start: number, text: Uint8Array) => {
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
    if (distance === 0 || from < -known.length || count > text.length - to) throw corrupt();
    const end = to + count;
    while (from < 0 && to < end) text[to++] = known[known.length + from++] as number;
    while (to < end) text[to++] = text[from++] as number;
  }
  if (at !== length) throw corrupt();
};
