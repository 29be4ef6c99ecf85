import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';

/**
 * What an entry of the log did, and the number that stands for it in its leaf. A number is never reused.
 * Those from 16 on are kept for acts that nothing records yet.
 */
export const OPS = {
  statement: 1,
  'document-put': 2,
  'document-delete': 3,
  'credential-created': 4,
  'credential-rotated': 5,
  'credential-revoked': 6,
  'credential-changed': 7,
  recorded: 8,
  erased: 16,
  export: 17,
  config: 18,
  'key-rotation': 19,
  restore: 20,
  'epoch-start': 21,
} as const;

export type Op = keyof typeof OPS;

/** One entry of the log as the ledger sees it: no ids and no names, only what is needed to prove it. */
export type Leaf = {
  readonly op: Op;
  /** When it was stored, in whole milliseconds since 1970 (UTC). */
  readonly time: number;
  /** The entry's position in the log, from 1; its index in the tree is one less. */
  readonly position: number;
  /** The index of the leaf that this one is about, for example the one that was erased. */
  readonly ref?: number;
  /** The 32-byte commitment to what was stored. */
  readonly commitment: Buffer;
};

/** The length of an encoded leaf in bytes. */
export const LEAF_LENGTH = 73;

const FORMAT = 1;
const TIME = 2;
const POSITION = 10;
const REF = 18;
const RESERVED = 26;
const COMMITMENT = 41;
const NONE = 0xffffffff;

const NAMES = new Map<number, Op>(Object.entries(OPS).map(([name, number]) => [number, name as Op]));

const writeCount = (bytes: Buffer, value: number, at: number): void => {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not a count: ${value}`);
  bytes.writeUInt32BE(Math.floor(value / 0x100000000), at);
  bytes.writeUInt32BE(value % 0x100000000, at + 4);
};

const readCount = (bytes: Buffer, at: number): number => {
  const value = bytes.readUInt32BE(at) * 0x100000000 + bytes.readUInt32BE(at + 4);
  if (!Number.isSafeInteger(value)) throw new RangeError(`a leaf's number at byte ${at} is out of range`);
  return value;
};

/**
 * The 73 bytes `0x01 ‖ op(1) ‖ time(8) ‖ position(8) ‖ ref(8, 0xFF… for none) ‖ reserved(15) = 0 ‖ commitment(32)`,
 * numbers big-endian. Throws a `RangeError` for numbers that are no counts and commitments of another length.
 */
export const encodeLeaf = (leaf: Leaf): Buffer => {
  if (leaf.commitment.length !== LEAF_LENGTH - COMMITMENT) throw new RangeError('a commitment has 32 bytes');
  const bytes = Buffer.alloc(LEAF_LENGTH);
  bytes[0] = FORMAT;
  bytes[1] = OPS[leaf.op];
  writeCount(bytes, leaf.time, TIME);
  writeCount(bytes, leaf.position, POSITION);
  if (leaf.ref === undefined) bytes.fill(0xff, REF, RESERVED);
  else writeCount(bytes, leaf.ref, REF);
  bytes.set(leaf.commitment, COMMITMENT);
  return bytes;
};

/** Reads what `encodeLeaf` writes and throws a `RangeError` for any other bytes. */
export const decodeLeaf = (bytes: Buffer): Leaf => {
  if (bytes.length !== LEAF_LENGTH)
    throw new RangeError(`a leaf has ${LEAF_LENGTH} bytes, not ${bytes.length}`);
  const op = NAMES.get(bytes.readUInt8(1));
  if (bytes[0] !== FORMAT || op === undefined) throw new RangeError('a leaf of an unknown format or op');
  if (bytes.subarray(RESERVED, COMMITMENT).some((byte) => byte !== 0)) {
    throw new RangeError("a leaf's reserved bytes are not zero");
  }
  const common = {
    op,
    time: readCount(bytes, TIME),
    position: readCount(bytes, POSITION),
    commitment: Buffer.from(bytes.subarray(COMMITMENT)),
  };
  const none = bytes.readUInt32BE(REF) === NONE && bytes.readUInt32BE(REF + 4) === NONE;
  return none ? common : { ...common, ref: readCount(bytes, REF) };
};

/** The hash of a leaf in the Merkle tree: SHA-256(0x00 ‖ leaf) (RFC 9162 §2.1.1). */
export const leafHash = (leaf: Buffer): Buffer => hash('sha256', Buffer.concat([ZERO, leaf]), 'buffer');

const ZERO = Buffer.alloc(1);
