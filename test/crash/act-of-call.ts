import type { Call } from './read-trace.ts';

/** What a system call means for what would survive a power cut, and for who was told what. */
export type Act =
  | { readonly kind: 'receive'; readonly socket: string; readonly tag: string }
  | { readonly kind: 'answer'; readonly socket: string; readonly status: number }
  | { readonly kind: 'write'; readonly path: string; readonly isHeader: boolean }
  | { readonly kind: 'appear'; readonly path: string }
  | { readonly kind: 'rename'; readonly from: string; readonly path: string }
  | { readonly kind: 'sync'; readonly path: string; readonly succeeded: boolean };

const SOCKET = /^\d+<(TCP[^>]*\[[^\]]*\])>/;
const FILE = /^\d+<([^>]*)>/;
const STATUS = /"HTTP\/1\.1 (\d{3}) /;
const TAG = /"(?:POST|PUT|DELETE) [^ ]*[?&]cachebuster=(\w+)/;

/** Files that SQLite makes itself: the log, its write-ahead log, its rollback journal. */
const MADE_BY_OPENING = /\/log\.db(-wal|-journal)?$/;

/** The first 32 bytes of a write-ahead log, with which SQLite begins it anew. */
const WAL_HEADER = /, 32, 0$/;

const KINDS: Readonly<Record<string, 'send' | 'take' | 'sync' | 'rename' | 'make' | 'open'>> = {
  ftruncate: 'send',
  write: 'send',
  writev: 'send',
  pwrite64: 'send',
  pwritev: 'send',
  sendto: 'send',
  sendmsg: 'send',
  read: 'take',
  readv: 'take',
  recvfrom: 'take',
  recvmsg: 'take',
  fsync: 'sync',
  fdatasync: 'sync',
  rename: 'rename',
  renameat: 'rename',
  renameat2: 'rename',
  mkdir: 'make',
  mkdirat: 'make',
  openat: 'open',
};

/** The act of a call, if it is one below the data folder or on a socket, or the sync of whatever folder. */
export const actOf = (call: Call, data: string): readonly Act[] => {
  const socket = SOCKET.exec(call.arguments)?.[1];
  const act = socket === undefined ? onFiles(call, data) : onSocket(call, socket);
  return act === undefined ? [] : [act];
};

const onSocket = ({ name, arguments: given }: Call, socket: string): Act | undefined => {
  const kind = KINDS[name];
  const tag = kind === 'take' ? TAG.exec(given)?.[1] : undefined;
  if (tag !== undefined) return { kind: 'receive', socket, tag };
  const status = kind === 'send' ? STATUS.exec(given)?.[1] : undefined;
  return status === undefined ? undefined : { kind: 'answer', socket, status: Number(status) };
};

const onFiles = (call: Call, data: string): Act | undefined => {
  const kind = KINDS[call.name];
  const path = FILE.exec(call.arguments)?.[1] ?? '';
  const isHeader = WAL_HEADER.test(call.arguments);
  const succeeded = !call.result.startsWith('-1');
  if (kind === 'sync') return { kind, path, succeeded };
  if (kind === 'send') return path.startsWith(data) ? { kind: 'write', path, isHeader } : undefined;
  return succeeded ? onNames(call, data) : undefined;
};

/** Calls that give a name to a file or folder. */
const onNames = ({ name, arguments: given }: Call, data: string): Act | undefined => {
  const kind = KINDS[name];
  const paths = [...given.matchAll(/"([^"]*)"/g)].map(([, path]) => path ?? '');
  const last = paths.at(-1) ?? '';
  if (!last.startsWith(data)) return undefined;
  if (kind === 'rename') return { kind, from: paths[0] ?? '', path: last };
  if (kind === 'make') return { kind: 'appear', path: last };
  const isMade = kind === 'open' && given.includes('O_CREAT') && MADE_BY_OPENING.test(last);
  return isMade ? { kind: 'appear', path: last } : undefined;
};
