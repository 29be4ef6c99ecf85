import { Buffer } from 'node:buffer';
import { randomFillSync } from 'node:crypto';

/** The length of a salt in bytes. */
export const SALT_LENGTH = 32;

const DRAWN_AT_ONCE = 256;

let pool = Buffer.alloc(0);
let used = 0;

/**
 * A fresh random salt of 32 bytes, from the system's generator, never handed out twice.
 * Its bytes belong to the caller; they are a view, so copy what is kept for long.
 */
export const nextSalt = (): Buffer => {
  if (used === pool.length) {
    pool = randomFillSync(Buffer.allocUnsafeSlow(DRAWN_AT_ONCE * SALT_LENGTH));
    used = 0;
  }
  used += SALT_LENGTH;
  return pool.subarray(used - SALT_LENGTH, used);
};
