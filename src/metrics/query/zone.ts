/** Calendar days of a time zone. A day is its number since 1970-01-01, as the zone's calendar has it. */
export type Zone = {
  readonly name: string;
  /** The day that a moment (milliseconds since 1970) lies in. */
  day(time: number): number;
};

export const DAY = 86_400_000;
const QUARTER = 900_000;

const known = new Map<string, Zone>();

/** A zone by its IANA name, however that is spelt, which has to be one that {@link isZone}. */
export const zoneOf = (spelt: string): Zone => {
  const exact = known.get(spelt);
  if (exact !== undefined) return exact;
  // Kept by one name only: there is no end of spellings.
  const name = new Intl.DateTimeFormat('en', { timeZone: spelt }).resolvedOptions().timeZone;
  const there = known.get(name);
  if (there !== undefined) return there;
  const zone = name === 'UTC' ? { name, day: (time: number) => Math.floor(time / DAY) } : calendar(name);
  known.set(name, zone);
  return zone;
};

/** Offsets are looked up once a day, and on days on which they change once in a quarter of an hour. */
const calendar = (name: string): Zone => {
  const format = new Intl.DateTimeFormat('en', { ...PARTS, timeZone: name });
  const offsetAt = remembered((time) => {
    const parts = Object.fromEntries(
      format.formatToParts(time).map(({ type, value }) => [type, Number(value)]),
    ) as Record<keyof typeof PARTS, number>;
    const { year, month, day, hour, minute, second } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - time;
  });
  const offset = (time: number): number => {
    const start = Math.floor(time / DAY) * DAY;
    const before = offsetAt(start);
    return before === offsetAt(start + DAY) ? before : offsetAt(Math.floor(time / QUARTER) * QUARTER);
  };
  return { name, day: (time) => Math.floor((time + offset(time)) / DAY) };
};

const PARTS = {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
  hourCycle: 'h23',
} as const;

const remembered = (find: (time: number) => number): ((time: number) => number) => {
  const found = new Map<number, number>();
  return (time) => {
    const there = found.get(time);
    if (there !== undefined) return there;
    const value = find(time);
    found.set(time, value);
    return value;
  };
};

/** Whether a name is one of the IANA time zones that this Node knows. */
export const isZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};
