/**
 * The model that the demonstration is drawn from: the planted truth (truth.mjs) is computed from these parameters alone.
 *
 * Every person has two traits, independent and standard normal: diligence (completing, being on time, attending) and
 * ability (tests, remembering, applying). All that a person does leans with one of them (chance.mjs, `leaning`), never
 * with both, so that conditioning on the one (who completed) leaves the other alone (how they scored).
 */

/** How many learners, and P(course completed within 30 days of the assignment), which does not depend on the course. */
export const DEPARTMENTS = {
  Assembly: { size: 38, role: 'operator', completes: 0.74 },
  Warehouse: { size: 30, role: 'driver', completes: 0.62 },
  Maintenance: { size: 22, role: 'technician', completes: 0.7 },
  Quality: { size: 14, role: 'inspector', completes: 0.86 },
  Office: { size: 16, role: 'clerk', completes: 0.8 },
};

/** Leans with diligence: the correlation within a person. */
export const DILIGENCE_SHARE = 0.3;
/** Leans with ability: tests; answers after a delay; use at work. */
export const ABILITY_SHARE = { tests: 0.25, memory: 0.12, work: 0.2 };

/**
 * Days from assignment to completion of those who ever complete: exponential with this mean, cut off at the last day.
 * Whoever has not completed by then never will.
 */
const COMPLETING = { mean: 12, last: 60 };

/** Courses are due so many days after the assignment. */
export const DUE_DAYS = 21;

/**
 * Courses: P(first attempt passes), departments that need them, P(used at work within 60 days of passing) where it is
 * observed, and whether half of the enrolments, drawn by lot, are on the phone. The channel changes nothing: planted.
 */
export const COURSES = {
  loto: { name: 'Lock-out/tag-out', passes: 0.72, without: ['Office'], applies: 'vr' },
  forklift: { name: 'Forklift safety', passes: 0.78, without: ['Office', 'Quality'], applies: 'vr' },
  'first-aid': { name: 'First aid at work', passes: 0.85, without: [], applies: 0.35, phone: true },
  'data-protection': { name: 'Data protection', passes: 0.9, without: [], phone: true },
};

export const MASTERY = 0.8;
/** Scores of first attempts are uniform in these ranges. */
export const SCORES = { failed: [0.4, 0.79], passed: [MASTERY, 1] };
/** P(second attempt passes); the third always does. */
export const SECOND_PASSES = 0.7;

/** Of those who never complete, P(they were taken out of the course) and P(they had begun). */
export const UNFINISHED = { withdrawn: 0.25, begun: 0.65 };

/** P(the first-aid course is waived, for a certificate from elsewhere). */
export const WAIVED = 0.06;

/**
 * Use at work within 60 days, with practice in the VR simulator and without. Who practises is drawn by lot, so the
 * difference is an effect. P(first use is later than that) holds for the others.
 */
export const APPLYING = { vr: 0.62, plain: 0.44, practises: 0.5, later: 0.25 };

/**
 * The operator qualification: hazards a day, constant, of getting there and of being taken out of it (competing,
 * independent of the person).
 */
export const QUALIFYING = { reaches: 0.011, leaves: 0.0018 };

/** P(right after d days) = m (1 + d)^-a, the same for every item, department and repetition. */
export const MEMORY = { m: 0.94, a: 0.13 };
/** Days between repetitions, each as likely; 0 stands for some minutes. */
export const DELAYS = [0, 1, 2, 7, 14, 30, 60, 90];

/** Of those who are expected at a session. */
export const ATTENDING = { missed: 0.12, excused: 0.08 };

/** Of the toolbox reports that are handed in: late ones, and their score, uniform. */
export const REPORTS = { handedIn: 0.9, late: 0.22, score: [0.5, 0.98] };

/** Test before and after the lifting workshop: before and gain, uniform; P(the second one is missing). */
export const WORKSHOP = { before: [0.36, 0.64], gain: [0.08, 0.34], missing: 0.1 };

/** A certificate of data protection is valid so many days. */
export const VALID_DAYS = 180;

/** Share of those that complete by a day, of those that ever do. @param {number} days */
export const completedBy = (days) =>
  (1 - Math.exp(-Math.min(days, COMPLETING.last) / COMPLETING.mean)) /
  (1 - Math.exp(-COMPLETING.last / COMPLETING.mean));

/** P(ever completes). @param {keyof typeof DEPARTMENTS} department */
export const everCompletes = (department) => DEPARTMENTS[department].completes / completedBy(30);

/** The day of completion, for a number in [0, 1). @param {number} share */
export const completionDay = (share) =>
  -COMPLETING.mean * Math.log(1 - share * (1 - Math.exp(-COMPLETING.last / COMPLETING.mean)));

/** P(right after so many days). @param {number} days */
export const recall = (days) => MEMORY.m * (1 + days) ** -MEMORY.a;

/** The score of a first attempt, for a number in [0, 1): its quantile. @param {number} share @param {number} passes */
export const firstScore = (share, passes) => {
  const fails = 1 - passes;
  const [low, high] = share < fails ? SCORES.failed : SCORES.passed;
  const within = share < fails ? share / fails : (share - fails) / passes;
  return low + (high - low) * within;
};
