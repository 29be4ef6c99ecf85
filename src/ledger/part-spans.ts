import { scanJson } from '../xapi/scan-json.ts';

/** The members of a statement that are committed to on their own, in this order; all else is the rest. */
export const PARTS = ['actor', 'result', 'context'] as const;

export type Part = (typeof PARTS)[number];

/** `[start, end)` in characters (UTF-16 units), or [-1, -1] for what is not there. */
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
