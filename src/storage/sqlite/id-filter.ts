import { CHUNK } from './generation.ts';

/**
 * A Bloom filter over the ids of one chunk: 16 bits and 6 probes an id, so that about 1 in 1,000 unknown ids is
 * looked up in vain. It is made of all their bits.
 */
export type IdFilter = { add(id: string): void; mayHave(id: string): boolean; readonly bytes: Uint8Array };

const BYTES = CHUNK * 2;
const MASK = BYTES * 8 - 1;
const STEP = 0x9e3779b9;

export const idFilter = (bytes = new Uint8Array(BYTES)): IdFilter => ({
  bytes,
  add: (id) => {
    const first = hashOf(id);
    const step = mix(first + STEP) | 1;
    for (let probe = 0; probe < 6; probe += 1) {
      const bit = (first + Math.imul(probe, step)) & MASK;
      bytes[bit >>> 3] = (bytes[bit >>> 3] as number) | (1 << (bit & 7));
    }
  },
  mayHave: (id) => {
    const first = hashOf(id);
    const step = mix(first + STEP) | 1;
    for (let probe = 0; probe < 6; probe += 1) {
      const bit = (first + Math.imul(probe, step)) & MASK;
      if (((bytes[bit >>> 3] as number) & (1 << (bit & 7))) === 0) return false;
    }
    return true;
  },
});

/** All 16 bytes in one hash, which gives the first probe and the step: ids need not be random, only distinct. */
const hashOf = (id: string): number =>
  mix(word(id, 0) ^ mix(word(id, 4) ^ mix(word(id, 8) ^ mix(word(id, 12)))));

const word = (id: string, at: number): number =>
  id.charCodeAt(at) |
  (id.charCodeAt(at + 1) << 8) |
  (id.charCodeAt(at + 2) << 16) |
  (id.charCodeAt(at + 3) << 24);

const mix = (value: number): number => {
  let mixed = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return mixed ^ (mixed >>> 16);
};
