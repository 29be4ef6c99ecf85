import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/**
 * One system call that strace has seen. `begun` and `ended` are the lines of the trace in which it did: calls of other
 * threads may stand between them.
 * @typedef {{ name: string, given: string, result: string, begun: number, ended: number }} Call
 */

const WHOLE = /^(\d+) +(\w+)\((.*)\) += (.+)$/s;
const UNFINISHED = /^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$/s;
const RESUMED = /^(\d+) +<\.\.\. (\w+) resumed>(.*)\) += (.+)$/s;

/**
 * The calls of a trace that was written with `-f -xx`, in the order of their ends.
 * @param {string} path
 * @returns {AsyncGenerator<Call>}
 */
export async function* readTrace(path) {
  const open = new Map();
  let at = 0;
  for await (const line of createInterface({
    input: createReadStream(path, 'latin1'),
    crlfDelay: Infinity,
  })) {
    at += 1;
    const unfinished = UNFINISHED.exec(line);
    if (unfinished !== null) {
      const [, thread, name, given] = unfinished;
      open.set(thread, { name, given, begun: at });
      continue;
    }
    const resumed = RESUMED.exec(line);
    if (resumed !== null) {
      const [, thread, , rest, result] = resumed;
      const begun = open.get(thread);
      open.delete(thread);
      if (begun !== undefined) yield { ...begun, given: begun.given + rest, result, ended: at };
      continue;
    }
    const whole = WHOLE.exec(line);
    if (whole === null) continue;
    const [, , name, given, result] = whole;
    yield { name, given, result, begun: at, ended: at };
  }
}

/** What stands in the trace as `\x2f\x74`. */
export const bytesOfHex = (text) => Buffer.from(text.replaceAll('\\x', ''), 'hex');
