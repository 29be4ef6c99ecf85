import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type PlacedEntry, packEntries } from './entry-writer.ts';

/** Commits entries in a thread of its own, in the order in which they are given. */
export type WriterThread = {
  /** Resolves once they are durable. */
  write(entries: readonly PlacedEntry[]): Promise<void>;
  /** Has the index's write-ahead log folded in, sometime. */
  checkpoint(): void;
  close(): Promise<void>;
};

/** What the thread is given at its start: the files of the log and of the index. */
export type ThreadData = { readonly path: string; readonly indexPath: string };

type Waiting = { readonly resolve: () => void; readonly reject: (error: Error) => void };

/** The thread starts when it is first needed, and keeps the process alive only while it has something to write. */
export const writerThread = (script: string, data: ThreadData): WriterThread => {
  let worker: Worker | undefined;
  let end: Error | undefined;
  const waiting: Waiting[] = [];

  const start = (): Worker => {
    const started = new Worker(script, { workerData: data, resourceLimits: { maxYoungGenerationSizeMb: 8 } });
    started.on('message', (problem: string | undefined) => {
      const one = waiting.shift();
      if (waiting.length === 0) started.unref();
      if (problem === undefined) one?.resolve();
      else one?.reject(new Error(problem));
    });
    const ended = (error: Error) => {
      end = error;
      for (const one of waiting.splice(0)) one.reject(error);
    };
    started.on('error', ended);
    started.on('messageerror', ended);
    started.on('exit', () => ended(new Error('The thread that writes has ended.')));
    started.unref();
    return started;
  };

  return {
    write: (entries) =>
      new Promise((resolve, reject) => {
        if (end !== undefined) {
          reject(end);
          return;
        }
        worker ??= start();
        worker.ref();
        waiting.push({ resolve, reject });
        const { texts, numbers } = packEntries(entries);
        worker.postMessage({ texts, numbers }, [texts.buffer as ArrayBuffer, numbers.buffer as ArrayBuffer]);
      }),
    checkpoint: () => {
      worker ??= start();
      worker.postMessage('checkpoint');
    },
    close: async () => {
      if (worker === undefined || end !== undefined) return;
      worker.ref();
      const exited = once(worker, 'exit');
      worker.postMessage('close');
      await exited;
    },
  };
};
