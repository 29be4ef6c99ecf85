/** A fault as it is logged. */
export type FaultText = {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  /** Where in our code, the innermost first. */
  readonly stack: readonly string[];
  readonly cause?: FaultText;
};

/** So many causes are told, the nearest first. */
const MOST_CAUSES = 3;

/**
 * What is told of a fault. Platforms quote what was sent in the messages of their errors (a piece of JSON, a value of
 * the wrong type), so everything that stands in quotes is left out, and a SyntaxError has no message at all.
 */
export const faultText = (error: unknown, causes = MOST_CAUSES): FaultText => {
  if (!(error instanceof Error)) return { name: typeof error, message: '', stack: [] };
  const { name, message, stack = '', cause } = error;
  const { code } = error as NodeJS.ErrnoException;
  return {
    name,
    message: name === 'SyntaxError' ? '' : unquoted(message),
    ...(typeof code === 'string' ? { code } : {}),
    stack: stack
      .replace(`${name}: ${message}`, '')
      .split('\n')
      .filter((line) => FRAME.test(line))
      .map((line) => line.trim()),
    ...(cause === undefined || causes === 0 ? {} : { cause: faultText(cause, causes - 1) }),
  };
};

/** A message without anything that it quotes. */
export const unquoted = (message: string): string => message.replace(QUOTED, '…');

/** From the first quote to the last: what is quoted may have quotes of its own. */
const QUOTED = /["'`“‘].*["'`”’]/s;

const FRAME = /^ {4}at \S.*:\d+:\d+\)?$/;
