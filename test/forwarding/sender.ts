import { EGRESS_LIMITS } from '../../src/forwarding/egress.ts';
import { type Forwards, forwards as openForwards, type SeenTarget } from '../../src/forwarding/forwards.ts';
import type { Target } from '../../src/forwarding/target.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { openFolder } from '../storage/sqlite-folder.ts';

/** A store on real files from which statements are sent on. */
export type Sender = {
  readonly storage: Storage;
  readonly forwards: Forwards;
  /** Stops and starts again, as the program does. */
  restart(targets?: readonly Target[]): Promise<void>;
  /** Goes on with what a kill at this moment would have left. */
  kill(): Promise<void>;
};

/** A target at this machine that has everything from the start sent to it. */
export const targetAt = (url: string, change: Partial<Target> = {}): Target => ({
  name: 'other',
  endpoint: `${url}/xapi`,
  version: '1.0.3',
  key: 'key',
  secret: 'secret',
  filter: {},
  from: 'start',
  allowPrivate: true,
  batch: 50,
  ...change,
});

const stops: (() => Promise<void>)[] = [];

/** To be called after each test. */
export const stopSenders = async (): Promise<void> => {
  for (const stop of stops.splice(0)) await stop();
};

const LIMITS = { ...EGRESS_LIMITS, longest: 2000, mostAnswer: 100_000 };

export const startSender = async (
  targets: readonly Target[],
  prepare: (storage: Storage) => Promise<unknown> = async () => undefined,
): Promise<Sender> => {
  const folder = await openFolder();
  await prepare(folder.storage);
  let current = targets;
  let forwards: Forwards;
  const start = async () => {
    const { storage } = folder;
    forwards = openForwards({ ...storage, store: storage.forwards, targets: current, limits: LIMITS });
    await forwards.start();
  };
  await start();
  stops.push(async () => {
    await forwards.stop();
    await folder.close();
  });
  return {
    get storage() {
      return folder.storage;
    },
    get forwards() {
      return forwards;
    },
    restart: async (changed = current) => {
      current = changed;
      await forwards.stop();
      await folder.reopen();
      await start();
    },
    kill: async () => {
      const before = forwards;
      await folder.crash();
      await before.stop();
      await start();
    },
  };
};

/** Waits for something that is sure to come. */
export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((next) => setTimeout(next, 5));
};

export const seen = async (sender: Sender, name = 'other'): Promise<SeenTarget> =>
  (await sender.forwards.list()).find((target) => target.name === name) as SeenTarget;

/** Waits until a target has nothing before it any more. */
export const untilThere = (sender: Sender, name?: string): Promise<void> =>
  until(async () => {
    const { behind, failing } = await seen(sender, name);
    return behind === 0 && failing === undefined;
  });
