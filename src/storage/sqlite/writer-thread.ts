import { Worker } from 'node:worker_threads';
import { type PlacedEntry, packEntries } from './entry-writer.ts';

/** Commits entries in a thread of its own, in the order in which they are given. */
export type WriterThread = {
  /** Resolves once they are durable. */
  write(entries: readonly PlacedEntry[]): Promise<void>;
  close(): Promise<void>;
};

type Waiting = { readonly resolve: () => void; readonly reject: (error: Error) => void };

/** The thread starts when it is first needed, and keeps the process alive only while it has something to write. */
export const writerThread = (script: string, path: string): WriterThread => {
  let worker: Worker | undefined;
  const waiting: Waiting[] = [];

  const start = (): Worker => {
    const started = new Worker(script, { workerData: { path } });
    started.on('message', (problem: string | undefined) => {
      const one = waiting.shift();
      if (waiting.length === 0) started.unref();
      if (problem === undefined) one?.resolve();
      else one?.reject(new Error(problem));
    });
    const ended = (error: Error) => {
      for (const one of waiting.splice(0)) one.reject(error);
    };
    started.on('error', ended);
    started.on('exit', () => ended(new Error('The thread that writes has ended.')));
    return started;
  };

  return {
    write: (entries) =>
      new Promise((resolve, reject) => {
        worker ??= start();
        worker.ref();
        waiting.push({ resolve, reject });
        const packed = packEntries(entries);
        worker.postMessage(packed, [packed.numbers.buffer as ArrayBuffer]);
      }),
    close: async () => {
      await worker?.terminate();
    },
  };
};
