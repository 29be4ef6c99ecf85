import { keyHash } from '../key-hash.ts';
import { roughIntegers, roughWholes, scratchIntegers } from '../scratch.ts';
import { type DenseNumbers, denseNumbers, largestOf } from './dense-numbers.ts';

const SMALL = 1 << 16;

/** Half of the slots stay free. */
const slotsFor = (n: number): Int32Array => {
  let size = 16;
  while (size < 2 * n) size *= 2;
  return scratchIntegers(size);
};

/** Few enough pairs of what there is of each, against how many rows there are, are numbered by a table. */
const byPairs = (a: Uint32Array, b: Uint32Array): DenseNumbers | undefined => {
  const most = Math.max(SMALL, 2 * a.length);
  const [height, width] = [largestOf(a) + 1, largestOf(b) + 1];
  if (height * width <= most) return denseNumbers(paired(a, b, width));
  const [one, two] = [denseNumbers(a), denseNumbers(b)];
  return one.count * two.count > most ? undefined : denseNumbers(paired(wholes(one), wholes(two), two.count));
};

/** Numbers from 0 on, as what they are. */
export const wholes = ({ numbers }: DenseNumbers): Uint32Array =>
  new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);

/** A number for each pair, of which the second is below `width`. */
export const paired = (a: Uint32Array, b: Uint32Array, width: number): Uint32Array => {
  const pairs = roughWholes(a.length);
  for (let i = 0; i < pairs.length; i += 1) pairs[i] = (a[i] as number) * width + (b[i] as number);
  return pairs;
};

/** Keys of two or three whole numbers (below 2³²), numbered from 0 on without gaps, in the order in which they are met. */
export const denseKeys = (a: Uint32Array, b: Uint32Array, c: Uint32Array = a): DenseNumbers =>
  (c === a ? byPairs(a, b) : undefined) ?? byHash(a, b, c);

const byHash = (a: Uint32Array, b: Uint32Array, c: Uint32Array): DenseNumbers => {
  const n = a.length;
  const slots = slotsFor(n);
  const mask = slots.length - 1;
  const numbers = roughIntegers(n);
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
