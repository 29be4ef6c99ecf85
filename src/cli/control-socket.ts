import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The longest path that every system takes for a socket, in bytes (104 on macOS with the NUL, 108 on Linux). */
const LONGEST = 103;

const plainPath = (folder: string): string => resolve(folder, 'cairn.sock');

/** Where the socket stands is written here when the data folder's own path is too long for one. */
const elsewherePath = (folder: string): string => resolve(folder, 'cairn.sock.path');

/** The path at which a server that runs on this data folder would listen. */
export const controlSocket = async (folder: string): Promise<string> => {
  try {
    return (await readFile(elsewherePath(folder), 'utf8')).trim();
  } catch {
    return plainPath(folder);
  }
};

/**
 * Listens where commands look for the server of a data folder; only the owner can connect. What a killed server has
 * left is removed, so the caller has to hold the folder's lock. Answers how to remove it all.
 */
export const listenForCommands = async (server: Server, folder: string): Promise<() => Promise<void>> => {
  await removeSocket(folder);
  const path = await placeForSocket(folder);
  await listen(server, path);
  await chmod(path, 0o600);
  return () => removeSocket(folder);
};

const placeForSocket = async (folder: string): Promise<string> => {
  const plain = plainPath(folder);
  if (Buffer.byteLength(plain) <= LONGEST) return plain;
  const path = join(await mkdtemp(join(tmpdir(), 'cairn-')), 'cairn.sock');
  await writeFile(elsewherePath(folder), path, { mode: 0o600 });
  return path;
};

const removeSocket = async (folder: string): Promise<void> => {
  const path = await controlSocket(folder);
  await rm(path, { force: true });
  if (path === plainPath(folder)) return;
  await rm(dirname(path), { recursive: true, force: true });
  await rm(elsewherePath(folder), { force: true });
};

/** Binding makes the file at once, and with the mode that the mask leaves. */
const listen = (server: Server, path: string): Promise<void> =>
  new Promise((done, refuse) => {
    server.once('error', refuse);
    const mask = process.umask(0o177);
    server.listen(path, done);
    process.umask(mask);
  });
