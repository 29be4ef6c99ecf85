import { periodAdder } from '../../people/period.ts';
import type { Requirement, Skill } from '../../people/record.ts';

/** How long a requirement holds once it is met, and is tolerated after that; milliseconds since 1970. */
export type Terms = {
  /** Infinity if it holds for ever. */
  readonly until: (time: number) => number;
  readonly tolerated: (until: number) => number;
};

const forEver = (): number => Number.POSITIVE_INFINITY;

/** A skill holds no longer than is said of it, whichever requirement asks for it. */
export const termsOf = ({ validFor, grace }: Requirement, skill: Skill | undefined): Terms => {
  const [one, other] = [validFor, skill?.validFor].flatMap((period) => (period && periodAdder(period)) || []);
  const later = grace === undefined ? undefined : periodAdder(grace);
  return {
    until: untilBy(one, other),
    tolerated: (until) => (later === undefined || !Number.isFinite(until) ? until : later(until)),
  };
};

type Adder = (time: number) => number;

const untilBy = (one: Adder | undefined, other: Adder | undefined): Adder => {
  if (one === undefined) return forEver;
  return other === undefined ? one : (time) => Math.min(one(time), other(time));
};
