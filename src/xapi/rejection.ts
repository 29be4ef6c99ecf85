/** Every reason for which this LRS turns something away; each is explained in `specs/rejections.md`. */
export type Reason =
  | 'json-invalid'
  | 'statement-invalid'
  | 'statement-conflict'
  | 'attachment-invalid'
  | 'signature-invalid'
  | 'document-invalid'
  | 'document-conflict'
  | 'precondition-failed'
  | 'parameter-invalid'
  | 'header-invalid'
  | 'version-unsupported'
  | 'body-invalid'
  | 'too-large'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'expired'
  | 'method-not-allowed'
  | 'rate-limited'
  | 'unavailable';

/** One thing that is wrong with what was sent, precise enough to mend it. */
export type Problem = {
  /** Which statement of the batch, from 0; absent when it is not about one statement. */
  readonly index?: number;
  /** JSON Pointer (RFC 6901) inside that statement, or inside what was sent; '' is the whole. */
  readonly pointer: string;
  /** One sentence that says what is wrong and what is expected. */
  readonly message: string;
  /** Where the rule stands, e.g. `Data 2.4.2.1` (xAPI 1.0.3 part and section) or `4.2.2.1` (2.0.0). */
  readonly clause?: string;
};

/** Thrown when a client's wish is turned away. Anything else that is thrown is our own fault. */
export class Rejection extends Error {
  readonly reason: Reason;
  /** All that is wrong, in the order in which it was sent; never empty. */
  readonly problems: readonly Problem[];

  constructor(reason: Reason, problems: readonly Problem[]) {
    // Where it was thrown is of no interest to anybody, and takes longer to find out than all the rest of an answer.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(problems[0]?.message ?? reason);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'Rejection';
    this.reason = reason;
    this.problems = problems;
  }
}

/** One segment of a JSON Pointer (RFC 6901). */
export const segment = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** A rejection with a single problem. */
export const reject = (reason: Reason, pointer: string, message: string, clause?: string): Rejection =>
  new Rejection(reason, [clause === undefined ? { pointer, message } : { pointer, message, clause }]);
