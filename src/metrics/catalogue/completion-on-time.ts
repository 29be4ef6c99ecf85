import { booleanValue, optional } from '../../xapi/json-reader.ts';
import { enrolmentDates } from '../grains/enrolment-dates.ts';
import { enrolmentDue } from '../grains/enrolment-due.ts';
import { ENROLMENT } from '../grains/enrolment-grain.ts';
import { type Judged, judgeRows } from '../judged.ts';
import { type Measuring, metric } from '../metric.ts';
import { leftAt } from '../state/left-at.ts';

type Params = { readonly includeWaived?: boolean; readonly includeNotApplicable?: boolean };

type Reason = 'undated' | 'notDue' | 'immature' | 'notApplicable' | 'waived' | 'withdrawn' | 'left';
type Judge = (row: number, due: number) => boolean;

/** Why enrolments are not judged; the first reason is told. */
const reasonsOf = ({ scope, grain, params }: Measuring<Params>): readonly (readonly [Reason, Judge])[] => {
  const { courses, enrolments } = scope.world;
  const { completed, waived, withdrawn, begin } = enrolmentDates(scope);
  const through = scope.completeThroughOf ?? (() => scope.completeThrough);
  const isLate: Judge = (row, due) => !(completed(row) <= due);
  const left = leftAt(scope.world);
  const hasLeft: Judge = (row, due) => left(grain.person(row), begin(row)) < due;
  const all: readonly (readonly [Reason, Judge])[] = [
    ['undated', (_, due) => Number.isNaN(due)],
    ['notDue', (_, due) => due > scope.asOf],
    ['immature', (row, due) => due > through(enrolments.table.a[row] as number)],
    ['notApplicable', (row) => courses.isNotApplicable(enrolments.table.a[row] as number)],
    ['waived', (row) => waived(row) <= scope.asOf],
    ['withdrawn', (row, due) => isLate(row, due) && withdrawn(row) <= due],
    ['left', (row, due) => isLate(row, due) && hasLeft(row, due)],
  ];
  const asked: readonly Reason[] = [
    ...(params.includeWaived === true ? (['waived'] as const) : []),
    ...(params.includeNotApplicable === true ? (['notApplicable'] as const) : []),
  ];
  return all.filter(([reason]) => !asked.includes(reason));
};

const judge = (of: Measuring<Params>): Judged => {
  const { completed, waived } = enrolmentDates(of.scope);
  const dueOf = enrolmentDue(of.scope);
  const reasons = reasonsOf(of);
  return judgeRows(of, (row) => {
    const due = dueOf(row);
    for (const [reason, is] of reasons) if (is(row, due)) return reason;
    return completed(row) <= due || waived(row) <= due;
  });
};

/** M04: the share of enrolments that were completed by their due dates. */
export const completionOnTime = metric<Params>({
  id: 'completion.on_time',
  version: 1,
  label: 'Completed on time',
  description:
    'Of all enrolments that were due by the moment of the question, how many had been completed when they were due. The due date is that of the assignment, else of the course, else of a requirement for a first enrolment. Who was excused, taken off or had left before it was due is left out. Who was never enrolled is not in here, but in compliance.currency.',
  formula: '#{completed_at ≤ due_at} / #{due_at ≤ T, not waived, in scope at due_at}',
  numerator: 'Enrolments that were completed by their due date; its last moment is still in time.',
  denominator:
    'Enrolments whose due date has passed and by which data is complete, not waived, not withdrawn and not of somebody who had left by then.',
  interval: 'Wilson 1927; effective n by design effect where persons have several enrolments',
  kind: 'rate',
  unit: '1',
  minN: 30,
  grain: ENROLMENT,
  params: { includeWaived: optional(booleanValue), includeNotApplicable: optional(booleanValue) },
  paramsInWords: {
    includeWaived:
      'Whether those who were excused stay in; they count as in time if they were excused by the due date.',
    includeNotApplicable: 'Whether courses of which, by their structure, nothing has to be done are counted.',
  },
  defaults: { includeWaived: false, includeNotApplicable: false },
  judge,
});
