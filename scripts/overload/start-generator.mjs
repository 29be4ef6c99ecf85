import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { own } from '../commands/children.mjs';

const PROGRAM = fileURLToPath(new URL('./generator.mjs', import.meta.url));

/** The generator, in a process of its own: asks it for one thing after the other. */
export const startGenerator = ({ pin }) => {
  const stdio = ['ignore', 'inherit', 'inherit', 'ipc'];
  const child = own(
    pin ? spawn('taskset', ['-c', '1', process.execPath, PROGRAM], { stdio }) : fork(PROGRAM, { stdio }),
  );
  const ended = new AbortController();
  child.once('exit', () => ended.abort());
  const ask = async (act, given) => {
    child.send({ act, ...given });
    const [{ answer }] = await once(child, 'message', { signal: ended.signal });
    return answer;
  };
  return { ask, end: () => child.kill() };
};
