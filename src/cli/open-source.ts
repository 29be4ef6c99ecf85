import { randomUUID } from 'node:crypto';
import { createReadStream, type Stats, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { explainSystemError } from './explain-system-error.ts';

/** Where an import comes from. */
export type Source = {
  /** The bytes, unpacked if they were gzipped. */
  readonly chunks: AsyncIterable<Buffer>;
  /** How many bytes there are before unpacking, if anyone knows. */
  readonly size: number | undefined;
  /** How many of them have been taken so far. */
  taken(): number;
  /** The same for the same bytes at another time; undefined when it cannot be known again. */
  readonly identity: string | undefined;
  /** What it is called, the same for the same at another time; stdin that was given no name is never the same. */
  readonly name: string;
};

/** In bytes; little, so that what has been taken is not far ahead of what has been stored. */
const READ_AT_ONCE = 65_536;

/** A file, or stdin for `-`, opened when its bytes are wanted; `name` is what to know it by again if it is no plain file. */
export const openSource = (path: string, name: string | undefined): Source => {
  const stats = path === '-' ? undefined : statsOf(path);
  const plain = stats?.isFile() === true ? stats : undefined;
  let taken = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    const input = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: READ_AT_ONCE });
    try {
      for await (const chunk of input as AsyncIterable<Buffer>) {
        taken += chunk.length;
        yield chunk;
      }
    } catch (error) {
      throw explainSystemError(error, path, '');
    }
  }
  const identity =
    name === undefined
      ? plain && JSON.stringify([resolve(path), plain.size, plain.mtimeMs])
      : JSON.stringify([name]);
  const called = name ?? (path === '-' ? randomUUID() : basename(path));
  return { chunks: unpacked(counted()), size: plain?.size, taken: () => taken, identity, name: called };
};

const statsOf = (path: string): Stats => {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    return stats;
  } catch (error) {
    throw explainSystemError(error, path, '');
  }
};

/** Gzip is known by its first two bytes. */
async function* unpacked(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await chunks.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* all(): AsyncGenerator<Buffer> {
    yield head;
    yield* chunks;
  }
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield* all();
    return;
  }
  const gunzip = createGunzip({ chunkSize: READ_AT_ONCE });
  pipeline(Readable.from(all(), { highWaterMark: 1 }), gunzip, () => undefined);
  try {
    yield* gunzip;
  } catch (error) {
    throw new Error(`The gzip is damaged or cut off: ${(error as Error).message}.`);
  }
}
