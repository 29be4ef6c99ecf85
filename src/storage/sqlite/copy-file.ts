import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';

/** What is known of a file's bytes. */
export type FileDigest = { readonly bytes: number; readonly sha256: string };

const CHUNK = 1024 * 1024;

/**
 * Reads a file to its end, giving each piece to `take`, and answers its digest. The piece is valid until the next.
 */
export const digestFile = (path: string, take: (piece: Buffer) => void = () => undefined): FileDigest => {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(CHUNK);
  const file = openSync(path, 'r');
  let bytes = 0;
  try {
    for (;;) {
      const count = readSync(file, chunk);
      if (count === 0) break;
      const piece = chunk.subarray(0, count);
      hash.update(piece);
      take(piece);
      bytes += count;
    }
  } finally {
    closeSync(file);
  }
  return { bytes, sha256: hash.digest('hex') };
};

/**
 * Copies a file to where there is none yet, fsynced, for its owner alone; its name lasts once its folder is fsynced
 * too. The bytes are copied, not linked: what damages one does not reach the other. Answers what was read.
 */
export const copyFile = (from: string, to: string): FileDigest => {
  const file = openSync(to, 'wx', 0o600);
  try {
    const digest = digestFile(from, (piece) => writeAll(file, piece));
    fsyncSync(file);
    return digest;
  } finally {
    closeSync(file);
  }
};

const writeAll = (file: number, piece: Buffer): void => {
  for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at);
};

/** Makes what was written to a file last. */
export const syncFile = (path: string): void => {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};
