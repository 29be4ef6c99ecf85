/** A replay that takes no longer goes unmentioned; then there is a line each time that this has passed, in milliseconds. */
const EVERY = 1000;

/** Tells on stderr how far the index has come, when that takes long. */
export const replayProgress = (): ((done: number, all: number) => void) => {
  const begun = performance.now();
  let next = begun + EVERY;
  let first: number | undefined;
  return (done, all) => {
    first ??= done;
    const now = performance.now();
    if (now < next) return;
    next = now + EVERY;
    const rate = (done - first) / ((now - begun) / 1000);
    const left = rate > 0 ? `, ${Math.ceil((all - done) / rate)} s left` : '';
    console.error(`Bringing the index up to date: ${done} of ${all}${left}`);
  };
};
