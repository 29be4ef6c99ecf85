import { constants } from 'node:fs';
import { access, readdir, stat, statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { bad, type Finding, ok, warn } from './finding.ts';

/** The data folder: whose it is, who may enter it, and the disk that it is on. */
export const checkFolder = async (given: string): Promise<readonly Finding[]> => {
  const folder = resolve(given);
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined) {
    const advice = 'The first start makes it; if there was one, CAIRN_STORAGE says where it is.';
    return [warn('data folder', `There is no ${folder}.`, advice)];
  }
  if (!found.isDirectory()) {
    return [bad('data folder', `${folder} is no folder.`, 'Set CAIRN_STORAGE to another.')];
  }
  const { bavail, blocks, bsize, type } = await statfs(folder);
  return [
    judgeOwner(folder, found.uid, process.getuid?.()),
    await checkWriting(folder),
    await checkModes(folder, found.mode),
    judgeDisk(type),
    judgeSpace(bavail * bsize, blocks * bsize),
    ...(await checkFirstCredential(folder)),
  ];
};

export const judgeOwner = (folder: string, owner: number, user: number | undefined): Finding => {
  if (user === undefined || owner === user) return ok('owner', `${folder} is this user's own.`);
  return bad(
    'owner',
    `${folder} belongs to user ${owner}, and this runs as ${user}.`,
    'Run this as the user that runs the server; if that is this one: chown -R.',
  );
};

const checkWriting = async (folder: string): Promise<Finding> => {
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return ok('access', 'It can be read and written.');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return bad('access', `${folder} cannot be written (${code}).`, 'Let it be written by this user.');
  }
};

const checkModes = async (folder: string, mode: number): Promise<Finding> => {
  const open = (mode & 0o077) === 0 ? [] : [folder];
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && (found.mode & 0o077) !== 0) open.push(path);
  }
  if (open.length === 0) return ok('permissions', 'Nobody else can read what is stored.');
  const shown = open.slice(0, 3).join(', ');
  return warn(
    'permissions',
    `Others may open ${shown}${open.length > 3 ? ` and ${open.length - 3} more` : ''}.`,
    `What is stored is about people: chmod -R go= ${folder}`,
  );
};

/** File systems by their numbers (statfs(2)), and what is wrong with them. */
const DISKS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS, on which SQLite’s locks cannot be trusted'],
  [0x517b, 'SMB, on which SQLite’s locks cannot be trusted'],
  [0xff534d42, 'CIFS, on which SQLite’s locks cannot be trusted'],
  [0xfe534d42, 'SMB, on which SQLite’s locks cannot be trusted'],
  [0x01021997, '9p, a share of another machine'],
  [0x65735546, 'FUSE, which may be a share of another machine'],
  [0x01021994, 'memory, which a restart of the machine empties'],
  [0x858458f6, 'memory, which a restart of the machine empties'],
  [0x794c7630, 'the layer of a container, which ends with it'],
]);

export const judgeDisk = (type: number): Finding => {
  const wrong = DISKS.get(type >>> 0);
  if (wrong === undefined) return ok('disk', 'It is on a local disk.');
  return warn('disk', `It is on ${wrong}.`, 'Put the data folder on a local disk, or a volume of one.');
};

/** In bytes. */
const FULL = 100 * 1024 * 1024;
const NEARLY_FULL = 2 * 1024 * 1024 * 1024;

export const judgeSpace = (free: number, size: number): Finding => {
  const told = `${megabytes(free)} of ${megabytes(size)} are free.`;
  const advice = 'Make room, or move the data folder: a full disk stops the server.';
  if (free < FULL) return bad('space', told, advice);
  return free < NEARLY_FULL || free < size / 50 ? warn('space', told, advice) : ok('space', told);
};

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;

const checkFirstCredential = async (folder: string): Promise<readonly Finding[]> => {
  const path = join(folder, 'first-credential.txt');
  if ((await stat(path).catch(() => undefined)) === undefined) return [];
  return [
    warn('first credential', `${path} still holds a secret.`, 'Keep it elsewhere and delete the file.'),
  ];
};
