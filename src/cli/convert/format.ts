import type { Source } from '../open-source.ts';
import type { SourceElement } from '../source-element.ts';

/** What can be imported: a name, and how to make elements of it. A new one is a file and a line in `formats.ts`. */
export type Format = {
  readonly name: string;
  /** What it is, for `--help`; a noun. */
  readonly explanation: string;
  /** Whether it has to be told by a mapping what the source means. */
  readonly needsMapping: boolean;
  /**
   * The elements come in the same order at another time, so that an import can go on where it was interrupted.
   *
   * @throws Error for people when it is not there, or the mapping is wrong.
   */
  open(path: string, options: FormatOptions): ElementSource;
};

export type FormatOptions = {
  /** What to know the source by at another time, if it cannot be known by its path. */
  readonly name: string | undefined;
  /** The path of the mapping. */
  readonly mapping: string | undefined;
};

/** Where an import comes from, already cut into its elements. */
export type ElementSource = Omit<Source, 'chunks'> & { readonly elements: AsyncIterable<SourceElement> };
