import { mkdir, open } from 'node:fs/promises';
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

/** Makes a folder that only its owner may enter, and those above it, so that their names survive a power cut. */
export const makeFolder = async (path: string): Promise<void> => {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  const last = dirname(resolve(first));
  let above = resolve(path);
  do {
    above = dirname(above);
    await syncFolder(above);
  } while (above !== last);
};
