import type { Rejection } from '../xapi/rejection.ts';
import type { Element } from './array-scanner.ts';

/** What an import reads: one thing as it stands in the source, or the statement that was made of a row of a table. */
export type SourceElement = Element & { readonly row?: SourceRow };

/** The row of a table that a statement was made of. */
export type SourceRow = {
  /** What the file is called, without its folder. */
  readonly file: string;
  /** The names of its columns, as they stand in the file. */
  readonly header: string;
  /** The row as it stands in the file. */
  readonly text: string;
  /** Why no statement could be made of it; JSON Pointers name its columns. */
  readonly refusal?: Rejection;
};
