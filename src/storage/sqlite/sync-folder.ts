import { mkdir, open, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** Makes the names in a folder survive a power cut: files and folders that were made in it or renamed into it. */
export const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

/**
 * Makes a folder that only its owner may enter, and those above it, so that their names survive a power cut. One after
 * the other: where a system says of a folder that is there that nothing can be made in it, Node's own goes round for ever.
 */
export const makeFolder = async (path: string): Promise<void> => {
  const missing: string[] = [];
  let above = resolve(path);
  for (; !(await isThere(above)); above = dirname(above)) missing.unshift(above);
  for (const folder of missing) {
    await mkdir(folder, { mode: 0o700 }).catch(unlessThere);
    await syncFolder(dirname(folder));
  }
  // Says in the system's own words that it is no folder.
  if (!(await stat(path)).isDirectory()) await mkdir(path);
};

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );

const unlessThere = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EEXIST') throw error;
};
