import { CHUNK } from './generation.ts';

/**
 * A Bloom filter over the ids of one chunk: 16 bits and 6 probes an id, so that about 1 in 1,000 unknown ids is
 * looked up in vain. The ids' own random bits are the hashes.
 */
export type IdFilter = { add(id: string): void; mayHave(id: string): boolean; readonly bytes: Uint8Array };

const BYTES = CHUNK * 2;
const MASK = BYTES * 8 - 1;

export const idFilter = (bytes = new Uint8Array(BYTES)): IdFilter => ({
  bytes,
  add: (id) => {
    for (let probe = 0; probe < 6; probe += 1) {
      const bit = bitOf(id, probe);
      bytes[bit >>> 3] = (bytes[bit >>> 3] as number) | (1 << (bit & 7));
    }
  },
  mayHave: (id) => {
    for (let probe = 0; probe < 6; probe += 1) {
      const bit = bitOf(id, probe);
      if (((bytes[bit >>> 3] as number) & (1 << (bit & 7))) === 0) return false;
    }
    return true;
  },
});

/** Double hashing over two mixes of the 16 bytes: ids need not be random, only distinct. */
const bitOf = (id: string, probe: number): number => {
  const a = mix(word(id, 0) ^ Math.imul(word(id, 8), 0x9e3779b1));
  const b = mix(word(id, 4) ^ Math.imul(word(id, 12), 0x85ebca6b)) | 1;
  return (a + Math.imul(probe, b)) & MASK;
};

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
