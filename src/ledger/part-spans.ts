import { Buffer } from 'node:buffer';
import { scanJson } from '../xapi/scan-json.ts';

/** The members of a statement that are committed to on their own, in this order; all else is the rest. */
export const PARTS = ['actor', 'result', 'context'] as const;

export type Part = (typeof PARTS)[number];

/** `[start, end)` in characters (UTF-16 units) or in bytes of UTF-8, or [-1, -1] for what is not there. */
export type Span = readonly [start: number, end: number];

/** Where the values of the parts stand in a statement's text. */
export type PartSpans = Readonly<Record<Part, Span>>;

const NOWHERE: Span = [-1, -1];

/** The spans of a text without parts. */
export const NO_PARTS: PartSpans = { actor: NOWHERE, result: NOWHERE, context: NOWHERE };

/**
 * Finds the parts in a statement's stored text: one JSON object in compact form, with no key twice. A key counts
 * by its meaning (`"\u0061ctor"` is `actor`).
 *
 * @throws SyntaxError when the text is not one whole compact object; beyond that it is taken to be JSON.
 */
export const partSpans = (text: string): PartSpans => {
  const { compact, elements, members } = scanJson(text);
  if (!compact || elements.length !== 2 || elements[0] !== 0 || elements[1] !== text.length) {
    throw new SyntaxError('This is not one JSON object in compact form.');
  }
  const spans: Record<Part, Span> = { ...NO_PARTS };
  for (let at = 0; at + 2 < members.length; at += 3) {
    const [keyStart, start, end] = members.slice(at, at + 3) as [number, number, number];
    const name: unknown = JSON.parse(text.slice(keyStart, start - 1));
    const part = PARTS.find((candidate) => candidate === name);
    if (part !== undefined) spans[part] = [start, end];
  }
  return spans;
};

/** The spans of a text in the bytes of its UTF-8, of which there are `length`, from its spans in characters. */
export const byteSpans = (text: string, length: number, spans: PartSpans): PartSpans => {
  if (length === text.length) return spans;
  const inBytes = ([start, end]: Span): Span => {
    if (start < 0) return NOWHERE;
    const first = Buffer.byteLength(text.slice(0, start));
    return [first, first + Buffer.byteLength(text.slice(start, end))];
  };
  return { actor: inBytes(spans.actor), result: inBytes(spans.result), context: inBytes(spans.context) };
};
