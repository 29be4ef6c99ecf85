import { countCell, personsOf } from '../cells.ts';
import { VOIDED_EVENT } from '../grains/event-grain.ts';
import { metric } from '../metric.ts';

/** M26: how much was taken back. */
export const qualityVoids = metric({
  id: 'quality.voids',
  version: 1,
  label: 'Voided statements',
  description:
    'Statements that were taken back (voided), by what they had said and when that would have been. They are in no other figure.',
  formula: '#{statements that a void names}',
  kind: 'count',
  unit: 'statements',
  minN: 0,
  grain: VOIDED_EVENT,
  params: {},
  paramsInWords: {},
  defaults: {},
  measure: ({ scope, grain, rows }) => {
    const { position } = scope.world.log.facts;
    let statements = 0;
    let last = 0;
    for (const row of rows) {
      if (position[row] !== last) statements += 1;
      last = position[row] as number;
    }
    return countCell(statements, personsOf(grain, rows));
  },
});
