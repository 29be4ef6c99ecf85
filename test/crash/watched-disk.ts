import { dirname } from 'node:path';

/** A change of a file or folder: its bytes, or the names in it. */
type Change = { readonly path: string; readonly version: number };

/** Follows what was written, and what of it would survive a power cut. */
export type WatchedDisk = {
  write(path: string): void;
  /** A file or folder has got its name. */
  appear(path: string): void;
  rename(from: string, to: string): void;
  /** Begins to sync a file or folder; what is answered ends it. */
  sync(path: string): () => void;
  /** Whether all that was written to a file would survive. */
  keeps(file: string): boolean;
  /** The paths, from a file's up to `top`, whose names would not survive. */
  losesNames(file: string, top: string): readonly string[];
};

export const watchedDisk = (): WatchedDisk => {
  const versions = new Map<string, number>();
  const synced = new Map<string, number>();
  const appeared = new Map<string, Change>();

  const change = (path: string): Change => {
    const version = (versions.get(path) ?? 0) + 1;
    versions.set(path, version);
    return { path, version };
  };
  const lasts = ({ path, version }: Change): boolean => (synced.get(path) ?? 0) >= version;
  /** A name that is there already stays there, whichever of two files it names. */
  const appear = (path: string): void => {
    const named = change(dirname(path));
    if (!appeared.has(path)) appeared.set(path, named);
  };

  return {
    write: change,
    appear,
    rename: (from, to) => {
      versions.set(to, versions.get(from) ?? 0);
      synced.set(to, synced.get(from) ?? 0);
      appear(to);
    },
    sync: (path) => {
      const version = versions.get(path) ?? 0;
      return () => synced.set(path, Math.max(synced.get(path) ?? 0, version));
    },
    keeps: (file) => lasts({ path: file, version: versions.get(file) ?? 0 }),
    losesNames: (file, top) => {
      const lost: string[] = [];
      for (let path = file; path.startsWith(top); path = dirname(path)) {
        const named = appeared.get(path);
        if (named !== undefined && !lasts(named)) lost.push(path);
      }
      return lost;
    },
  };
};
