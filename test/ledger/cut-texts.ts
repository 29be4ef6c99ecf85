import fc from 'fast-check';
import { commit } from '../../src/ledger/commitment.ts';
import {
  byteSpans,
  PARTS,
  type Part,
  type PartSpans,
  partSpans,
  type Span,
} from '../../src/ledger/part-spans.ts';

/** Pieces of the rest as strings, parts with their name. */
export type CutText = readonly (string | { readonly part: Part; readonly text: string })[];

export const textOf = (cuts: CutText): string =>
  cuts.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');

export const spansOf = (cuts: CutText): PartSpans => {
  const spans: Record<Part, Span> = { actor: [-1, -1], result: [-1, -1], context: [-1, -1] };
  let at = 0;
  for (const piece of cuts) {
    const text = typeof piece === 'string' ? piece : piece.text;
    if (typeof piece !== 'string') spans[piece.part] = [at, at + text.length];
    at += text.length;
  }
  return spans;
};

export const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));

const narrow = fc.string({ unit: fc.constantFrom('a', 'b', '\n', 'ü'), maxLength: 3 });
const wide = fc.string({ unit: 'binary', maxLength: 20 });

/** Any text, cut into rest and any of the parts in any order; small alphabets too, so that texts meet. */
export const cutTexts: fc.Arbitrary<CutText> = fc
  .tuple(fc.shuffledSubarray([...PARTS]), fc.oneof(narrow, wide).map(String), fc.boolean())
  .chain(([parts, first, small]) => {
    const piece = small ? narrow : wide;
    return fc
      .tuple(...parts.map((part) => fc.tuple(piece, piece).map(([text, rest]) => [{ part, text }, rest])))
      .map((pieces) => [first, ...pieces.flat()]);
  });

/** The commitment to a text whose parts stand at `spans`, in characters. */
export const commitmentTo = (salt: Buffer, text: string, spans: PartSpans = partSpans(text)): Buffer => {
  const bytes = Buffer.from(text);
  return commit(salt, bytes, byteSpans(text, bytes.length, spans));
};
