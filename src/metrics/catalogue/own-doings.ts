import type { Measuring } from '../metric.ts';
import { roughWholes } from '../scratch.ts';
import { FACT } from '../state/fact-columns.ts';

/** What no single learner did, or at no time that can be right. */
export const NOT_OWN = FACT.byOthers | FACT.isTeam | FACT.past;

/** What single learners did themselves, at a time that can be right: what counts as their activity. */
export const ownDoings = ({ scope, rows }: Pick<Measuring<object>, 'scope' | 'rows'>): Uint32Array => {
  const { flags } = scope.world.log.facts;
  const found = roughWholes(rows.length);
  let n = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] as number;
    if (((flags[row] as number) & NOT_OWN) !== 0) continue;
    found[n] = row;
    n += 1;
  }
  return found.subarray(0, n);
};
