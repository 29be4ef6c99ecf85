import { lineOf, needed, optional, wholeFrom } from '../../xapi/json-reader.ts';
import { enrolmentDates, OUTCOMES, outcomeOf } from '../grains/enrolment-dates.ts';
import { enrolmentFacts } from '../grains/enrolment-facts.ts';
import { ENROLMENT } from '../grains/enrolment-grain.ts';
import { labelOfPerson, numberOfPerson } from '../grains/person-label.ts';
import { type Measuring, metric } from '../metric.ts';
import { rowsWhere } from '../query/over-rows.ts';
import type { Scope } from '../query/scope.ts';
import { dateText, type Item, LIMIT, listCell, MOST_ITEMS } from './list-cell.ts';

type Params = { readonly person: string; readonly limit?: number };

/** A person's whole record: every course in every cycle, with how it went. */
export const listTranscript = metric<Params>({
  id: 'list.transcript',
  version: 1,
  label: 'Transcript',
  description:
    'Everything that one person was enrolled in or did, oldest first, with dates and results. Only for who may see what stands behind a figure.',
  formula: '{enrolments of the person}',
  kind: 'list',
  unit: 'enrolments',
  minN: 0,
  grain: ENROLMENT,
  params: { person: needed(lineOf(200)), limit: optional(wholeFrom(1, MOST_ITEMS)) },
  paramsInWords: {
    person: 'The public id of the person.',
    limit: 'How many are told at most; the value counts all.',
  },
  defaults: { person: '', limit: LIMIT },
  counted: (of) => ownRows(of),
  measure: (of) => {
    const { scope } = of;
    const { limit = LIMIT } = of.params;
    const own = ownRows(of);
    const by = enrolmentDates(scope).begin;
    return listCell({ scope, rows: own, persons: own.length > 0 ? 1 : 0, limit, by, item: itemOf(scope) });
  },
});

const ownRows = ({ scope, grain, rows, params }: Measuring<Params>): Uint32Array => {
  const wanted = numberOfPerson(scope, params.person);
  return rowsWhere(rows, (row) => wanted !== 0 && grain.person(row) === wanted);
};

const DATES = [
  'begin',
  'assigned',
  'started',
  'completed',
  'passed',
  'failed',
  'waived',
  'withdrawn',
  'due',
] as const;

const itemOf = (scope: Scope): ((row: number) => Item) => {
  const { table } = scope.world.enrolments;
  const { activities, facts, details, words } = scope.world.log;
  const dates = enrolmentDates(scope);
  const outcome = outcomeOf(dates);
  const person = labelOfPerson(scope);
  /** What the last fact with a grade says, if it had happened by then. */
  const graded = (row: number): number => {
    const named = enrolmentFacts(scope).graded(row);
    return named === 0 ? -1 : (facts.detail[named - 1] as number) - 1;
  };
  return (row) => {
    const grade = graded(row);
    return {
      person: person(table.person[row] as number),
      course: { id: activities.text(table.a[row] as number) },
      outcome: OUTCOMES[outcome(row)] ?? 'open',
      ...Object.fromEntries(DATES.map((name) => [name, dateText(dates[name](row))])),
      until: dateText(dates.validUntil(row)),
      grade: grade < 0 ? null : words.text(details.response[grade] as number),
    };
  };
};
