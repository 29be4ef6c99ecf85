import { Worker } from 'node:worker_threads';
import { type PlacedEntry, packEntries } from './entry-writer.ts';

/** Commits entries in a thread of its own, in the order in which they are given. */
export type WriterThread = {
  /** Resolves once they are durable. */
  write(entries: readonly PlacedEntry[]): Promise<void>;
  close(): Promise<void>;
};

/** The thread starts when it is first needed. */
export const writerThread = (script: string, path: string): WriterThread => {
  let worker: Worker | undefined;
  const waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];

  const started = (): Worker => {
    if (worker !== undefined) return worker;
    worker = new Worker(script, { workerData: { path } });
    worker.unref();
    worker.on('message', (problem: string | undefined) => {
      const one = waiting.shift();
      if (problem === undefined) one?.resolve();
      else one?.reject(new Error(problem));
    });
    worker.on('error', (error: Error) => {
      for (const one of waiting.splice(0)) one.reject(error);
    });
    return worker;
  };

  return {
    write: (entries) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        const packed = packEntries(entries);
        started().postMessage(packed, [packed.numbers.buffer as ArrayBuffer]);
      }),
    close: async () => {
      await worker?.terminate();
    },
  };
};
