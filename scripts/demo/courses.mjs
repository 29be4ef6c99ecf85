import { DAY, HOUR, iso, MINUTE } from './calendar.mjs';
import { COURSES, MASTERY } from './model.mjs';
import { duration, scaled } from './record.mjs';
import {
  activity,
  CMI5_CATEGORY,
  courseIri,
  EXTENSIONS,
  MOVE_ON_CATEGORY,
  TYPES,
  VERBS,
} from './vocabulary.mjs';

/** @typedef {import('./enrolments.mjs').Enrolment} Enrolment */

const courseOf = (course) => activity(courseIri(course), TYPES.course, COURSES[course].name);
const unit = (course, id) =>
  id === 'test'
    ? activity(`${courseIri(course)}/au/test`, TYPES.assessment, `${COURSES[course].name}: test`)
    : activity(`${courseIri(course)}/au/content`, TYPES.lesson, `${COURSES[course].name}: lessons`);

/**
 * The context of what is said within an enrolment.
 * @param {Enrolment} enrolment
 * @param {string} [session] makes it one of cmi5
 * @param {'content' | 'test'} [judged]
 */
const contextOf = ({ course, registration }, session, judged) => ({
  registration,
  contextActivities: {
    grouping: [activity(courseIri(course), TYPES.course)],
    ...(session === undefined ? {} : { category: [CMI5_CATEGORY, ...(judged ? [MOVE_ON_CATEGORY] : [])] }),
  },
  ...(session === undefined
    ? {}
    : {
        extensions: {
          [EXTENSIONS.session]: session,
          ...(judged === 'test' ? { [EXTENSIONS.mastery]: MASTERY } : {}),
        },
      }),
});

const tellAssigned = (say, source, { learner, course, registration, assigned, due }) => {
  const what = {
    object: courseOf(course),
    context: { registration, extensions: { [EXTENSIONS.due]: iso(due) } },
  };
  const line = say(source, learner, assigned, 'was-assigned', what);
  if (line !== undefined) line.arrives = assigned + 3000;
  if (source === 'lms') {
    say('lms', learner, assigned + 2000, 'registered', {
      object: courseOf(course),
      context: { registration },
    });
  }
};

/** Pages of the lessons that were looked at, evenly. */
const tellPages = (say, source, { learner, course }, { begin, minutes, context }) => {
  const pages = source === 'phone' ? 1 : 3;
  for (let page = 1; page <= pages; page += 1) {
    const object = activity(`${courseIri(course)}/page/${page}`, TYPES.lesson);
    say(source, learner, begin + (minutes * MINUTE * page) / (pages + 1), 'experienced', { object, context });
  }
};

/**
 * One sitting at a unit: what is launched, begun, perhaps judged, and left.
 * @param {Enrolment} enrolment
 * @param {object} sitting
 * @param {'content' | 'test'} sitting.of
 * @param {number} sitting.end when it is judged; it is left right after that
 * @param {number} sitting.minutes
 * @param {{ verb: string, result: object }} [sitting.judged]
 */
const tellSitting = ({ chance, say }, source, enrolment, { of, end, minutes, judged }) => {
  const { learner, course } = enrolment;
  const object = unit(course, of);
  const session = chance.uuid();
  const begin = end - minutes * MINUTE;
  const context = contextOf(enrolment, session);
  if (source === 'lms') say(source, learner, begin - 3000, 'launched', { object, context });
  say(source, learner, begin, 'initialized', { object, context });
  if (source === 'phone') {
    const result = { extensions: { [EXTENSIONS.progress]: chance.whole(3, 8) * 10 } };
    say(source, learner, begin + minutes * MINUTE * 0.6, 'progressed', { object, result, context });
  }
  if (of === 'content') tellPages(say, source, enrolment, { begin, minutes, context });
  if (judged !== undefined) {
    const result = { ...judged.result, duration: duration(minutes * 60) };
    say(source, learner, end, judged.verb, { object, result, context: contextOf(enrolment, session, of) });
  }
  const result = { duration: duration(minutes * 60 + chance.between(2, 40)) };
  say(source, learner, end + 4000, 'terminated', { object, result, context });
};

const finishedContent = { verb: 'completed', result: { completion: true } };

/** The last attempt ends a few seconds before the course is satisfied, each one before it about an hour earlier. */
const tellAttempts = (record, source, enrolment) => {
  const { attempts, at } = enrolment;
  let end = at - 8000;
  const ends = attempts.map(() => {
    const own = end;
    end -= record.chance.between(45, 75) * MINUTE;
    return own;
  });
  attempts.forEach(({ score, passes }, index) => {
    const judged = { verb: passes ? 'passed' : 'failed', result: { success: passes, score: scaled(score) } };
    const minutes = record.chance.between(6, 20);
    tellSitting(record, source, enrolment, {
      of: 'test',
      end: ends[attempts.length - 1 - index],
      minutes,
      judged,
    });
  });
};

const TELL = {
  completed: (record, source, enrolment) => {
    const { begun, at, learner, course } = enrolment;
    const minutes = record.chance.between(15, 40);
    const content = { of: 'content', end: begun + minutes * MINUTE, minutes, judged: finishedContent };
    tellSitting(record, source, enrolment, content);
    tellAttempts(record, source, enrolment);
    const context = contextOf(enrolment, record.chance.uuid());
    record.say('lms', learner, at, 'satisfied', { object: courseOf(course), context });
  },
  waived: ({ say }, _, enrolment) => {
    const result = { extensions: { [EXTENSIONS.reason]: 'Tested Out' }, completion: true };
    const what = { object: courseOf(enrolment.course), result, context: contextOf(enrolment) };
    say('lms', enrolment.learner, enrolment.at, 'waived', what);
  },
  unfinished: (record, source, enrolment) => {
    const { begun, withdrawn, learner, course } = enrolment;
    if (begun !== undefined) {
      const minutes = record.chance.between(5, 30);
      const judged = record.chance.happens(0.5) ? { judged: finishedContent } : {};
      const sitting = { of: 'content', end: begun + minutes * MINUTE, minutes, ...judged };
      tellSitting(record, source, enrolment, sitting);
    }
    if (withdrawn !== undefined) {
      const what = { object: courseOf(course), context: contextOf(enrolment) };
      record.say('lms', learner, withdrawn, 'unregistered', what);
    }
  },
};

/**
 * What the LMS and the phone say of courses: cmi5 as the LMS speaks it, a shorter form on the phone. That a course is
 * satisfied is said by the LMS alone.
 */
export const tellCourses = (record, enrolments) => {
  for (const enrolment of enrolments) {
    const source = enrolment.onPhone ? 'phone' : 'lms';
    tellAssigned(record.say, source, enrolment);
    TELL[enrolment.fate](record, source, enrolment);
  }
};

const ADMINISTRATOR = { mbox: 'mailto:academy@hartwerk.example' };

/** It arrives at once. */
const voidOf = (chance, { source, statement }, at) => ({
  source,
  at,
  arrives: at,
  statement: {
    id: chance.uuid(),
    actor: ADMINISTRATOR,
    verb: { id: VERBS.voided, display: { en: 'voided' } },
    object: { objectType: 'StatementRef', id: statement.id },
    timestamp: iso(at),
  },
});

/**
 * Mistakes that were taken back: courses of some who never completed were said to be satisfied. In every third case the
 * void arrives first, because the statement still waited on a phone.
 */
export const tellMistakes = ({ chance, say, sent }, enrolments) => {
  const unfinished = enrolments.filter(({ fate }) => fate === 'unfinished');
  chance
    .shuffled(unfinished)
    .slice(0, 36)
    .forEach((enrolment, index) => {
      const source = index % 3 === 0 ? 'phone' : 'lms';
      const at = enrolment.assigned + chance.between(3, 18) * DAY;
      const what = { object: courseOf(enrolment.course), context: contextOf(enrolment) };
      const mistake = say(source, enrolment.learner, at, 'satisfied', what);
      if (mistake === undefined) return;
      if (source === 'phone') mistake.arrives = at + chance.between(2, 6) * DAY;
      const noticed = at + (source === 'phone' ? chance.between(4, 30) : chance.between(20, 90)) * HOUR;
      sent.push(voidOf(chance, mistake, noticed));
    });
};
