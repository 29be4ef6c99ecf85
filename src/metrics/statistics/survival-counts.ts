import { scratchNumbers } from '../scratch.ts';
/** What ended the time of a subject under observation. */
export const ENDED_BY = { censoring: 0, event: 1, competing: 2 } as const;

/**
 * What happened at each time since the origin. `times` ascend strictly; the other lists go with them. A subject
 * leaves exactly once, by an event, a competing event or censoring; one that is among the `entries` came in late, all
 * others were under observation from the start.
 *
 * At one and the same time events, competing or not, come before censorings, and entries after all of them: who is
 * censored at t is still at risk of what happens at t, who enters at t only of what happens after t.
 */
export type SurvivalCounts = {
  readonly times: ArrayLike<number>;
  readonly events: ArrayLike<number>;
  readonly competing?: ArrayLike<number>;
  readonly censored: ArrayLike<number>;
  readonly entries?: ArrayLike<number>;
};

/**
 * How many were at risk of what happened at each of the times. A fault if more happened than could, as when a subject
 * is counted that entered no earlier than it left.
 */
export const atRiskOf = ({ times, events, competing, censored, entries }: SurvivalCounts): Float64Array => {
  const leaving = (i: number): number => (events[i] ?? 0) + (competing?.[i] ?? 0) + (censored[i] ?? 0);
  let atRisk = 0;
  for (let i = 0; i < times.length; i += 1) atRisk += leaving(i) - (entries?.[i] ?? 0);
  const found = scratchNumbers(times.length);
  for (let i = 0; i < times.length; i += 1) {
    found[i] = atRisk;
    if (leaving(i) > atRisk) throw new Error(`At time ${times[i]} more subjects leave than are at risk`);
    atRisk += (entries?.[i] ?? 0) - leaving(i);
  }
  return found;
};

/** The last time at which anything was observed: what happens later, nobody knows. */
export const followedUntil = ({ times, events, competing, censored }: SurvivalCounts): number => {
  for (let i = times.length - 1; i >= 0; i -= 1)
    if ((events[i] ?? 0) + (competing?.[i] ?? 0) + (censored[i] ?? 0) > 0) return times[i] ?? 0;
  return 0;
};
