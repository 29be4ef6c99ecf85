import { wholeColumn } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import { activityDimension, choiceDimension, valueDimension } from './dimensions.ts';
import type { Dimension, Grain } from './grain.ts';
import { PERSON, personDimensions } from './person-dimensions.ts';
import { requirementFacts } from './requirement-facts.ts';
import { requirementStanding, type Standing } from './requirement-standing.ts';
import { type RequirementState, STATES, STATES_IN_WORDS, stateOf } from './requirement-state.ts';

/** One person under one requirement at the query's moment, whether they have ever done anything for it or not. */
export const REQUIREMENT: Grain = {
  name: 'requirement',
  description: 'One person under one requirement at the moment of the question; persons as they are then.',
  moments: {
    begin: 'Since when the requirement has applied to the person.',
    since: 'Since when the requirement has applied to the person.',
    due: 'Due.',
    met: 'Met, by what holds longest.',
    until: 'Until when that holds.',
  },
  dimensions: {
    ...PERSON,
    requirement: 'The requirement.',
    activity: 'The activity that it asks for.',
    skill: 'The skill that it asks for.',
    state: `How the person stands: ${STATES_IN_WORDS} Of days: 30.`,
    'state.60': 'The same, of 60 days.',
    'state.90': 'The same, of 90 days.',
  },
  open: (scope) => {
    const { world, asOf } = scope;
    const standing = requirementStanding(scope);
    const { person, requirements, requirement } = standing;
    const numbers = requirements.map(({ activity = '' }) => world.log.activities.known(activity) ?? 0);
    const personIn = wholeColumn(() => person);
    const finite = (column: Float64Array) => (row: number) =>
      Number.isFinite(column[row]) ? (column[row] as number) : Number.NaN;
    const moments = {
      since: finite(standing.since),
      due: finite(standing.due),
      met: finite(standing.met),
      until: finite(standing.until),
    };
    return {
      size: standing.size,
      has: (row) => standing.is[row] === 1,
      person: personIn,
      begin: moments.since,
      moments,
      dimensions: {
        ...personDimensions(scope, personIn, () => asOf),
        requirement: () => ({
          code: (row) => (requirement[row] as number) + 1,
          decode: (code) => labelOf(standing, code - 1),
        }),
        activity: () => activityDimension(scope, (row) => numbers[requirement[row] as number] as number),
        skill: () => valueDimension((row) => requirements[requirement[row] as number]?.skill ?? null),
        state: () => stateDimension(scope, standing, 30),
        'state.60': () => stateDimension(scope, standing, 60),
        'state.90': () => stateDimension(scope, standing, 90),
      },
      facts: requirementFacts(world),
    };
  },
};

/** A requirement as an answer tells it. */
export const labelOf = (
  { requirements }: Standing,
  at: number,
): { readonly id: string; readonly name?: string } => {
  const { id = '', name } = requirements[at] ?? {};
  return name === undefined ? { id } : { id, name };
};

const stateDimension = ({ asOf }: Scope, standing: Standing, days: number): Dimension => {
  const state = stateOf(standing, asOf, days);
  const codes = Object.fromEntries(STATES.map((name, at) => [name, at + 1])) as Record<
    RequirementState,
    number
  >;
  return choiceDimension(STATES, (row) => codes[state(row)]);
};
