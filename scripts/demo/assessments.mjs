import { DAY, HOUR, iso, MINUTE } from './calendar.mjs';
import { ABILITY_SHARE, DILIGENCE_SHARE, REPORTS, WORKSHOP } from './model.mjs';
import { leadOf } from './people.mjs';
import { hrAgent, scaled } from './record.mjs';
import { activity, courseIri, EXTENSIONS, PLACES, TYPES } from './vocabulary.mjs';

const within = ([low, high], share) => low + (high - low) * share;

/** Months whose toolbox report is due on their last day. */
const MONTHS = [1, 3, 5, 7].map((month) => ({
  object: activity(
    `${PLACES.lms}/toolbox-report/2026-0${month + 1}`,
    TYPES.report,
    `Toolbox report 2026-0${month + 1}`,
  ),
  due: Date.UTC(2026, month + 1, 0, 20),
}));
const TOOLBOX = activity(`${PLACES.lms}/toolbox`, TYPES.course);

/** Somebody who is there from two months before it is due until half a month after hands it in, or not. */
const isAsked = ({ hired, left = Number.POSITIVE_INFINITY }, due) =>
  hired < due - 60 * DAY && left > due + 15 * DAY;

/** Written reports, with a day on which they are due; what is scored is what was handed in then. */
export const tellReports = ({ chance, say }, people) => {
  for (const { object, due } of MONTHS) {
    for (const learner of people.learners.filter((one) => isAsked(one, due))) {
      if (!chance.happens(REPORTS.handedIn)) continue;
      const isLate = chance.leaning(learner.diligence, DILIGENCE_SHARE) < REPORTS.late;
      const at = isLate ? due + chance.between(0.1, 9) * DAY : due - chance.between(0.01, 18) * DAY;
      const score = within(REPORTS.score, chance.leaning(learner.ability, ABILITY_SHARE.tests));
      say('lms', learner, at, 'scored', {
        object,
        result: { score: scaled(score) },
        context: {
          instructor: hrAgent(leadOf(people, learner, at)),
          contextActivities: { grouping: [TOOLBOX] },
          extensions: { [EXTENSIONS.due]: iso(due) },
        },
      });
    }
  }
};

const workshopTest = (kind) => {
  const { id, definition } = activity(
    `${courseIri('safe-lifting')}/${kind}`,
    TYPES.assessment,
    `Safe lifting: ${kind}`,
  );
  return { id, definition: { ...definition, extensions: { [EXTENSIONS.kind]: kind } } };
};

/**
 * The tests before and after the lifting workshop, of those who attended.
 * @param {readonly { readonly learner: import('./people.mjs').Learner, readonly start: number, readonly minutes: number }[]} attended
 */
export const tellWorkshopTests = ({ chance, say }, attended) => {
  for (const { learner, start, minutes } of attended) {
    const before = within(WORKSHOP.before, chance.leaning(learner.ability, ABILITY_SHARE.tests));
    const after = before + within(WORKSHOP.gain, chance.between(0, 1));
    const tell = (kind, at, score) =>
      say('lms', learner, at, 'scored', {
        object: workshopTest(kind),
        result: { score: scaled(score) },
        context: { contextActivities: { grouping: [activity(courseIri('safe-lifting'), TYPES.course)] } },
      });
    tell('pretest', start - chance.between(5, 40) * MINUTE, before);
    if (!chance.happens(WORKSHOP.missing)) {
      tell('posttest', start + minutes * MINUTE + chance.between(0.1, 3) * HOUR, after);
    }
  }
};
