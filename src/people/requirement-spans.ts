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

type Times = Pick<Roster, 'changesOf' | 'employmentAt' | 'employmentsOf' | 'knows'>;

/** The spans of one requirement and one person; between the moments at which anything changes, nothing does. */
export const spansOf = (
  requirement: Requirement,
  person: string,
  roster: Times,
  applies: (time: number) => boolean,
): readonly Span[] => {
  const isKnown = roster.knows(person);
  const employments = isKnown ? roster.employmentsOf(person) : [];
  const moments = momentsOf(requirement, [
    ...(isKnown ? roster.changesOf(person) : [Number.NEGATIVE_INFINITY]),
    ...employments.flatMap(({ hired, left }) => [hired, left + 1]),
  ]);
  const spans: Span[] = [];
  let open: number | undefined;
  const close = (before: number): void => {
    if (open !== undefined)
      spans.push({ from: open, before, since: Number.isFinite(open) ? open : undefined });
    open = undefined;
  };
  for (const moment of moments) {
    const is = applies(moment);
    if (!is || roster.employmentAt(person, moment)?.hired === moment) close(moment);
    if (is) open ??= moment;
  }
  close(Number.POSITIVE_INFINITY);
  return spans;
};

const momentsOf = ({ from, until }: Requirement, others: readonly number[]): readonly number[] => {
  const own = [
    ...(from === undefined ? [] : [dayStart(from)]),
    ...(until === undefined ? [] : [dayEnd(until) + 1]),
  ];
  return [...new Set([...others, ...own])]
    .filter((moment) => moment !== Number.POSITIVE_INFINITY)
    .sort((a, b) => a - b);
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
