import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * What a disk holds of a folder, and what is still on its way to it: every file with what was synced of it and the
 * writes behind that, every folder with the names that were synced in it and the changes behind those.
 */

const newFile = () => ({ bytes: Buffer.alloc(0), length: 0, pending: [], size: 0 });
const newFolder = () => ({ kept: new Map(), names: new Map(), pending: [] });

/** Lets a file have at least so many bytes, the new ones zero. */
const grow = (file, length) => {
  if (length > file.bytes.length) {
    const larger = Buffer.alloc(Math.max(length, file.bytes.length * 2));
    file.bytes.copy(larger, 0, 0, file.length);
    file.bytes = larger;
  }
  if (length > file.length) file.length = length;
};

const applyTo = (file, { at, data }) => {
  if (data === undefined) {
    if (at < file.length) file.bytes.fill(0, at, file.length);
    grow(file, at);
    file.length = at;
    return;
  }
  grow(file, at + data.length);
  data.copy(file.bytes, at);
};

/** A name that is given (`to`), taken away (`from`), or both at once. */
const rename = (names, { from, to, node }) => {
  if (from !== undefined) names.delete(from);
  if (to !== undefined) names.set(to, node);
};

/**
 * @param {string} top the folder, absolute, which is empty and survives
 */
export const recordedDisk = (top) => {
  const root = newFolder();

  const find = (path) => {
    if (path === top) return root;
    return path.startsWith(`${top}/`) ? find(dirname(path))?.names?.get(basename(path)) : undefined;
  };

  const name = (path, change) => {
    const folder = find(dirname(path));
    if (folder === undefined) return;
    rename(folder.names, change);
    folder.pending.push(change);
  };

  const write = (path, change) => {
    const file = find(path);
    if (file?.pending === undefined || file.names !== undefined) return;
    file.pending.push(change);
    file.size = change.data === undefined ? change.at : Math.max(file.size, change.at + change.data.length);
  };

  const move = (from, path) => {
    const node = find(from);
    if (node === undefined) return;
    if (dirname(from) === dirname(path)) {
      name(path, { from: basename(from), to: basename(path), node });
      return;
    }
    name(from, { from: basename(from) });
    name(path, { to: basename(path), node });
  };

  const ACTS = {
    write: ({ path, data, at }) => write(path, { at, data }),
    append: ({ path, data }) => write(path, { at: find(path)?.size ?? 0, data }),
    truncate: ({ path, at }) => write(path, { at }),
    folder: ({ path }) => name(path, { to: basename(path), node: newFolder() }),
    make: ({ path }) => {
      if (find(path) === undefined) name(path, { to: basename(path), node: newFile() });
    },
    rename: ({ from, path }) => move(from, path),
    remove: ({ path }) => {
      if (find(path) !== undefined) name(path, { from: basename(path) });
    },
  };

  return {
    apply: (act) => ACTS[act.kind](act),
    isHere: (path) => find(path) !== undefined,
    /** Begins a sync; what is answered ends it: what had come before it began is kept from then on. */
    sync: (path) => {
      const node = find(path);
      if (node === undefined) return () => undefined;
      const keep =
        node.names === undefined ? (one) => applyTo(node, one) : (change) => rename(node.kept, change);
      const covered = new Set(node.pending);
      return () => {
        for (const one of node.pending) if (covered.has(one)) keep(one);
        node.pending = node.pending.filter((one) => !covered.has(one));
      };
    },
    /**
     * Writes what a power cut would leave at this moment.
     * @param {string} folder an empty one
     * @param {import('./tear.mjs').Tear} tear what becomes of all that was not synced
     */
    rebuild: (folder, tear) => rebuildFolder(root, folder, tear),
  };
};

const rebuildFolder = (node, folder, tear) => {
  mkdirSync(folder, { recursive: true });
  const names = new Map(node.kept);
  for (const change of tear.names(node.pending)) rename(names, change);
  for (const [name, child] of names) {
    const path = join(folder, name);
    if (child.names !== undefined) rebuildFolder(child, path, tear);
    else writeFileSync(path, contentOf(child, tear));
  }
};

const contentOf = (file, tear) => {
  const copy = { bytes: Buffer.from(file.bytes), length: file.length };
  for (const one of file.pending) for (const piece of tear.write(one)) applyTo(copy, piece);
  return copy.bytes.subarray(0, copy.length);
};
