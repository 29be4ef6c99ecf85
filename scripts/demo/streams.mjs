import { createRandom } from '../bench/random.mjs';
import { arrange } from './arrivals.mjs';
import { tellReports, tellWorkshopTests } from './assessments.mjs';
import { REQUIREMENTS, SKILLS } from './catalogue.mjs';
import { createChance } from './chance.mjs';
import { tellCourses, tellMistakes } from './courses.mjs';
import { toCsv } from './csv.mjs';
import { drawEnrolments } from './enrolments.mjs';
import { drawObservations, OBSERVATION_MAPPING, observationRows } from './observations.mjs';
import { createPeople } from './people.mjs';
import { drawTrained, tellPractice } from './practice.mjs';
import { tellQualification } from './qualification.mjs';
import { tellQuiz } from './quiz.mjs';
import { createRecord } from './record.mjs';
import { mergesOf, rosterRows } from './roster.mjs';
import { ATTENDANCE_MAPPING, attendanceRows, drawSessions } from './sessions.mjs';
import { tellForum, tellLooks } from './talk.mjs';
import { TRUTH } from './truth.mjs';

export const SOURCES = /** @type {const} */ (['lms', 'phone', 'vr', 'quiz', 'forum']);
const pretty = (value) => `${JSON.stringify(value, undefined, 2)}\n`;

const linesOf = (lines, wanted) =>
  lines
    .filter(({ source }) => source === wanted)
    .map(({ text }) => `${text}\n`)
    .join('');

/**
 * A year of learning in a company that does not exist: what its tools send, the lists that its people keep, and the
 * truth behind both. The seed decides all of it.
 * @param {number} seed
 * @returns {Readonly<Record<string, string>>} texts by the names of their files
 */
export const createStreams = (seed) => {
  const chance = createChance(createRandom(seed));
  const people = createPeople(chance);
  const record = createRecord(chance);
  const enrolments = drawEnrolments(chance, people);
  const trained = drawTrained(chance, enrolments);
  const sessions = drawSessions(chance, people);
  tellCourses(record, enrolments);
  tellQualification(record, people);
  tellReports(record, people);
  tellWorkshopTests(
    record,
    sessions.filter(({ course, status }) => course.id === 'safe-lifting' && status === 'attended'),
  );
  tellQuiz(record, people);
  tellPractice(record, trained);
  tellForum(record, people);
  tellLooks(record, people);
  tellMistakes(record, enrolments);
  const lines = arrange(chance, record.sent);
  return {
    ...Object.fromEntries(SOURCES.map((source) => [`${source}.ndjson`, linesOf(lines, source)])),
    'observations.csv': toCsv(observationRows(drawObservations(chance, people, trained))),
    'observations.mapping.json': pretty(OBSERVATION_MAPPING),
    'attendance.csv': toCsv(attendanceRows(sessions)),
    'attendance.mapping.json': pretty(ATTENDANCE_MAPPING),
    'roster.csv': toCsv(rosterRows(people)),
    'merges.json': pretty(mergesOf(people)),
    'requirements.json': pretty(REQUIREMENTS),
    'skills.json': pretty(SKILLS),
    'truth.json': pretty(TRUTH),
  };
};
