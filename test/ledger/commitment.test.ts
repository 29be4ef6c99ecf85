import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { commitText, memberSalts } from '../../src/ledger/commitment.ts';
import { NO_PARTS, type PartSpans, partSpans } from '../../src/ledger/part-spans.ts';
import { bytes32, commitmentTo, cutTexts, spansOf, textOf } from './cut-texts.ts';

const SALTS: Record<string, Buffer> = {
  A: Buffer.from(Array.from({ length: 32 }, (_, i) => i)),
  F: Buffer.alloc(32, 0xff),
  '0': Buffer.alloc(32),
};
const DECISION = readFileSync('specs/decisions/0002-leaf-and-commitment.md', 'utf8');
const VECTORS = [...DECISION.matchAll(/^\| ([AF0]) \| `(.+)` \| `(\w{64})` \|$/gm)].map(
  ([, salt = '', text = '', commitment = '']) => ({ salt: SALTS[salt] as Buffer, text, commitment }),
);

const hexOf = (salt: Buffer, text: string, spans: PartSpans): string =>
  commitmentTo(salt, text, spans).toString('hex');

describe('the commitment', () => {
  it('is the one of the decision, which another program made', () => {
    expect(VECTORS).toHaveLength(4);
    for (const { salt, text, commitment } of VECTORS) {
      expect(hexOf(salt, text, partSpans(text))).toBe(commitment);
    }
  });

  it('is fixed for texts without parts, even an empty one', () => {
    expect(commitText(SALTS['0'] as Buffer, '{}').toString('hex')).toBe(VECTORS[3]?.commitment);
    expect(commitText(SALTS['A'] as Buffer, '').toString('hex')).toBe(
      'e3dff045e2990e26f21b672b1c6c7a02666cf5ee80654d77fdb77f5a695b1536',
    );
  });

  it('expands the salt as another program does', () => {
    expect(memberSalts(SALTS['A'] as Buffer)).toEqual({
      actor: '293702664f2fab04e4741df81aba9d816d92d820c06fd356832860a0ee896f9e',
      result: '762b85b09d3dc61444a189b6e566b20a4b43e5676334da4b53c2d2688147cd28',
      context: '5c8a406e8138038cbe36b527ff68fe145297fb969f47620a6a91c093cf77d477',
      rest: '6c924ab4e00a413cf29cc232f7e3d6c40c2ee1cdab64e8139b6945111426cc7e',
    });
  });

  it('changes with any byte of the salt', () => {
    fc.assert(
      fc.property(bytes32, cutTexts, fc.nat(31), fc.integer({ min: 1, max: 255 }), (salt, cuts, at, flip) => {
        const other = Buffer.from(salt);
        other[at] = (other[at] as number) ^ flip;
        const [text, spans] = [textOf(cuts), spansOf(cuts)];
        expect(hexOf(other, text, spans)).not.toBe(hexOf(salt, text, spans));
      }),
    );
  });

  it('changes with any character of the text, wherever the parts are', () => {
    fc.assert(
      fc.property(
        bytes32,
        cutTexts,
        fc.nat(),
        fc.string({ minLength: 1, maxLength: 1 }),
        (salt, cuts, n, by) => {
          const [text, spans] = [textOf(cuts), spansOf(cuts)];
          fc.pre(text.length > 0);
          const at = n % text.length;
          fc.pre(/[ -~]/.test(text[at] as string) && text[at] !== by);
          const other = text.slice(0, at) + by + text.slice(at + 1);
          expect(hexOf(salt, other, spans)).not.toBe(hexOf(salt, text, spans));
        },
      ),
    );
  });

  it('is the same only for the same text cut in the same places', () => {
    fc.assert(
      fc.property(bytes32, cutTexts, cutTexts, (salt, one, other) => {
        const same =
          textOf(one) === textOf(other) && JSON.stringify(spansOf(one)) === JSON.stringify(spansOf(other));
        const equal = hexOf(salt, textOf(one), spansOf(one)) === hexOf(salt, textOf(other), spansOf(other));
        expect(equal).toBe(same);
      }),
    );
  });

  it('tells the same text apart when only the cuts move, a part from another, and absent from empty', () => {
    const salt = SALTS['A'] as Buffer;
    const spans: PartSpans[] = [
      NO_PARTS,
      { ...NO_PARTS, actor: [2, 4] },
      { ...NO_PARTS, actor: [2, 5] },
      { ...NO_PARTS, actor: [1, 4] },
      { ...NO_PARTS, result: [2, 4] },
      { ...NO_PARTS, context: [2, 4] },
      { ...NO_PARTS, actor: [2, 2] },
      { ...NO_PARTS, actor: [3, 3] },
      { ...NO_PARTS, result: [2, 2] },
      { actor: [2, 4], result: [4, 6], context: [-1, -1] },
      { actor: [4, 6], result: [2, 4], context: [-1, -1] },
      { actor: [2, 4], result: [4, 4], context: [-1, -1] },
    ];
    const made = new Set(spans.map((each) => hexOf(salt, 'aaaaaaaa', each)));
    expect(made.size).toBe(spans.length);
  });

  it('holds for texts longer than the scratch buffer, and leaves it as it was for the next', () => {
    const salt = SALTS['A'] as Buffer;
    const long = `{"actor":{},"x":"${'ü€😀'.repeat(50_000)}`;
    const before = hexOf(salt, VECTORS[0]?.text ?? '', partSpans(VECTORS[0]?.text ?? ''));
    const seen = new Set([`${long}"}`, `${long}."}`].map((text) => hexOf(salt, text, partSpans(text))));
    expect(seen.size).toBe(2);
    expect(hexOf(salt, VECTORS[0]?.text ?? '', partSpans(VECTORS[0]?.text ?? ''))).toBe(before);
  });

  it.each<[string, PartSpans]>([
    ['overlap', { actor: [1, 4], result: [3, 5], context: [-1, -1] }],
    ['are reversed', { ...NO_PARTS, context: [4, 2] }],
    ['end after the text', { ...NO_PARTS, context: [4, 9] }],
  ])('is refused for spans that %s', (_, spans) => {
    expect(() => commitmentTo(SALTS['A'] as Buffer, 'aaaaaaaa', spans)).toThrow(RangeError);
  });

  it('is refused for a salt of another length', () => {
    expect(() => commitText(Buffer.alloc(31), '{}')).toThrow(RangeError);
  });
});
