import { DAY, FIRST, HOUR, iso, midnight } from './calendar.mjs';
import { ABILITY_SHARE, QUALIFYING } from './model.mjs';
import { drawMorning, leadOf } from './people.mjs';
import { hrAgent } from './record.mjs';
import { activity, courseIri, EXTENSIONS, skillIri, TYPES } from './vocabulary.mjs';

const PROGRAMME = activity(courseIri('operator-qualification'), TYPES.course, 'Operator qualification');
const SKILL = activity(skillIri('press-operation'), TYPES.competency, 'Press operation');
/** The level that an operator has to have. */
const LEVEL = 2;

/** Whole days to an event of a constant hazard, for a number in [0, 1). */
const daysTo = (share, hazard) => -Math.log(1 - share) / hazard;

/** Being assigned is between 5 and 6, all else later in the day: within d days exactly when the day is before d. */
const noonAfter = (chance, assigned, days) =>
  midnight(assigned) + Math.floor(days) * DAY + chance.between(11, 17) * HOUR;

const tellEnd = ({ chance, say }, people, { learner, registration, assigned, reached, left }) => {
  const context = { registration };
  if (left < reached) {
    const at = noonAfter(chance, assigned, left);
    say('lms', learner, at, 'unregistered', { object: PROGRAMME, context });
    return;
  }
  const at = noonAfter(chance, assigned, reached);
  say('lms', learner, at, 'asserted', {
    object: SKILL,
    result: { success: true },
    context: {
      registration,
      instructor: hrAgent(leadOf(people, learner, at)),
      contextActivities: { grouping: [activity(PROGRAMME.id, TYPES.course)] },
      extensions: { [EXTENSIONS.confidence]: 0.9, [EXTENSIONS.level]: LEVEL },
    },
  });
  say('lms', learner, at + 60_000, 'completed', { object: PROGRAMME, result: { completion: true }, context });
};

/** Where they stand, every three weeks while they are at it. */
const tellProgress = ({ say }, { learner, registration, assigned, reached, left }) => {
  const context = { registration };
  say('lms', learner, assigned + 4 * HOUR, 'initialized', { object: PROGRAMME, context });
  for (let day = 21; day < Math.min(reached, left); day += 21) {
    const progress = Math.min(95, Math.round((100 * day) / reached));
    const result = { completion: false, extensions: { [EXTENSIONS.progress]: progress } };
    say('lms', learner, assigned + day * DAY + 5 * HOUR, 'progressed', {
      object: PROGRAMME,
      result,
      context,
    });
  }
};

/**
 * A long path to one competency, that a lead asserts in the end; some are taken out of it before. Whoever leaves the
 * company this year is not sent on it: to be taken out is the only competing event.
 */
export const tellQualification = (record, people) => {
  const { chance, say } = record;
  for (const learner of people.learners.filter(({ left }) => left === undefined)) {
    const assigned = drawMorning(chance, learner, FIRST + 2 * DAY, Date.UTC(2026, 7, 31));
    const path = {
      learner,
      assigned,
      registration: chance.uuid(),
      reached: daysTo(chance.leaning(learner.ability, ABILITY_SHARE.work), QUALIFYING.reaches),
      left: daysTo(chance.between(0, 1), QUALIFYING.leaves),
    };
    const extensions = { [EXTENSIONS.due]: iso(assigned + 180 * DAY) };
    const context = { registration: path.registration, extensions };
    say('lms', learner, assigned, 'was-assigned', { object: PROGRAMME, context });
    tellProgress(record, path);
    tellEnd(record, people, path);
  }
};
