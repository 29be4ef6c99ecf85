/** One ascending list without repeats of several that ascend. */
export const uniteOffsets = (lists: readonly ArrayLike<number>[]): ArrayLike<number> => {
  const filled = lists.filter(({ length }) => length > 0);
  if (filled.length <= 1) return filled[0] ?? [];
  const all = new Uint16Array(filled.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  let ascends = true;
  for (const list of filled) {
    if (at > 0 && (list[0] as number) <= (all[at - 1] as number)) ascends = false;
    all.set(list, at);
    at += list.length;
  }
  return ascends ? all : withoutRepeats(all.sort());
};

const withoutRepeats = (sorted: Uint16Array): Uint16Array => {
  let kept = 0;
  for (let at = 0; at < sorted.length; at += 1) {
    if (at === 0 || sorted[at] !== sorted[at - 1]) sorted[kept++] = sorted[at] as number;
  }
  return sorted.subarray(0, kept);
};

/** The index of the first value greater than `bound` in an ascending list. */
export const firstAfter = (list: ArrayLike<number>, bound: number): number => {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as number) <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
};

export const hasOffset = (list: ArrayLike<number>, value: number): boolean =>
  list[firstAfter(list, value) - 1] === value;
