import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';

/** In bytes: all files in a folder and below it, and what of its disk is free for this user. */
export type FolderSize = { readonly bytes: number; readonly free: number; readonly disk: number };

export const folderSize = async (folder: string): Promise<FolderSize> => {
  const { bavail, blocks, bsize } = await statfs(folder);
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += await sizeOf(join(entry.parentPath, entry.name));
  }
  return { bytes, free: bavail * bsize, disk: blocks * bsize };
};

/** Files come and go meanwhile. */
const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );
