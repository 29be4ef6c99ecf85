/** Whoever wants to know that something has been stored. */
export type HeadWatchers = {
  /** Until what it answers is called. */
  watch(told: () => void): () => void;
  /** Tells all of them, in a turn of their own: no commit waits for them. */
  tell(): void;
};

export const headWatchers = (): HeadWatchers => {
  const watchers = new Set<{ readonly told: () => void }>();
  let scheduled = false;
  return {
    watch: (told) => {
      const watcher = { told };
      watchers.add(watcher);
      return () => {
        watchers.delete(watcher);
      };
    },
    tell: () => {
      if (scheduled || watchers.size === 0) return;
      scheduled = true;
      setImmediate(() => {
        scheduled = false;
        for (const { told } of watchers) told();
      });
    },
  };
};
