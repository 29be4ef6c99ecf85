/**
 * One system call that strace has seen. `begun` and `ended` are the lines of the trace in which it did: calls of
 * other threads may stand between them.
 */
export type Call = {
  readonly name: string;
  readonly arguments: string;
  readonly result: string;
  readonly begun: number;
  readonly ended: number;
};

const WHOLE = /^(\d+) +(\w+)\((.*)\) += (.+)$/;
const UNFINISHED = /^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$/;
const RESUMED = /^(\d+) +<\.\.\. (\w+) resumed>(.*)\) += (.+)$/;

/** The calls of a trace that was written with `-f` and without moments, in the order of their ends. */
export const readTrace = (trace: string): readonly Call[] => {
  const calls: Call[] = [];
  const open = new Map<string, { name: string; arguments: string; begun: number }>();
  trace.split('\n').forEach((line, at) => {
    const unfinished = UNFINISHED.exec(line);
    if (unfinished !== null) {
      const [, thread = '', name = '', given = ''] = unfinished;
      open.set(thread, { name, arguments: given, begun: at });
      return;
    }
    const resumed = RESUMED.exec(line);
    if (resumed !== null) {
      const [, thread = '', , rest = '', result = ''] = resumed;
      const begun = open.get(thread);
      if (begun !== undefined) calls.push({ ...begun, arguments: begun.arguments + rest, result, ended: at });
      open.delete(thread);
      return;
    }
    const whole = WHOLE.exec(line);
    if (whole === null) return;
    const [, , name = '', given = '', result = ''] = whole;
    calls.push({ name, arguments: given, result, begun: at, ended: at });
  });
  return calls;
};
