import { parentPort } from 'node:worker_threads';
import type { Answer } from './thread.ts';

/** The other side of a {@link thread}: answers each message with what `answer` returns or throws. */
export const answerMessages = <Message>(answer: (message: Message) => unknown, close: () => void): void => {
  const judge = (message: Message): Answer => {
    try {
      return { result: answer(message) };
    } catch (error) {
      return { problem: String((error as Error).message) };
    }
  };
  parentPort?.on('message', (message: Message | 'close') => {
    if (message === 'close') {
      close();
      process.exit(0);
    }
    parentPort?.postMessage(judge(message));
  });
};
