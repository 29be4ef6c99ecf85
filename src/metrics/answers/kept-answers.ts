/** In bytes: what is kept of answers altogether, but always the newest. */
const MOST = 16 * 1024 * 1024;
/** In milliseconds. */
const KEPT_FOR = 15 * 60_000;

type Kept<Value> = { readonly value: Value; readonly bytes: number; readonly until: number };

/** Answers for those that come back for more of them, by a key; the least recently used go first. Moments in milliseconds. */
export type KeptAnswers<Value> = {
  get(key: string, now: number): Value | undefined;
  put(key: string, value: Value, bytes: number, now: number): void;
};

export const keptAnswers = <Value>(most = MOST): KeptAnswers<Value> => {
  const kept = new Map<string, Kept<Value>>();
  let held = 0;

  const drop = (key: string): void => {
    held -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  };

  return {
    get: (key, now) => {
      const found = kept.get(key);
      if (found === undefined) return undefined;
      kept.delete(key);
      kept.set(key, found);
      if (found.until > now) return found.value;
      drop(key);
      return undefined;
    },
    put: (key, value, bytes, now) => {
      drop(key);
      for (const [other, { until }] of kept) {
        if (held + bytes <= most && until > now) continue;
        drop(other);
      }
      kept.set(key, { value, bytes, until: now + KEPT_FOR });
      held += bytes;
    },
  };
};
