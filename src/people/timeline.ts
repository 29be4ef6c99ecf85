/** What one row says to be so from a moment on; `order` is its place among all rows. */
export type Step = {
  readonly from: number;
  readonly order: number;
  /** Null for what there is none of from then on. */
  readonly values: ReadonlyMap<string, string | null>;
};

/** All that is so from one moment to the next, ascending. */
export type Timeline = readonly {
  readonly from: number;
  readonly values: ReadonlyMap<string, string>;
}[];

const NOTHING: ReadonlyMap<string, string> = new Map();

/** Puts rows in the order of the moments from which they hold; of one moment, what was said last holds. */
export const timelineOf = (steps: readonly Step[]): Timeline => {
  const sorted = [...steps].sort((a, b) => a.from - b.from || a.order - b.order);
  const timeline: { from: number; values: Map<string, string> }[] = [];
  for (const { from, values } of sorted) {
    const last = timeline.at(-1);
    const current = last?.from === from ? last : { from, values: new Map(last?.values) };
    if (current !== last) timeline.push(current);
    take(current.values, values);
  }
  return timeline;
};

const take = (into: Map<string, string>, values: Step['values']): void => {
  for (const [name, value] of values) {
    if (value === null) into.delete(name);
    else into.set(name, value);
  }
};

/** What is so at a moment; nothing before the first. */
export const valuesAt = (timeline: Timeline, time: number): ReadonlyMap<string, string> => {
  let low = 0;
  let high = timeline.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((timeline[middle] as Timeline[number]).from <= time) low = middle + 1;
    else high = middle;
  }
  return timeline[low - 1]?.values ?? NOTHING;
};
