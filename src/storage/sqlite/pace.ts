/** How much of what is new counts for the pace; the rest is as it was. */
const NEW = 0.2;

/** How quickly entries are taken in, by what it took lately. */
export type Pace = {
  /** Told how many were taken in, in how many milliseconds. */
  took(entries: number, ms: number): void;
  /** How many milliseconds so many would take; 0 as long as that is not known. */
  needs(entries: number): number;
};

export const newPace = (): Pace => {
  let each = 0;
  return {
    took: (entries, ms) => {
      if (entries > 0) each = each === 0 ? ms / entries : each + NEW * (ms / entries - each);
    },
    needs: (entries) => Math.max(0, entries) * each,
  };
};
