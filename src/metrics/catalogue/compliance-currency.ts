import { booleanValue, optional } from '../../xapi/json-reader.ts';
import { REQUIREMENT } from '../grains/requirement-grain.ts';
import { requirementStanding } from '../grains/requirement-standing.ts';
import { stateOf } from '../grains/requirement-state.ts';
import { judgeRows } from '../judged.ts';
import { metric } from '../metric.ts';

type Params = {
  readonly includeWaived?: boolean;
  readonly includeGrace?: boolean;
  readonly includeNotDue?: boolean;
};

/** M05: the share of what persons are required to hold that they hold. */
export const complianceCurrency = metric<Params>({
  id: 'compliance.currency',
  version: 1,
  label: 'Compliance',
  description:
    'Of all requirements that persons are under at the moment of the question, how many are met and still hold. Everybody counts who is under a requirement then, also who has never done anything. Who is excused is left out unless asked for.',
  formula:
    '#{(person, requirement): met_at ≤ T < valid_until + grace} / #{(person, requirement) in scope at T, not waived}',
  numerator:
    'Pairs of person and requirement of which the requirement is met and holds, or is still tolerated.',
  denominator: 'Pairs of person and requirement in scope at the moment of the question, not excused.',
  interval: 'Wilson 1927; effective n by design effect where persons are under several requirements',
  kind: 'rate',
  unit: '1',
  minN: 30,
  grain: REQUIREMENT,
  params: {
    includeWaived: optional(booleanValue),
    includeGrace: optional(booleanValue),
    includeNotDue: optional(booleanValue),
  },
  paramsInWords: {
    includeWaived: 'Whether those who are excused count, as having met it.',
    includeGrace: 'Whether what has ended and is still tolerated counts as held.',
    includeNotDue: 'Whether what is not met and not due yet counts, as not met.',
  },
  defaults: { includeWaived: false, includeGrace: true, includeNotDue: true },
  judge: ({ scope, grain, rows, params }) => {
    const { includeWaived = false, includeGrace = true, includeNotDue = true } = params;
    const state = stateOf(requirementStanding(scope), scope.asOf, 0);
    return judgeRows({ grain, rows }, (row) => {
      const is = state(row);
      if (is === 'exempt') return includeWaived || 'waived';
      if (!includeNotDue && (is === 'not_due' || is === 'due')) return 'notDue';
      return is === 'current' || (is === 'expiring' && includeGrace);
    });
  },
});
