import { personsOf } from '../cells.ts';
import { EVENT } from '../grains/event-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import { rowsWhere } from '../query/over-rows.ts';
import { FACT } from '../state/fact-columns.ts';

/** M26: which verbs nobody has said the meaning of. */
export const qualityUnmappedVerbs = metric({
  id: 'quality.unmapped_verbs',
  version: 1,
  label: 'Unmapped verbs',
  description:
    'Verbs that the table of signals does not know, the commonest first: what they tell is in no metric of learning. The value is how many statements have one. A row in the table gives such a verb its meaning.',
  formula: '#{statements whose verb no row names}, by verb',
  kind: 'list',
  unit: 'statements',
  minN: 0,
  grain: EVENT,
  params: {},
  paramsInWords: {},
  defaults: {},
  counted: (of) => unmappedIn(of),
  measure: (of) => {
    const { rows, grain } = of;
    const { facts, words } = of.scope.world.log;
    const { verb: verbs } = facts;
    const unmapped = unmappedIn(of);
    const counts = new Map<number, number>();
    for (const row of unmapped) {
      const verb = verbs[row] as number;
      counts.set(verb, (counts.get(verb) ?? 0) + 1);
    }
    const items = [...counts].map(([verb, statements]) => ({
      verb: words.text(verb),
      statements,
      share: statements / rows.length,
    }));
    items.sort((a, b) => b.statements - a.statements || (a.verb < b.verb ? -1 : 1));
    return { value: unmapped.length, items, persons: personsOf(grain, unmapped) };
  },
});

const unmappedIn = ({ scope, rows }: Measuring<object>): Uint32Array => {
  const { flags } = scope.world.log.facts;
  return rowsWhere(rows, (row) => ((flags[row] as number) & FACT.mapped) === 0);
};
