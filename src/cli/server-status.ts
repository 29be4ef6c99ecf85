import packageJson from '../../package.json' with { type: 'json' };
import type { StoreFigures } from '../statements/store-figures.ts';
import { sqliteFolder } from '../storage/open-storage.ts';
import type { Storage } from '../storage/storage.ts';
import { formatMicros } from '../xapi/timestamp.ts';
import { type FolderSize, folderSize } from './folder-size.ts';
import type { Problems, Seeing } from './seeing.ts';
import type { Settings } from './settings.ts';
import { settingsInForce } from './settings-in-force.ts';

/** How the running server is doing, for people. Times are UTC; sizes are in bytes. */
export type ServerStatus = {
  /** `failing` when nothing can be stored any more. */
  readonly state: 'running' | 'stopping' | 'failing';
  readonly version: string;
  readonly node: string;
  readonly pid: number;
  readonly started: string;
  readonly uptimeSeconds: number;
  readonly installation: string;
  /** Without the sizes when the folder cannot be read. */
  readonly storage: Partial<FolderSize> & { readonly kind: string; readonly files: StoreFigures['files'] };
  readonly log: {
    readonly position: number;
    readonly statements: number;
    readonly lastStored: string | null;
    readonly consistentThrough: string | null;
  };
  /** `behind` is how many entries are not yet on disk; they are found all the same. */
  readonly index: { readonly position: number; readonly behind: number; readonly backlog: number };
  readonly queue: StoreFigures['queue'];
  readonly credentials: { readonly inUse: number; readonly revoked: number };
  readonly memory: { readonly resident: number; readonly heap: number };
  readonly problems: Problems;
  readonly settings: Readonly<Record<string, unknown>>;
};

/** Looks up how the server is doing. */
export const serverStatus =
  (storage: Storage, settings: Settings, seeing: Pick<Seeing, 'problems' | 'stopping'>) =>
  async (): Promise<ServerStatus> => {
    const { head, statements, lastStored, consistentThrough, queue, index, files } = storage.figures();
    const { rss, heapUsed } = process.memoryUsage();
    const uptime = process.uptime();
    const credentials = storage.credentials.list();
    const revoked = credentials.filter(({ revoked: at }) => at !== undefined).length;
    const size = await folderSize(sqliteFolder(settings.storage)).catch(() => ({}));
    const isRunning = seeing.stopping.aborted ? 'stopping' : 'running';
    return {
      state: storage.failure() === undefined ? isRunning : 'failing',
      version: packageJson.version,
      node: process.version,
      pid: process.pid,
      started: new Date(Date.now() - uptime * 1000).toISOString(),
      uptimeSeconds: Math.round(uptime),
      installation: storage.installation,
      storage: { kind: 'sqlite', ...size, files },
      log: {
        position: head,
        statements,
        lastStored: momentOf(lastStored),
        consistentThrough: momentOf(consistentThrough),
      },
      index: { position: index.flushed, behind: head - index.flushed, backlog: index.backlog },
      queue,
      credentials: { inUse: credentials.length - revoked, revoked },
      memory: { resident: rss, heap: heapUsed },
      problems: seeing.problems(),
      settings: settingsInForce(settings),
    };
  };

const momentOf = (micros: number): string | null => (micros === 0 ? null : formatMicros(micros));
