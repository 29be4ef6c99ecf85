import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A new folder inside of another one. It goes with the process at the latest, unless it is kept.
 * @param {string} name
 * @param {string} parent
 */
export const makeFolder = (name, parent) => {
  const path = realpathSync(mkdtempSync(join(parent, `cairn-${name}-`)));
  const remove = () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  process.once('exit', remove);
  const keep = () => void process.off('exit', remove);
  return { path, keep, remove: () => [keep(), remove()] };
};

/**
 * Runs in a folder of its own, which is kept and named if anything was wrong.
 * @template {{ readonly violations: readonly string[] }} R
 * @param {string} name
 * @param {string} parent
 * @param {(folder: string) => Promise<R>} run
 * @returns {Promise<R>}
 */
export const runInFolder = async (name, parent, run) => {
  const folder = makeFolder(name, parent);
  try {
    const results = await run(folder.path);
    if (results.violations.length === 0) folder.remove();
    for (const sentence of results.violations) console.error(`WRONG ${sentence}`);
    return results;
  } finally {
    folder.keep();
    if (existsSync(folder.path)) console.error(`What was left is kept in ${folder.path}.`);
  }
};
