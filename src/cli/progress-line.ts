import { progressText } from './progress-text.ts';

/** How often it is drawn on a terminal, and otherwise printed as a line of its own, in milliseconds. */
const DRAW_EVERY = 100;
const PRINT_EVERY = 5000;

/** Shows on stderr how far something has come, and what there is to say meanwhile. */
export type ProgressLine = {
  update(done: number, count: number): void;
  /** A line that stays. */
  print(text: string): void;
  /** Removes what is drawn. */
  end(): void;
};

export const progressLine = (
  stream: NodeJS.WriteStream,
  all: number | undefined,
  atFirst: number,
  unit?: string,
): ProgressLine => {
  const isTerminal = stream.isTTY === true;
  const begun = performance.now();
  let next = begun + (isTerminal ? DRAW_EVERY : PRINT_EVERY);
  let drawn = '';
  const clear = () => {
    if (drawn !== '') stream.write('\r\u001b[K');
    drawn = '';
  };
  return {
    update: (done, count) => {
      const now = performance.now();
      if (now < next) return;
      next = now + (isTerminal ? DRAW_EVERY : PRINT_EVERY);
      const text = progressText({
        done,
        all,
        count,
        atFirst,
        seconds: (now - begun) / 1000,
        ...(unit === undefined ? {} : { unit }),
      });
      if (!isTerminal) {
        stream.write(`${text}\n`);
        return;
      }
      clear();
      drawn = text.slice(0, Math.max(0, (stream.columns ?? 80) - 1));
      stream.write(drawn);
    },
    print: (text) => {
      clear();
      stream.write(`${text}\n`);
    },
    end: clear,
  };
};
