/** A map that forgets what was neither read nor set for longest, half of it at a time, so that it never holds more than `most`. */
export type RecentMap<Key, Value> = {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
  /** Whether anything that was set has been forgotten. */
  hasForgotten(): boolean;
};

export const recentMap = <Key, Value>(most: number): RecentMap<Key, Value> => {
  let young = new Map<Key, Value>();
  let old = new Map<Key, Value>();
  let forgot = false;
  const set = (key: Key, value: Value): void => {
    if (young.size >= most / 2 && !young.has(key)) {
      forgot ||= old.size > 0;
      old = young;
      young = new Map();
    }
    young.set(key, value);
  };
  return {
    get: (key) => {
      const recent = young.get(key);
      if (recent !== undefined || old.size === 0) return recent;
      const known = old.get(key);
      if (known !== undefined) set(key, known);
      return known;
    },
    set,
    hasForgotten: () => forgot,
  };
};
