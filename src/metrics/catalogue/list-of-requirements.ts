import { type Members, numberFrom, optional, wholeFrom } from '../../xapi/json-reader.ts';
import { personsOf } from '../cells.ts';
import { labelOfPerson } from '../grains/person-label.ts';
import { labelOf, REQUIREMENT } from '../grains/requirement-grain.ts';
import { requirementStanding, type Standing } from '../grains/requirement-standing.ts';
import { type RequirementState, stateOf } from '../grains/requirement-state.ts';
import { type AnyMetric, type Measuring, metric } from '../metric.ts';
import { rowsWhere } from '../query/over-rows.ts';
import type { Scope } from '../query/scope.ts';
import { DAY } from '../query/zone.ts';
import { dateText, type Item, LIMIT, listCell, MOST_ITEMS } from './list-cell.ts';

type Params = { readonly within?: number; readonly limit?: number };

const PARAMS: Members<Params> = {
  within: optional(numberFrom(0, 3660)),
  limit: optional(wholeFrom(1, MOST_ITEMS)),
};

/** What a list of requirements is made of. */
type Listing = {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly states: readonly RequirementState[];
  /** What it is in the order of. */
  readonly by: (standing: Standing) => (row: number) => number;
};

/** Persons and requirements in some states, with names for who may see them. */
export const requirementList = ({ id, label, description, states, by }: Listing): AnyMetric =>
  metric<Params>({
    id,
    version: 1,
    label,
    description: `${description} Names and dates only for who may see what stands behind a figure; everybody else is told how many there are.`,
    formula: `{(person, requirement) in scope at T: ${states.join(', ')}}`,
    kind: 'list',
    unit: 'requirements',
    minN: 0,
    grain: REQUIREMENT,
    params: PARAMS,
    paramsInWords: {
      within: 'So many days ahead something is due soon, or expiring.',
      limit: 'How many are told at most; the value counts all.',
    },
    defaults: { within: 30, limit: LIMIT },
    counted: (of) => inStates(of, states),
    measure: (of) => {
      const { scope, grain } = of;
      const { within = 30, limit = LIMIT } = of.params;
      const standing = requirementStanding(scope);
      const state = stateOf(standing, scope.asOf, within);
      const some = inStates(of, states);
      const item = itemOf(scope, standing, state);
      return listCell({ scope, rows: some, persons: personsOf(grain, some), limit, by: by(standing), item });
    },
  });

const inStates = (
  { scope, rows, params }: Measuring<Params>,
  states: readonly RequirementState[],
): Uint32Array => {
  const { within = 30 } = params;
  const state = stateOf(requirementStanding(scope), scope.asOf, within);
  return rowsWhere(rows, (row) => states.includes(state(row)));
};

const itemOf = (
  scope: Scope,
  standing: Standing,
  state: (row: number) => RequirementState,
): ((row: number) => Item) => {
  const person = labelOfPerson(scope);
  const department = scope.world.attributes.column('department');
  /** Many have the same dates. */
  const texts = new Map<number, string | null>();
  const text = (moment = Number.NaN): string | null => {
    const known = texts.get(moment);
    if (known !== undefined) return known;
    const made = dateText(moment);
    texts.set(moment, made);
    return made;
  };
  return (row) => {
    const number = standing.person[row] as number;
    const is = state(row);
    return {
      person: person(number),
      department: department.valueOf(department.codeAt(number, scope.asOf)) ?? null,
      requirement: labelOf(standing, standing.requirement[row] as number),
      state: is,
      since: text(standing.since[row]),
      due: text(standing.due[row]),
      met: text(standing.met[row]),
      until: text(standing.until[row]),
      days: days(endOf(standing, row, is), scope.asOf),
    };
  };
};

/** What a row is waited for: that it ends, or is due. */
const endOf = ({ until, tolerated, due }: Standing, row: number, state: RequirementState): number => {
  if (state === 'expired') return tolerated[row] as number;
  return (state === 'expiring' ? until : due)[row] as number;
};

/** Whole days to a moment, below 0 once it has passed. */
const days = (moment: number, now: number): number | null =>
  Number.isFinite(moment) ? Math.floor((moment - now) / DAY) : null;
