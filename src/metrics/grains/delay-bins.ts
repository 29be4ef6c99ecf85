/** Delays from one bound (included) to the next, in days; `name` is the day that stands for them. */
export type DelayBin = { readonly name: number; readonly from: number; readonly to: number };

const HOUR = 1 / 24;
const DAYS = [1, 2, 7, 14, 30, 60, 90, 180, 365] as const;

const middle = (one: number, other: number): number => Math.sqrt(one * other);

/** The first hour, and then bins that meet in the geometric middle between their days (metrics.md §11). */
export const RETENTION_BINS: readonly DelayBin[] = [
  { name: 0, from: 0, to: HOUR },
  ...DAYS.map((day, at) => ({
    name: day,
    from: at === 0 ? HOUR : middle(DAYS[at - 1] as number, day),
    to: at === DAYS.length - 1 ? Number.POSITIVE_INFINITY : middle(day, DAYS[at + 1] as number),
  })),
];

const BOUNDS = RETENTION_BINS.map(({ to }) => to);

/** The place of a delay (in days) among {@link RETENTION_BINS}; exactly an hour is still in the first. */
export const binOf = (delay: number): number => {
  if (delay <= HOUR) return 0;
  let place = 1;
  while (delay >= (BOUNDS[place] as number)) place += 1;
  return place;
};
