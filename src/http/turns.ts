/** Shares out the turns of the event loop. */
export type Turns = {
  /** Undefined when there is time in this turn for something of so many bytes; else resolves when there is. */
  take(bytes: number): Promise<void> | undefined;
};

/**
 * In bytes: what is read and checked of bodies in one turn, about a millisecond of work, unless a single one is larger.
 * One connection is let in per turn, and whoever is to be turned away, or asks how we are, waits for its end.
 */
const OF_ONE_TURN = 16_384;
/** What a small one counts for. */
const LEAST = 1024;

type Waiting = { readonly weight: number; readonly resolve: () => void };

export const turns = (): Turns => {
  const waiting: Waiting[] = [];
  let spent = 0;

  const hasTime = (weight: number): boolean => spent === 0 || spent + weight <= OF_ONE_TURN;

  const spend = (weight: number): void => {
    if (spent === 0) setImmediate(next);
    spent += weight;
  };

  const next = (): void => {
    spent = 0;
    for (let one = waiting[0]; one !== undefined && hasTime(one.weight); one = waiting[0]) {
      waiting.shift();
      spend(one.weight);
      one.resolve();
    }
  };

  return {
    take: (bytes) => {
      const weight = Math.max(LEAST, bytes);
      if (waiting.length === 0 && hasTime(weight)) {
        spend(weight);
        return undefined;
      }
      return new Promise((resolve) => {
        waiting.push({ weight, resolve });
      });
    },
  };
};
