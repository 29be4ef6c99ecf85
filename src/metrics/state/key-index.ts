import { keyHash } from '../key-hash.ts';

/** Finds rows by keys of small numbers that stand in their columns: open addressing over row numbers, never deleted. */
export type KeyIndex = {
  /** The row of a key, or -1. */
  find(a: number, b: number, c: number): number;
  /** Takes a row in, which stands in its table already. */
  add(a: number, b: number, c: number, row: number): void;
};

type IsKey = (row: number, a: number, b: number, c: number) => boolean;
type HashOf = (row: number) => number;

const FIRST = 4096;
/** Of the slots that are taken at most. */
const FULL = 0.7;

/** `isKey` compares a row with a key, `hashOf` is {@link keyHash} of a row's key. */
export const keyIndex = (isKey: IsKey, hashOf: HashOf): KeyIndex => {
  let slots = new Uint32Array(FIRST);
  let taken = 0;

  const put = (hash: number, row: number): void => {
    let at = hash & (slots.length - 1);
    while (slots[at] !== 0) at = (at + 1) & (slots.length - 1);
    slots[at] = row + 1;
  };
  const grow = (): void => {
    const before = slots;
    slots = new Uint32Array(before.length * 2);
    for (const slot of before) if (slot !== 0) put(hashOf(slot - 1), slot - 1);
  };

  return {
    find: (a, b, c) => {
      let at = keyHash(a, b, c) & (slots.length - 1);
      for (let slot = slots[at] as number; slot !== 0; slot = slots[at] as number) {
        if (isKey(slot - 1, a, b, c)) return slot - 1;
        at = (at + 1) & (slots.length - 1);
      }
      return -1;
    },
    add: (a, b, c, row) => {
      taken += 1;
      if (taken > slots.length * FULL) grow();
      put(keyHash(a, b, c), row);
    },
  };
};
