import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  decodeLeaf,
  encodeLeaf,
  LEAF_LENGTH,
  type Leaf,
  leafHash,
  OPS,
  type Op,
} from '../../src/ledger/leaf.ts';

const DECISION = readFileSync('specs/decisions/0002-leaf-and-commitment.md', 'utf8');
const VECTORS = [...DECISION.matchAll(/^\| (\d{13}) \| `(\w+)` \| `(\w+)` \|$/gm)].map(
  ([, time = '', leaf = '', hash = '']) => ({ time: Number(time), leaf, hash }),
);
const bytesOf = (hex: string): Buffer => Buffer.from(hex, 'hex');

const count = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const leaves: fc.Arbitrary<Leaf> = fc
  .record({
    op: fc.constantFrom(...(Object.keys(OPS) as Op[])),
    time: count,
    position: count,
    ref: fc.option(count, { nil: undefined }),
    commitment: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
  })
  .map(({ ref, ...leaf }) => (ref === undefined ? leaf : { ...leaf, ref }));

describe('a leaf', () => {
  it('is encoded and hashed as the decision says', () => {
    const leaves: Leaf[] = [
      {
        op: 'statement',
        time: 1767225600123,
        position: 1,
        commitment: bytesOf(VECTORS[0]?.leaf.slice(82) ?? ''),
      },
      {
        op: 'erased',
        time: 1767225600124,
        position: 4294967301,
        ref: 16,
        commitment: bytesOf(VECTORS[1]?.leaf.slice(82) ?? ''),
      },
    ];
    const made = leaves.map((leaf) => {
      const bytes = encodeLeaf(leaf);
      return { time: leaf.time, leaf: bytes.toString('hex'), hash: leafHash(bytes).toString('hex') };
    });
    expect(made).toEqual(VECTORS);
  });

  it('has the op numbers of the decision, each once', () => {
    const table = [...DECISION.matchAll(/(?<=\| )(\d+) \| ([a-z-]+)(?= \|)/g)].map(([, number, name]) => [
      name,
      Number(number),
    ]);
    expect(Object.fromEntries(table)).toEqual(OPS);
    expect(new Set(Object.values(OPS)).size).toBe(table.length);
  });

  it('comes back from its bytes', () => {
    fc.assert(
      fc.property(leaves, (leaf) => {
        const bytes = encodeLeaf(leaf);
        expect(bytes).toHaveLength(LEAF_LENGTH);
        expect(decodeLeaf(bytes)).toEqual(leaf);
      }),
    );
  });

  it('has one encoding: changed bytes are refused or are another leaf', () => {
    fc.assert(
      fc.property(leaves, fc.nat(72), fc.integer({ min: 1, max: 255 }), (leaf, at, flip) => {
        const bytes = encodeLeaf(leaf);
        bytes[at] = (bytes[at] as number) ^ flip;
        let read: Leaf;
        try {
          read = decodeLeaf(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          return;
        }
        expect(read).not.toEqual(leaf);
        expect(encodeLeaf(read)).toEqual(bytes);
      }),
    );
  });

  it.each([
    ['another length', (bytes: Buffer) => bytes.subarray(1)],
    ['another format', (bytes: Buffer) => bytes.fill(2, 0, 1)],
    ['an op without a name', (bytes: Buffer) => bytes.fill(9, 1, 2)],
    ['reserved bytes in use', (bytes: Buffer) => bytes.fill(1, 40, 41)],
    ['a position beyond the safe integers', (bytes: Buffer) => bytes.fill(0x20, 11, 12)],
  ])('is refused with %s', (_, change) => {
    const bytes = bytesOf(VECTORS[0]?.leaf ?? '');
    expect(decodeLeaf(bytes).position).toBe(1);
    expect(() => decodeLeaf(change(bytes))).toThrow(RangeError);
  });

  it.each([{ time: -1 }, { position: 1.5 }, { ref: 2 ** 53 }, { commitment: Buffer.alloc(31) }])(
    'is not made of %p',
    (wrong) => {
      const leaf: Leaf = { op: 'statement', time: 1, position: 1, commitment: Buffer.alloc(32) };
      expect(() => encodeLeaf({ ...leaf, ...wrong })).toThrow(RangeError);
    },
  );
});
