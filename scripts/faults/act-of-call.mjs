import { bytesOfHex } from './read-trace.mjs';

/**
 * What a system call means for a disk, or for who was told what.
 * @typedef {object} Act
 * @property {'write' | 'append' | 'truncate' | 'sync' | 'make' | 'folder' | 'rename' | 'remove' | 'answer'} kind
 * @property {string} [path]
 * @property {string} [from] what is renamed
 * @property {Buffer} [data]
 * @property {number} [at] an offset, or a new length
 * @property {string} [ports] of the server and of the client that is answered
 */

const DESCRIPTOR = /^\d+<((?:\\x[0-9a-f]{2})+)>/;
const SOCKET = /^\d+<TCP:\[[^\]]*:(\d+)->[^\]]*:(\d+)\]>/;
const STRINGS = /"((?:\\x[0-9a-f]{2})*)"/g;
const HTTP = /"\\x48\\x54\\x54\\x50\\x2f\\x31\\x2e\\x31\\x20/;
/** The last number between the parentheses: an offset or a length. */
const LAST_NUMBER = /, (\d+)$/;

const stringsIn = (given) => [...given.matchAll(STRINGS)].map(([, hex]) => bytesOfHex(hex));
const lastNumber = (given) => Number(LAST_NUMBER.exec(given)?.[1]);

const written = (given, result) => Buffer.concat(stringsIn(given)).subarray(0, Number.parseInt(result, 10));

const ON_DESCRIPTORS = {
  pwrite64: ({ given, result }) => ({
    kind: 'write',
    data: written(given, result),
    at: lastNumber(given),
  }),
  pwritev: ({ given, result }) => ({ kind: 'write', data: written(given, result), at: lastNumber(given) }),
  write: ({ given, result }) => ({ kind: 'append', data: written(given, result) }),
  writev: ({ given, result }) => ({ kind: 'append', data: written(given, result) }),
  ftruncate: ({ given }) => ({ kind: 'truncate', at: lastNumber(given) }),
  fsync: () => ({ kind: 'sync' }),
  fdatasync: () => ({ kind: 'sync' }),
};

const ON_NAMES = {
  mkdir: ([path]) => ({ kind: 'folder', path }),
  rename: ([from, path]) => ({ kind: 'rename', from, path }),
  unlink: ([path]) => ({ kind: 'remove', path }),
  rmdir: ([path]) => ({ kind: 'remove', path }),
  openat: ([path], given) => (given.includes('O_CREAT') ? { kind: 'make', path } : undefined),
};

/** @returns {Act | undefined} */
export const actOfCall = (call) => {
  const { name, given, result } = call;
  const [, ...ports] = SOCKET.exec(given) ?? [];
  if (ports.length > 0) return HTTP.test(given) ? { kind: 'answer', ports: ports.join('-') } : undefined;
  if (result.startsWith('-1')) return undefined;
  if (name in ON_NAMES) {
    const paths = stringsIn(given).map(String);
    return ON_NAMES[name](paths, given);
  }
  const path = DESCRIPTOR.exec(given)?.[1];
  const act = path === undefined ? undefined : ON_DESCRIPTORS[name]?.(call);
  return act === undefined ? undefined : { ...act, path: bytesOfHex(path).toString() };
};
