/** A map that forgets what was set longest ago, half of it at a time, so that it never holds more than `most`. */
export type RecentMap<Key, Value> = { get(key: Key): Value | undefined; set(key: Key, value: Value): void };

export const recentMap = <Key, Value>(most: number): RecentMap<Key, Value> => {
  let young = new Map<Key, Value>();
  let old = new Map<Key, Value>();
  return {
    get: (key) => young.get(key) ?? old.get(key),
    set: (key, value) => {
      if (young.size >= most / 2 && !young.has(key)) {
        old = young;
        young = new Map();
      }
      young.set(key, value);
    },
  };
};
