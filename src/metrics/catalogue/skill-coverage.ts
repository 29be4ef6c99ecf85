import { booleanValue, type Members, optional } from '../../xapi/json-reader.ts';
import { NEED, needsOf } from '../grains/need-grain.ts';
import { judgeRows } from '../judged.ts';
import { metric } from '../metric.ts';

/** Whether evidence that no longer holds counts. */
export type FreshParams = { readonly includeStale?: boolean };

export const FRESH_PARAMS: Members<FreshParams> = { includeStale: optional(booleanValue) };
export const FRESH_DEFAULTS: Required<FreshParams> = { includeStale: false };
export const FRESH_IN_WORDS = {
  includeStale:
    'Whether skills count of which the evidence no longer holds: after its own date, the time that the skill says, or a year.',
};

/** M12: how much of what roles need is there. */
export const skillCoverage = metric<FreshParams>({
  id: 'skill.coverage',
  version: 1,
  label: 'Skill coverage',
  description:
    'Of all the skills that people need for the roles they have at the moment of the question, how many they have shown at the level that is needed, by evidence that still holds. A skill without any evidence is not met.',
  formula: '#{(p, c) needed: level ≥ needed, fresh} / #{(p, c) needed}',
  numerator: 'Needed skills that are met.',
  denominator: 'Skills that people need for their roles.',
  interval: 'Wilson 1927; effective n by design effect, since persons need several skills',
  kind: 'rate',
  unit: '1',
  minN: 30,
  grain: NEED,
  params: FRESH_PARAMS,
  paramsInWords: FRESH_IN_WORDS,
  defaults: FRESH_DEFAULTS,
  judge: ({ scope, grain, rows, params }) => {
    const { includeStale } = { ...FRESH_DEFAULTS, ...params };
    const { needed, level, isFresh } = needsOf(scope);
    return judgeRows(
      { grain, rows },
      (row) => (includeStale || isFresh[row] === 1) && (level[row] as number) >= (needed[row] as number),
    );
  },
});
