import type { Cohorts } from './cohorts.ts';
import { dayEnd, dayStart } from './day.ts';
import type { Requirement } from './record.ts';
import type { Roster } from './roster.ts';
import type { Rule } from './rule.ts';

/** A time without a break in which a requirement applies to somebody: milliseconds since 1970, from one to before another. */
export type Span = {
  readonly from: number;
  readonly before: number;
  /** Undefined when neither roster nor requirement tell since when. */
  readonly since: number | undefined;
};

type Times = Pick<Roster, 'changesOf' | 'employmentAt' | 'employmentsOf' | 'isEmployedAt' | 'knows'>;

/** A moment at which something about a person may change. */
type Moment = { readonly at: number; readonly isEmployed: boolean; readonly isHiring: boolean };

/** The moments of a person, ascending; who is not known to the roster has no beginning. */
export const momentsOf = (
  person: string,
  roster: Times,
  others: readonly number[] = [],
): readonly Moment[] => {
  const isKnown = roster.knows(person);
  const own = isKnown
    ? [
        ...roster.changesOf(person),
        ...roster.employmentsOf(person).flatMap(({ hired, left }) => [hired, left + 1]),
      ]
    : [Number.NEGATIVE_INFINITY];
  return [...new Set([...own, ...others])]
    .filter((moment) => moment !== Number.POSITIVE_INFINITY)
    .sort((a, b) => a - b)
    .map((at) => ({
      at,
      isEmployed: !isKnown || roster.isEmployedAt(person, at),
      isHiring: isKnown && roster.employmentAt(person, at)?.hired === at,
    }));
};

/** The moments at which a requirement comes into force and goes. */
export const edgesOf = ({ from, until }: Requirement): readonly number[] => [
  ...(from === undefined ? [] : [dayStart(from)]),
  ...(until === undefined ? [] : [dayEnd(until) + 1]),
];

/** There are many for whom there is none. */
const NONE: readonly Span[] = [];

/** The spans in which something holds; between the moments at which anything changes, nothing does. */
export const spansOf = (moments: readonly Moment[], holds: (time: number) => boolean): readonly Span[] => {
  const spans: Span[] = [];
  let open: number | undefined;
  const close = (before: number): void => {
    if (open !== undefined)
      spans.push({ from: open, before, since: Number.isFinite(open) ? open : undefined });
    open = undefined;
  };
  for (const { at, isEmployed, isHiring } of moments) {
    const is = isEmployed && holds(at);
    if (!is || isHiring) close(at);
    if (is) open ??= at;
  }
  close(Number.POSITIVE_INFINITY);
  return spans.length === 0 ? NONE : spans;
};

/** Whether a rule depends on what people did, itself or through a cohort. */
export const asksForDeeds = (rule: Rule | undefined, cohorts: Pick<Cohorts, 'find'>): boolean => {
  const met = new Set<string>();
  const asksCohort = (id: string): boolean => {
    if (met.has(id)) return false;
    met.add(id);
    return asksForDeedsIn(cohorts.find(id)?.rule);
  };
  const asksForDeedsIn = (one: Rule | undefined): boolean => {
    if (one === undefined || 'attr' in one) return false;
    if ('cohort' in one) return asksCohort(one.cohort);
    return 'did' in one || partsOf(one).some(asksForDeedsIn);
  };
  return asksForDeedsIn(rule);
};

const partsOf = (
  rule: Extract<Rule, { all: unknown } | { any: unknown } | { not: unknown }>,
): readonly Rule[] => {
  if ('all' in rule) return rule.all;
  return 'any' in rule ? rule.any : [rule.not];
};
