import { DAY, END, HOUR, localClock, midnight } from './calendar.mjs';
import { COURSES } from './model.mjs';
import { isEmployed, leadOf, PLANTS } from './people.mjs';
import { EXTENSIONS, PLACES, skillIri, TYPES } from './vocabulary.mjs';

const TASKS = {
  loto: ['isolate-press', 'isolate-conveyor'],
  forklift: ['unload-truck', 'stack-pallets'],
  'first-aid': ['treat-cut', 'check-first-aid-kit'],
};

/** On the same day, in a shift. */
const inShift = (chance, time) => midnight(time) + chance.between(5, 17) * HOUR;

/** The first use was well done; of the later ones not all. Nobody is watched before. */
const drawTimes = (chance, first) => {
  const times = [{ at: inShift(chance, first), isDone: true }];
  let at = first;
  for (let more = chance.whole(0, 3); more > 0; more -= 1) {
    at += chance.between(6, 70) * DAY;
    times.push({ at: inShift(chance, at), isDone: chance.happens(0.88) });
  }
  return times;
};

/**
 * What leads saw at work.
 * @param {import('./chance.mjs').Chance} chance
 * @param {import('./people.mjs').People} people
 * @param {readonly import('./practice.mjs').Trained[]} trained
 */
export const drawObservations = (chance, people, trained) =>
  trained
    .filter(({ first }) => first !== undefined)
    .flatMap(({ learner, skill, first }) =>
      drawTimes(chance, first).map(({ at, isDone }) => ({
        learner,
        skill,
        at,
        isDone,
        lead: leadOf(people, learner, at),
        task: chance.pick(TASKS[skill]),
        score: isDone ? chance.whole(75, 100) : chance.whole(30, 60),
        minutes: chance.whole(5, 45),
      })),
    )
    .filter(({ learner, at }) => at < END && isEmployed(learner, at))
    .sort((a, b) => a.at - b.at);

/** The log, with its header. @param {ReturnType<typeof drawObservations>} observations */
export const observationRows = (observations) => [
  [
    ...['date', 'time', 'mentor_email', 'employee_id', 'task', 'competency', 'result', 'score', 'minutes'],
    ...['site', 'remark'],
  ],
  ...observations.map(({ learner, skill, at, isDone, lead, task, score, minutes }) => {
    const clock = localClock(at);
    const result = isDone ? 'ok' : 'not yet';
    const remark = isDone ? '' : `${COURSES[skill].name}: "once more", with me beside`;
    return [
      ...[clock.date, clock.time, lead.email, learner.employee, task, skillIri(skill), result],
      ...[String(score), String(minutes), PLANTS[learner.region], remark],
    ];
  }),
];

/** How a row of the log becomes a statement: specs/import.md. */
export const OBSERVATION_MAPPING = {
  id: 'observations',
  key: ['date', 'time', 'mentor_email', 'employee_id', 'task'],
  actor: { account: { homePage: 'https://hr.example', name: '{employee_id}' } },
  verb: 'https://w3id.org/xapi/dod-isd/verbs/performed',
  object: { id: `${PLACES.tasks}/{task}`, name: '{task}', type: TYPES.performance },
  result: {
    success: { column: 'result', values: { ok: true, 'not yet': false } },
    score: { raw: '{score}', min: 0, max: 100 },
    duration: { minutes: '{minutes}' },
    response: '{remark}',
  },
  context: {
    instructor: { email: '{mentor_email}' },
    platform: 'observation log',
    contextActivities: { category: { id: '{competency}', type: TYPES.competency } },
    extensions: {
      [EXTENSIONS.setting]: 'on_the_job',
      'http://id.tincanapi.com/extension/location': '{site}',
    },
  },
  timestamp: { value: '{date} {time}', format: 'YYYY-MM-DD HH:mm', zone: 'Europe/Berlin' },
};
