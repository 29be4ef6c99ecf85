const REASONS: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'is in use by another program'],
  ['EADDRNOTAVAIL', 'is no address of this machine'],
  ['ENOTFOUND', 'is no address that is known'],
  ['EACCES', 'is not open to this user'],
  ['EPERM', 'is not open to this user'],
  ['EROFS', 'cannot be written: the file system is read-only'],
  ['ENOSPC', 'cannot be written: the disk is full'],
  ['ENOENT', 'is not there'],
  ['ENOTDIR', 'is no folder'],
  ['EEXIST', 'is no folder'],
  ['EISDIR', 'is a folder, not a file'],
  ['ERR_SQLITE_ERROR', 'cannot be opened'],
]);

/** The error of a system call for people: what it is about, why, and what to do. Any other comes back as it is. */
export const explainSystemError = (error: unknown, what: string, advice: string): Error => {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const reason = REASONS.get(code);
  if (reason === undefined) return error as Error;
  const detail = code === 'ERR_SQLITE_ERROR' ? ` (${message})` : '';
  return new Error(`${what} ${reason}${detail}. ${advice}`.trimEnd());
};
