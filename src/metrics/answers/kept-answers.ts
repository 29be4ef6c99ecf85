/** In bytes: what is kept of answers altogether, but always the newest; and those that are being read, up to four times as much. */
const MOST = 16 * 1024 * 1024;
const IN_USE = 4;
/** In milliseconds. */
const KEPT_FOR = 15 * 60_000;

/** In milliseconds: whoever reads an answer comes back for the next page within this. */
const IN_USE_FOR = 60_000;

type Kept<Value> = { readonly value: Value; readonly bytes: number; readonly until: number; used: number };

/** Answers for those that come back for more of them, by a key; the least recently used go first. Moments in milliseconds. */
export type KeptAnswers<Value> = {
  get(key: string, now: number): Value | undefined;
  put(key: string, value: Value, bytes: number, now: number): void;
};

export const keptAnswers = <Value>(most = MOST): KeptAnswers<Value> => {
  const kept = new Map<string, Kept<Value>>();
  let held = 0;

  const forget = (key: string): void => {
    held -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  };
  const makeRoom = (bytes: number, now: number): void => {
    for (const [key, { until, used }] of kept) {
      const isOver = held + bytes > (used + IN_USE_FOR > now ? IN_USE * most : most);
      if (isOver || until <= now) forget(key);
    }
  };

  return {
    get: (key, now) => {
      const found = kept.get(key);
      if (found === undefined) return undefined;
      kept.delete(key);
      found.used = now;
      kept.set(key, found);
      if (found.until > now) return found.value;
      forget(key);
      return undefined;
    },
    put: (key, value, bytes, now) => {
      forget(key);
      makeRoom(bytes, now);
      kept.set(key, { value, bytes, until: now + KEPT_FOR, used: now });
      held += bytes;
    },
  };
};
