/** Whether a name is one of the IANA time zones that this Node knows. */
export const isZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/**
 * How much the clocks of a zone are ahead of UTC at a moment; both in milliseconds.
 *
 * @throws RangeError for a name that is none
 */
export const offsetsOf = (name: string): ((time: number) => number) => {
  const format = new Intl.DateTimeFormat('en', { ...PARTS, timeZone: name });
  return (time) => {
    const parts = Object.fromEntries(
      format.formatToParts(time).map(({ type, value }) => [type, Number(value)]),
    ) as Record<keyof typeof PARTS, number>;
    const { year, month, day, hour, minute, second } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - time;
  };
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
