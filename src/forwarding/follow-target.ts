import { alarm } from './alarm.ts';
import { backOff } from './back-off.ts';
import type { ForwardCursor, ForwardStore } from './forward-store.ts';
import { type KeptProgress, keptProgress } from './kept-progress.ts';
import { isAlone, type Pass, pass } from './pass.ts';
import type { SendOnParts } from './send-on.ts';

/** Sends one target what is stored, one request after the other, until it is stopped. */
export type Follower = {
  state(): FollowerState;
  /** Tries again now, whatever it waits for. */
  wake(): void;
  /** Gives what is under way some time, and ends. */
  stop(): Promise<void>;
};

export type FollowerState = ForwardCursor & { readonly failing?: Failing };

/** Moments in milliseconds since 1970. */
export type Failing = {
  readonly since: number;
  /** How often in a row. */
  readonly failures: number;
  readonly error: string;
  readonly nextTry: number;
};

/** How long a request that is under way may take when it is to end, in milliseconds. */
const LAST_REQUEST = 3000;

export const followTarget = (
  parts: Omit<SendOnParts, 'most'> & { readonly store: ForwardStore },
  start: ForwardCursor,
): Follower => {
  const more = alarm();
  const tryAgain = alarm();
  const progress = keptProgress(parts.store, parts.target.name, start);
  let failing: Failing | undefined;
  let stuck = 0;
  let stopped = false;

  const step = async (): Promise<void> => {
    const most = mostAfter(failing?.failures ?? 0, parts.target.batch);
    const outcome = await passSafely(() => pass({ ...parts, progress, most, stuck }));
    stuck = stuckAfter(stuck, most, outcome);
    failing = failingAfter(failing, outcome);
    if (stopped) return;
    if (failing !== undefined) await backOffUntil(failing.nextTry);
    else if (outcome.moved) await nextTurn();
    else await rest();
  };

  const backOffUntil = async (moment: number): Promise<void> => {
    await saveSafely(progress);
    await tryAgain.sleep(moment - Date.now());
  };

  const rest = async (): Promise<void> => {
    await more.sleep(progress.dueIn());
    if (progress.dueIn() === 0) await saveSafely(progress);
  };

  const run = async (): Promise<void> => {
    while (!stopped) await step();
    await saveSafely(progress);
  };

  const wake = (): void => {
    more.ring();
    tryAgain.ring();
  };
  const unwatch = parts.statements.watch(more.ring);
  const running = run();
  return {
    state: () => ({ ...progress.cursor(), ...(failing === undefined ? {} : { failing }) }),
    wake,
    stop: async () => {
      stopped = true;
      unwatch();
      wake();
      const late = setTimeout(parts.egress.close, LAST_REQUEST);
      await running;
      clearTimeout(late);
      parts.egress.close();
    },
  };
};

const stuckAfter = (before: number, most: number, { answered, failed }: Pass): number =>
  isAlone(most, failed) && !answered ? before + 1 : 0;

/** What a target cannot take at once, for its length or the time that it needs, goes in ever smaller requests. */
const mostAfter = (failures: number, batch: number): number =>
  Math.max(1, Math.floor(batch / 2 ** Math.min(failures, 20)));

/** What goes wrong on this side is shown and tried again, too. */
const passSafely = (run: () => Promise<Pass>): Promise<Pass> =>
  run().catch((error: Error) => ({
    moved: false,
    answered: false,
    failed: { kind: 'failed', error: error.message },
  }));

/** Whoever has to know that the store cannot write has been told by it; what is not kept is sent again. */
const saveSafely = (progress: KeptProgress): Promise<void> => progress.save().catch(() => undefined);

/** Requests come first, however much there is to send on. */
const nextTurn = (): Promise<void> =>
  new Promise((done) => {
    setImmediate(done);
  });

const failingAfter = (before: Failing | undefined, { answered, failed }: Pass): Failing | undefined => {
  if (failed === undefined) return undefined;
  const now = Date.now();
  const { failures, since } = before === undefined || answered ? { failures: 0, since: now } : before;
  const nextTry = now + backOff(failures + 1, Math.random(), failed.retryAfter);
  return { since, failures: failures + 1, error: failed.error, nextTry };
};
