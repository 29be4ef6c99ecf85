/** One command of `cairn`: what `--help` says of it, what it understands, and what it does. */
export type Command = {
  /** One word, or two for one of a group (`keys create`). */
  readonly name: string;
  /** One line. */
  readonly summary: string;
  /** What else there is to know, as paragraphs. */
  readonly details?: string;
  readonly options: readonly Option[];
  /** What stands behind the name without a flag, if anything does. */
  readonly argument?: { readonly name: string; readonly isNeeded: boolean };
  /** Answers the exit code. Throws an Error whose message is for people. */
  run(call: Call): Promise<number>;
};

export type Option = {
  /** Without the two dashes. */
  readonly name: string;
  /** What to call its value; one without takes none. */
  readonly value?: string;
  readonly explanation: string;
};

/** A command as it was called. */
export type Call = {
  readonly argument: string | undefined;
  has(flag: string): boolean;
  value(option: string): string | undefined;
  readonly environment: NodeJS.ProcessEnv;
};

/** Exit codes: all is well, it did not work (or not all of it), it was called wrongly. */
export const EXIT = { ok: 0, failed: 1, misused: 2 } as const;
