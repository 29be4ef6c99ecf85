import { DAY, HOUR, localClock } from './calendar.mjs';
import { ATTENDING, DILIGENCE_SHARE } from './model.mjs';
import { departmentAt, leadOf } from './people.mjs';
import { courseIri, PLACES, TYPES, VERBS } from './vocabulary.mjs';

/** Rooms are full at about this many. */
const DATES = 9;

const COURSES = [
  { id: 'safe-lifting', name: 'Safe lifting workshop', minutes: 120 },
  { id: 'first-aid-practice', name: 'First aid: practice', minutes: 240 },
  { id: 'evacuation', name: 'Evacuation drill', minutes: 45 },
  {
    id: 'coaching',
    name: 'Coaching skills, "ask, do not tell"',
    minutes: 180,
    isFor: (department) => department === 'Quality' || department === 'Office',
  },
];

const drawStatus = (chance, { diligence }) => {
  const share = chance.leaning(diligence, DILIGENCE_SHARE);
  if (share < ATTENDING.missed) return 'no-show';
  return share < ATTENDING.missed + ATTENDING.excused ? 'excused' : 'attended';
};

const datesOf = (chance) =>
  Array.from({ length: DATES }, (_, index) => {
    const day = Date.UTC(2026, 0, 12) + index * 30 * DAY + chance.whole(0, 11) * DAY;
    return day + chance.pick([7, 8, 12]) * HOUR;
  });

const expected = (chance, { learners }, { isFor = () => true }, dates) =>
  learners.flatMap((learner) => {
    const { hired, left = Number.POSITIVE_INFINITY } = learner;
    const open = dates.filter((start) => start > hired + 3 * DAY && start < left - 3 * DAY);
    if (open.length === 0) return [];
    const start = chance.pick(open);
    return isFor(departmentAt(learner, start)) ? [{ learner, start }] : [];
  });

/**
 * Who was expected at which session, and what became of it.
 * @param {import('./chance.mjs').Chance} chance
 * @param {import('./people.mjs').People} people
 */
export const drawSessions = (chance, people) =>
  COURSES.flatMap((course) =>
    expected(chance, people, course, datesOf(chance)).map(({ learner, start }) => ({
      course,
      learner,
      start,
      minutes: course.minutes,
      status: drawStatus(chance, learner),
      trainer: leadOf(people, learner, start),
    })),
  ).sort((a, b) => a.start - b.start);

/** The attendance list, with its header. @param {ReturnType<typeof drawSessions>} sessions */
export const attendanceRows = (sessions) => [
  [
    ...['session', 'course', 'title', 'date', 'time', 'minutes'],
    ...['employee_id', 'name', 'status', 'trainer_email'],
  ],
  ...sessions.map(({ course, learner, start, minutes, status, trainer }) => {
    const { date, time } = localClock(start);
    const session = `${course.id}-${date}`;
    const spent = status === 'attended' ? String(minutes) : '';
    const rest = [learner.employee, learner.name, status, trainer.email];
    return [session, course.id, course.name, date, time, spent, ...rest];
  }),
];

/** How a row of the attendance list becomes a statement: specs/import.md. */
export const ATTENDANCE_MAPPING = {
  id: 'attendance',
  key: ['session', 'employee_id'],
  actor: { account: { homePage: 'https://hr.example', name: '{employee_id}' }, name: '{name}' },
  verb: {
    column: 'status',
    values: {
      attended: VERBS.attended,
      'no-show': 'urn:cairn:verb:missed',
      excused: 'urn:cairn:verb:excused',
    },
  },
  object: { id: `${PLACES.lms}/session/{session}`, name: '{title}', type: TYPES.meeting },
  result: {
    completion: { column: 'status', values: { attended: true }, else: false },
    duration: { minutes: '{minutes}' },
  },
  context: {
    instructor: { email: '{trainer_email}' },
    platform: 'attendance list',
    contextActivities: { grouping: { id: courseIri('{course}'), name: '{title}', type: TYPES.course } },
  },
  timestamp: { value: '{date} {time}', format: 'YYYY-MM-DD HH:mm', zone: 'Europe/Berlin' },
};
