import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreFigures } from '../../statements/store-figures.ts';
import type { StoredClock } from './clock.ts';
import type { CommitQueue } from './commit-queue.ts';
import { EVERY_STATEMENT } from './follow.ts';
import type { Log } from './log.ts';
import type { PostingIndex } from './posting-index.ts';

const FILES = ['log.db', 'log.db-wal', 'index.db', 'index.db-wal'];

/** Samples how the store is doing; cheap enough to be asked every second. `asked` is told each time. */
export const figuresOf =
  (
    folder: string,
    log: Log,
    clock: StoredClock,
    queue: CommitQueue,
    index: PostingIndex,
    asked: () => void,
  ) =>
  (): StoreFigures => {
    asked();
    return {
      head: log.durable(),
      statements: index.countOf(EVERY_STATEMENT),
      lastStored: log.lastStored(),
      consistentThrough: clock.consistentThrough(),
      queue: queue.depth(),
      index: { flushed: index.upto(), backlog: index.backlog() },
      files: Object.fromEntries(FILES.map((name) => [name, sizeOf(join(folder, name))])),
    };
  };

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
