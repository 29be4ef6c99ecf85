import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

type Found = { readonly file: string; readonly message: string };

/** Short-lived garbage is all that it makes. */
const LIMITS = { maxYoungGenerationSizeMb: 8 };

/** Looks at everything in a thread of its own, when there are scripts for one; what is wrong with the index marks it. */
export const scrubbing = (scripts: string | undefined, folder: string, markIndex: () => void) => {
  let worker: Worker | undefined;
  let ended = false;
  return {
    start: (found: (damage: Error) => void): void => {
      if (scripts === undefined || worker !== undefined) return;
      worker = new Worker(join(scripts, 'scrubber.js'), { workerData: folder, resourceLimits: LIMITS });
      worker.unref();
      worker.on('message', ({ file, message }: Found) => {
        if (file === 'index.db') markIndex();
        found(new Error(message));
      });
      // That it could not run says nothing of the store.
      worker.on('error', () => undefined);
      worker.on('exit', () => {
        ended = true;
      });
    },
    stop: async (): Promise<void> => {
      // Nothing may be broken off within the driver: it waits for the slice under way.
      const ending = worker;
      if (ending === undefined || ended) return;
      ending.ref();
      await new Promise((resolve) => {
        ending.once('exit', resolve);
        ending.postMessage('stop');
      });
    },
  };
};
