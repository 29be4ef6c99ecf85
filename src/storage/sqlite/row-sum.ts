import { crc32 } from 'node:zlib';
import type { Row, Value } from './database.ts';

/**
 * SQLite does not notice when a disk gives back other bytes than it was given. So each row carries a sum of its
 * other columns: a CRC-32, which changes with any single bit and with whatever stands within four bytes.
 */
export const rowSum = (...values: readonly Value[]): number => {
  let text = '';
  for (const value of values) text += value instanceof Uint8Array ? `*${value.length}\n` : `${value}\n`;
  let sum = crc32(text);
  for (const value of values) if (value instanceof Uint8Array) sum = crc32(value, sum);
  return sum;
};

const SHORT = 0x7fff;

/** Fifteen bits of it: two bytes in a row that can be made again. */
export const shortSum = (...values: readonly Value[]): number => rowSum(...values) & SHORT;

/** Whether a row is as it was written. One of a store that is older than the sums has none. */
export const isWhole = (row: Row, ...columns: readonly string[]): boolean =>
  row['sum'] === null || row['sum'] === rowSum(...columns.map((column) => row[column] as Value));

/** What is thrown instead of serving bytes that have changed on the disk. */
export const damage = (file: string, what: string): Damage =>
  new Damage(`${file} is damaged: ${what} is not as it was written.`);

export class Damage extends Error {}
