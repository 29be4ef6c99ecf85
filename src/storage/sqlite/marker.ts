import type { StoredClock } from './clock.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { Log } from './log.ts';

/** How often the clock's mark is persisted when nothing else is, in milliseconds. */
const MARK_EVERY = 1000;

/**
 * Marks are persisted only from the first time that anyone asks for one: nothing can be stored at or before them any
 * more, which a command that moves statements in with their own `stored` must not bring about by itself.
 */
export const whenAsked = (persist: () => void) => {
  let timer: NodeJS.Timeout | undefined;
  return {
    start: () => {
      timer ??= setInterval(persist, MARK_EVERY).unref();
    },
    stop: () => clearInterval(timer),
  };
};

/**
 * Persists the clock's mark, unless what may be told is no older than `fresh` milliseconds or is about to
 * be renewed: by a commit that is under way, or because it is being persisted already.
 */
export const marker = (queue: CommitQueue, log: Log, clock: StoredClock) => {
  let underWay: Promise<void> | undefined;
  return (fresh = 0): Promise<void> => {
    if (underWay !== undefined) return underWay;
    const isFresh = clock.now() - clock.consistentThrough() < fresh * 1000;
    if (fresh > 0 && (isFresh || queue.isBusy())) return Promise.resolve();
    let mark = 0;
    underWay = queue
      .add(() => {
        mark = clock.newMark();
        log.set('mark', Buffer.from(String(mark)));
      }, 'rows')
      .then(() => clock.marked(mark))
      .finally(() => {
        underWay = undefined;
      });
    return underWay;
  };
};
