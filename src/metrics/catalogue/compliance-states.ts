import { countCell, personsOf } from '../cells.ts';
import { REQUIREMENT } from '../grains/requirement-grain.ts';
import { STATES_IN_WORDS } from '../grains/requirement-state.ts';
import { metric } from '../metric.ts';

/** M05: how many pairs of person and requirement there are; by `state`, how they stand. */
export const complianceStates = metric({
  id: 'compliance.states',
  version: 1,
  label: 'Requirements by state',
  description: `How many requirements persons are under at the moment of the question; by the dimension state, how they stand. ${STATES_IN_WORDS}`,
  formula: '#{(person, requirement) in scope at T}',
  kind: 'count',
  unit: 'requirements',
  minN: 0,
  grain: REQUIREMENT,
  params: {},
  paramsInWords: {},
  defaults: {},
  measure: ({ grain, rows }) => countCell(rows.length, personsOf(grain, rows)),
});
