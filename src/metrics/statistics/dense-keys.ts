import { keyHash } from '../key-hash.ts';
import { scratchIntegers } from '../scratch.ts';
import type { DenseNumbers } from './dense-numbers.ts';

/** Half of the slots stay free. */
const slotsFor = (n: number): Int32Array => {
  let size = 16;
  while (size < 2 * n) size *= 2;
  return scratchIntegers(size);
};

/** Keys of two or three whole numbers (below 2³²), numbered from 0 on without gaps, in the order in which they are met. */
export const denseKeys = (a: Uint32Array, b: Uint32Array, c: Uint32Array = a): DenseNumbers => {
  const n = a.length;
  const slots = slotsFor(n);
  const mask = slots.length - 1;
  const numbers = scratchIntegers(n);
  let count = 0;
  for (let i = 0; i < n; i += 1) {
    const [x, y, z] = [a[i] as number, b[i] as number, c[i] as number];
    let at = keyHash(x, y, z) & mask;
    let slot = slots[at] as number;
    while (slot !== 0 && !(a[slot - 1] === x && b[slot - 1] === y && c[slot - 1] === z)) {
      at = (at + 1) & mask;
      slot = slots[at] as number;
    }
    if (slot === 0) {
      slots[at] = i + 1;
      numbers[i] = count;
      count += 1;
    } else numbers[i] = numbers[slot - 1] as number;
  }
  return { numbers, count };
};
