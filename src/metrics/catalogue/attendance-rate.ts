import { EVENT } from '../grains/event-grain.ts';
import { metric } from '../metric.ts';
import { ATTENDANCE_RULE, attendances } from './attendances.ts';

/** M09: the share of those expected at events who came. */
export const attendanceRate = metric({
  id: 'attendance.rate',
  version: 1,
  label: 'Attendance',
  description: `Of those of whom it is told whether they came to an event (a class, a webinar), how many came. ${ATTENDANCE_RULE}`,
  formula: '#{attended} / #{attended or missed, not excused}',
  numerator: 'Persons × events that were attended.',
  denominator: 'Persons × events that were attended or missed.',
  interval: 'Wilson 1927; effective n by design effect where persons have several events',
  kind: 'rate',
  unit: '1',
  minN: 30,
  grain: EVENT,
  params: {},
  paramsInWords: {},
  defaults: {},
  judge: (of) => attendances(of, 'attended'),
});
