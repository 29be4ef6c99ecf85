import { type FileHandle, open, readFile } from 'node:fs/promises';

/**
 * SQLite takes a write-ahead log up to the first frame whose sum is wrong and drops the rest in silence: behind a power
 * cut that is what was never flushed. Where it cannot be that, the disk has changed what had been flushed.
 */
export type WalDamage =
  /** No whole commit is dropped. */
  | undefined
  | {
      readonly frame: number;
      readonly of: number;
      /**
       * Whole commits stand behind the frame that is damaged, or what is dropped was folded in already. Else the last
       * commit may have been torn by a power cut as well.
       */
      readonly isCertain: boolean;
    };

const HEADER = 32;
const FRAME_HEADER = 24;
/** The magic number whose last bit says that sums are taken over big-endian words. */
const MAGIC = 0x377f0682;

type Frame = { readonly page: number; readonly commits: boolean; readonly at: number };

/**
 * Looks at the write-ahead log that a crash has left beside a database, before SQLite does. `commitsAreFlushed` says
 * that each commit is flushed before the next is written, so that a commit may only be torn if it is the last.
 */
export const walDamage = async (database: string, commitsAreFlushed: boolean): Promise<WalDamage> => {
  const wal = await readFile(`${database}-wal`).catch(() => Buffer.alloc(0));
  if (wal.length <= HEADER) return undefined;
  const size = pageSizeOf(wal);
  // The header is flushed before any frame is written.
  if (size === undefined)
    return wal.some((byte) => byte !== 0) ? { frame: 0, of: 0, isCertain: true } : undefined;
  const { frames, firstBad } = framesOf(wal, size);
  const dropped = frames.slice(firstBad);
  if (dropped.length === 0) return undefined;
  const found = { frame: firstBad + 1, of: frames.length };
  const end = dropped.findIndex(({ commits }) => commits);
  if (end < 0) return undefined;
  const isCertain =
    (commitsAreFlushed && end < dropped.length - 1) || (await isFoldedIn(database, wal, size, dropped));
  return { ...found, isCertain };
};

type Sums = readonly [number, number];

const sumOver = (bytes: Buffer, isBig: boolean, [first, second]: Sums): Sums => {
  let [a, b] = [first, second];
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    a = (a + (isBig ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + b) >>> 0;
    b = (b + (isBig ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + a) >>> 0;
  }
  return [a, b];
};

const isBigIn = (wal: Buffer): boolean => (wal.readUInt32BE(0) & 1) === 1;

const sumsAt = (bytes: Buffer, at: number): Sums => [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)];

const areEqual = ([a, b]: Sums, [c, d]: Sums): boolean => a === c && b === d;

/** Undefined when the header is not as it was written. */
const pageSizeOf = (wal: Buffer): number | undefined => {
  const isSound =
    wal.readUInt32BE(0) >>> 1 === MAGIC >>> 1 &&
    areEqual(sumOver(wal.subarray(0, 24), isBigIn(wal), [0, 0]), sumsAt(wal, 24));
  return isSound ? wal.readUInt32BE(8) : undefined;
};

/** The frames of this run of the log (those of earlier ones have other salts), and which of them is the first bad one. */
const framesOf = (wal: Buffer, size: number): { readonly frames: Frame[]; readonly firstBad: number } => {
  const frames: Frame[] = [];
  const salts = wal.subarray(16, 24);
  for (let at = HEADER; at + FRAME_HEADER + size <= wal.length; at += FRAME_HEADER + size) {
    const isOwn = wal.subarray(at + 8, at + 16).equals(salts);
    frames.push({
      page: isOwn ? wal.readUInt32BE(at) : 0,
      commits: isOwn && wal.readUInt32BE(at + 4) > 0,
      at,
    });
  }
  while (frames.at(-1)?.page === 0) frames.pop();
  return { frames, firstBad: firstBadOf(wal, size, frames) };
};

const firstBadOf = (wal: Buffer, size: number, frames: readonly Frame[]): number => {
  const isBig = isBigIn(wal);
  let sums = sumsAt(wal, 24);
  const bad = frames.findIndex(({ page, at }) => {
    sums = sumOver(wal.subarray(at, at + 8), isBig, sums);
    sums = sumOver(wal.subarray(at + FRAME_HEADER, at + FRAME_HEADER + size), isBig, sums);
    return page === 0 || !areEqual(sums, sumsAt(wal, at + 16));
  });
  return bad < 0 ? frames.length : bad;
};

/**
 * Whether the database has what is dropped already: it was folded in, so it had been flushed, and the pages that would
 * be read from the log instead are older. One page of it may be the damaged one.
 */
const isFoldedIn = async (
  database: string,
  wal: Buffer,
  size: number,
  dropped: readonly Frame[],
): Promise<boolean> => {
  const last = new Map(dropped.filter(({ page }) => page > 0).map((frame) => [frame.page, frame]));
  if (last.size < 2) return false;
  const file = await open(database, 'r').catch(() => undefined);
  if (file === undefined) return false;
  try {
    let others = 0;
    for (const { page, at } of last.values()) {
      const body = wal.subarray(at + FRAME_HEADER, at + FRAME_HEADER + size);
      if (!(await holds(file, (page - 1) * size, body))) others += 1;
      if (others > 1) return false;
    }
    return true;
  } finally {
    await file.close();
  }
};

const holds = async (file: FileHandle, at: number, body: Buffer): Promise<boolean> => {
  const found = Buffer.alloc(body.length);
  const { bytesRead } = await file.read(found, 0, found.length, at);
  return bytesRead === body.length && found.equals(body);
};
