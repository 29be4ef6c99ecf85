import { DAY, FIRST, HOUR, midnight } from './calendar.mjs';
import {
  ABILITY_SHARE,
  COURSES,
  completionDay,
  DILIGENCE_SHARE,
  DUE_DAYS,
  everCompletes,
  firstScore,
  MASTERY,
  SCORES,
  SECOND_PASSES,
  UNFINISHED,
  WAIVED,
} from './model.mjs';
import { departmentAt, drawMorning } from './people.mjs';

/**
 * @typedef {NonNullable<ReturnType<typeof drawEnrolment>>} Enrolment
 * @typedef {{ readonly score: number, readonly passes: boolean }} Attempt
 */

/** Between which days a course is assigned; data protection has two campaigns, the second for all who are there then. */
const CAMPAIGNS = [
  { courses: ['loto', 'forklift', 'first-aid'], from: FIRST + 2 * DAY, to: Date.UTC(2026, 5, 30) },
  {
    courses: ['data-protection'],
    from: FIRST + 2 * DAY,
    to: Date.UTC(2026, 0, 15),
    isFor: ({ hired }) => hired < FIRST,
  },
  {
    courses: ['data-protection'],
    from: Date.UTC(2026, 5, 15),
    to: Date.UTC(2026, 6, 31),
    isFor: ({ left }) => left === undefined,
  },
];

/** @param {import('./chance.mjs').Chance} chance @param {readonly number[]} range */
const within = (chance, [low, high]) => chance.between(low, high);

/** The attempts at a test until it is passed. @returns {Attempt[]} */
const drawAttempts = (chance, { ability }, { passes }) => {
  const score = firstScore(chance.leaning(ability, ABILITY_SHARE.tests), passes);
  if (score >= MASTERY) return [{ score, passes: true }];
  const last = { score: within(chance, SCORES.passed), passes: true };
  if (chance.happens(SECOND_PASSES)) return [{ score, passes: false }, last];
  return [{ score, passes: false }, { score: within(chance, SCORES.failed), passes: false }, last];
};

/** How somebody ends who never completes: mornings after the assignment. */
const drawUnfinished = (chance, assigned) => {
  const day = () => midnight(assigned) + chance.whole(1, 40) * DAY + chance.between(7, 16) * HOUR;
  const begun = chance.happens(UNFINISHED.begun) ? day() : undefined;
  const withdrawn = chance.happens(UNFINISHED.withdrawn)
    ? (begun ?? assigned) + chance.whole(2, 25) * DAY
    : undefined;
  return { fate: /** @type {const} */ ('unfinished'), begun, withdrawn };
};

const drawFate = (chance, learner, course, assigned) => {
  if (course === 'first-aid' && chance.happens(WAIVED)) {
    return { fate: /** @type {const} */ ('waived'), at: assigned + chance.between(1, 30) * HOUR };
  }
  const share =
    chance.leaning(learner.diligence, DILIGENCE_SHARE) / everCompletes(departmentAt(learner, assigned));
  if (share >= 1) return drawUnfinished(chance, assigned);
  // Assigned between 5 and 6, completed between 11 and 17: within d days of it exactly when the day is before d.
  const day = midnight(assigned) + Math.floor(completionDay(share)) * DAY;
  return {
    fate: /** @type {const} */ ('completed'),
    at: day + chance.between(11, 17) * HOUR,
    begun:
      midnight(assigned + (day - midnight(assigned)) * chance.between(0, 1)) + chance.between(6.2, 7) * HOUR,
    attempts: drawAttempts(chance, learner, COURSES[course]),
  };
};

const drawEnrolment = (chance, learner, course, { from, to }) => {
  const assigned = drawMorning(chance, learner, from, to);
  if (assigned === undefined || COURSES[course].without.includes(departmentAt(learner, assigned))) {
    return undefined;
  }
  return {
    learner,
    course,
    assigned,
    due: assigned + DUE_DAYS * DAY,
    registration: chance.uuid(),
    onPhone: COURSES[course].phone === true && chance.happens(0.5),
    ...drawFate(chance, learner, course, assigned),
  };
};

/**
 * Who is sent on which course when, and what becomes of it.
 * @param {import('./chance.mjs').Chance} chance
 * @param {import('./people.mjs').People} people
 * @returns {Enrolment[]}
 */
export const drawEnrolments = (chance, { learners }) =>
  CAMPAIGNS.flatMap((campaign) =>
    campaign.courses.flatMap((course) =>
      learners
        .filter(campaign.isFor ?? (() => true))
        .map((learner) => drawEnrolment(chance, learner, course, campaign))
        .filter((enrolment) => enrolment !== undefined),
    ),
  );
