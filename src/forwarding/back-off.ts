/** In milliseconds. */
const FIRST = 1000;
const LONGEST = 5 * 60 * 1000;

/**
 * How long to wait, in milliseconds, after so many failures in a row (from 1 on): doubled each time from one second to
 * five minutes, and of that a random half to the whole, so that many senders do not come back together.
 *
 * @param random in [0, 1)
 * @param retryAfter the least, as the target asked for it
 */
export const backOff = (failures: number, random: number, retryAfter = 0): number => {
  const most = Math.min(LONGEST, FIRST * 2 ** Math.min(failures - 1, 20));
  return Math.max(retryAfter, Math.round(most * (0.5 + random / 2)));
};
