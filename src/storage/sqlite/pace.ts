/** How much of what was before still counts with every time that entries are taken in. */
const REMEMBERED = 0.9;

/** How quickly entries are taken in, by what it took lately. */
export type Pace = {
  /** Told how many were taken in, in how many milliseconds. */
  took(entries: number, ms: number): void;
  /** How many milliseconds so many would take; 0 as long as that is not known. */
  needs(entries: number): number;
};

/** One time that was slow, or of few entries, says little: what counts is how many were taken in, and how long all of it took. */
export const newPace = (): Pace => {
  let all = 0;
  let lasted = 0;
  return {
    took: (entries, ms) => {
      if (entries <= 0) return;
      all = REMEMBERED * all + entries;
      lasted = REMEMBERED * lasted + ms;
    },
    // Of less than a few hundred entries nothing is known.
    needs: (entries) => (all < FEWEST ? 0 : (Math.max(0, entries) * lasted) / all),
  };
};

const FEWEST = 400;
