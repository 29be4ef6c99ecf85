/** Microseconds since 1970 as the system tells them, with real digits below the millisecond. */
const now = (): number => Date.now() * 1000 + Math.floor((performance.now() * 1000) % 1000);

/**
 * The clock that assigns `stored`: now, or the last plus 1 µs, so that it ascends strictly even when the system's
 * clock steps back; and the mark that Consistent-Through answers with. Nothing is stored at or before the mark,
 * not even after a crash and a step back, because the mark is persisted before it is told.
 */
export type StoredClock = {
  /** The system's time, in whatever direction it goes. */
  now(): number;
  /** The next moment; strictly after every earlier one and after the mark. */
  next(): number;
  /** Moves on to a moment that was given (import with `stored` kept); it has to be after {@link last}. */
  advance(moment: number): void;
  last(): number;
  /** A moment at or before which nothing can appear any more, to be persisted by the caller. */
  newMark(): number;
  /** Tells that a mark has been persisted. */
  marked(mark: number): void;
  /** The latest that may be told: the persisted mark, or the last stored moment that was committed. */
  consistentThrough(): number;
};

export const storedClock = (lastStored: number, persistedMark: number, systemNow = now): StoredClock => {
  let last = Math.max(lastStored, persistedMark);
  let told = last;
  return {
    now: systemNow,
    next: () => {
      last = Math.max(systemNow(), last + 1);
      return last;
    },
    advance: (moment) => {
      last = moment;
    },
    last: () => last,
    newMark: () => {
      // A mark in the future of a clock that stepped back would be no lie, but it would not be recent either.
      last = Math.max(last, systemNow());
      return last;
    },
    marked: (mark) => {
      told = Math.max(told, mark);
    },
    consistentThrough: () => told,
  };
};
