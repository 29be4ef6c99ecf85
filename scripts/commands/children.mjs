/** Processes that a command has started and that run. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * From now on the process does not outlive the command.
 * @template {import('node:child_process').ChildProcess} C
 * @param {C} child
 * @returns {C}
 */
export const own = (child) => {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
};

export const killChildren = () => {
  for (const child of running) child.kill('SIGKILL');
};
