import { Worker } from 'node:worker_threads';

/** A thread of its own that answers messages one by one, in the order in which they are sent. */
export type Thread = {
  /** Resolves with the thread's answer; rejects with what went wrong there, or when it has ended. */
  ask(message: unknown, transfer?: readonly ArrayBuffer[]): Promise<unknown>;
  /** Ends it once it has answered everything. */
  close(): Promise<void>;
};

/** What a thread says to each message. */
export type Answer = { readonly result: unknown } | { readonly problem: string };

type Waiting = { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void };

/** Short-lived garbage is all that such a thread makes. */
const LIMITS = { maxYoungGenerationSizeMb: 8 };

/** The thread starts when it is first asked, and keeps the process alive only while it has something to answer. */
export const thread = (script: string, workerData: unknown): Thread => {
  let worker: Worker | undefined;
  let end: Error | undefined;
  let isClosing = false;
  const waiting: Waiting[] = [];

  const start = (): Worker => {
    const started = new Worker(script, { workerData, resourceLimits: LIMITS });
    started.on('message', (answer: Answer) => {
      const one = waiting.shift();
      if (waiting.length === 0 && !isClosing) started.unref();
      if ('problem' in answer) one?.reject(new Error(answer.problem));
      else one?.resolve(answer.result);
    });
    const ended = (error: Error) => {
      end = error;
      for (const one of waiting.splice(0)) one.reject(error);
    };
    started.on('error', ended);
    started.on('messageerror', ended);
    started.on('exit', () => ended(new Error('A thread of the store has ended.')));
    started.unref();
    return started;
  };

  return {
    ask: (message, transfer = []) =>
      new Promise((resolve, reject) => {
        if (end !== undefined) {
          reject(end);
          return;
        }
        worker ??= start();
        worker.ref();
        worker.postMessage(message, transfer);
        waiting.push({ resolve, reject });
      }),
    close: async () => {
      if (worker === undefined || end !== undefined) return;
      worker.ref();
      const closing = worker;
      isClosing = true;
      await new Promise((resolve) => {
        closing.once('exit', resolve);
        closing.postMessage('close');
      });
    },
  };
};
