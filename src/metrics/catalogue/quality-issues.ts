import { personsOf } from '../cells.ts';
import { EVENT } from '../grains/event-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import { rowsWhere } from '../query/over-rows.ts';
import { FACT } from '../state/fact-columns.ts';
import { distinctEvents } from './distinct-events.ts';

/** What can be wrong, and what it does to figures. */
const ISSUES = {
  future:
    'The timestamp was more than five minutes after the statement was stored; the time of storing stands for it.',
  past: 'The timestamp is before the year 2000; it is in no period.',
  unscaled: 'A score without a range, or one that contradicts itself: it is in no mean.',
  dateUnknown: 'When it happened is not known; the latest that it can have been stands for it.',
  missingRegistration: 'Without a registration: it counts for the cycle that was assigned or begun last.',
  missingActivity: 'Not about an activity.',
  semanticDuplicates:
    'Says what another statement says, within the same second: events.count leaves it out, states are the same.',
} as const;
type Issue = keyof typeof ISSUES;

const FLAGS = [
  ['future', FACT.future],
  ['past', FACT.past],
  ['unscaled', FACT.unscaled],
  ['dateUnknown', FACT.dateUnknown],
] as const;

const ANY = FLAGS.reduce((bits, [, flag]) => bits | flag, 0);

/** M26: what is wrong with statements, as far as a machine can see. */
export const qualityIssues = metric({
  id: 'quality.issues',
  version: 1,
  label: 'Data quality',
  description:
    'What may make figures worse than they look, and how often it is so: clocks that are wrong, scores that no scale is known for, statements that say the same twice, have no registration or are about no activity. The value is how many statements have a wrong clock or a score without a scale.',
  formula: '#{statements with the issue} / #{statements}',
  kind: 'list',
  unit: 'statements',
  minN: 0,
  grain: EVENT,
  params: {},
  paramsInWords: {},
  defaults: {},
  counted: (of) => wrongIn(of),
  measure: (of) => {
    const counts = issuesIn(of);
    const items = (Object.keys(ISSUES) as Issue[]).map((issue) => ({
      issue,
      statements: counts[issue],
      share: of.rows.length === 0 ? null : counts[issue] / of.rows.length,
      meaning: ISSUES[issue],
    }));
    const wrong = wrongIn(of);
    return { value: wrong.length, items, persons: personsOf(of.grain, wrong) };
  },
});

const WRONG = FACT.future | FACT.past | FACT.unscaled;

const wrongIn = ({ scope, rows }: Measuring<object>): Uint32Array => {
  const { flags } = scope.world.log.facts;
  return rowsWhere(rows, (row) => ((flags[row] as number) & WRONG) !== 0);
};

const issuesIn = ({ scope, rows }: Measuring<object>): Record<Issue, number> => {
  const { registration, activity } = scope.world.log.facts;
  return {
    ...flagsIn({ scope, rows }),
    missingRegistration: nothingsIn(rows, registration),
    missingActivity: nothingsIn(rows, activity),
    semanticDuplicates: rows.length - distinctEvents(scope, rows),
  };
};

const flagsIn = ({ scope, rows }: Pick<Measuring<object>, 'scope' | 'rows'>) => {
  const { flags } = scope.world.log.facts;
  const counts = { future: 0, past: 0, unscaled: 0, dateUnknown: 0 };
  for (let at = 0; at < rows.length; at += 1) {
    const said = (flags[rows[at] as number] as number) & ANY;
    // Of most statements nothing is wrong.
    if (said !== 0) for (const [issue, flag] of FLAGS) if ((said & flag) !== 0) counts[issue] += 1;
  }
  return counts;
};

/** Of how many rows a column says nothing. */
const nothingsIn = (rows: Uint32Array, column: Uint32Array): number => {
  let n = 0;
  for (let at = 0; at < rows.length; at += 1) if (column[rows[at] as number] === 0) n += 1;
  return n;
};
