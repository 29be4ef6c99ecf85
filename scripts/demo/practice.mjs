import { DAY, HOUR, MINUTE, midnight } from './calendar.mjs';
import { ABILITY_SHARE, APPLYING, COURSES } from './model.mjs';
import { duration, scaled } from './record.mjs';
import { activity, EXTENSIONS, PLACES, skillIri, TYPES } from './vocabulary.mjs';

/**
 * A person and a skill that they were trained for.
 * @typedef {object} Trained
 * @property {import('./people.mjs').Learner} learner
 * @property {string} skill
 * @property {number} since
 * @property {boolean} practises in the simulator
 * @property {number | undefined} first when the skill is first used at work
 */

/** First uses are so many days after the training: behind the last session in the simulator, within the 60 days. */
const FIRST_USE = [6.5, 58];
const LATER_USE = [62, 130];

const applies = (course, practises) => {
  const chance = COURSES[course].applies;
  if (chance !== 'vr') return chance;
  return practises ? APPLYING.vr : APPLYING.plain;
};

const drawFirst = (chance, learner, share) => {
  const isSoon = chance.leaning(learner.ability, ABILITY_SHARE.work) < share;
  if (isSoon) return chance.between(FIRST_USE[0], FIRST_USE[1]);
  return chance.happens(APPLYING.later) ? chance.between(LATER_USE[0], LATER_USE[1]) : undefined;
};

/**
 * What becomes of the training at work, in the courses whose skill is watched there.
 * @param {import('./chance.mjs').Chance} chance
 * @param {readonly import('./enrolments.mjs').Enrolment[]} enrolments
 * @returns {Trained[]}
 */
export const drawTrained = (chance, enrolments) =>
  enrolments
    .filter(({ fate, course }) => fate === 'completed' && COURSES[course].applies !== undefined)
    .map(({ learner, course, at }) => {
      const practises = COURSES[course].applies === 'vr' && chance.happens(APPLYING.practises);
      const days = drawFirst(chance, learner, applies(course, practises));
      const first = days === undefined ? undefined : at + days * DAY;
      return { learner, skill: course, since: at, practises, first };
    });

const scenario = (skill) =>
  activity(`${PLACES.vr}/scenarios/${skill}`, TYPES.simulation, `SafeSim: ${COURSES[skill].name}`);
const STEPS = 12;
const HEADSETS = ['kiosk-1', 'kiosk-2', 'kiosk-3'];
/** The clock of this one is a year ahead. */
const WRONG_HEADSET = 'kiosk-3';
const AHEAD = 365 * DAY;

/** As the headset's own clock has it; it arrives when it arrives. */
const onHeadset = (line, headset) => {
  if (line !== undefined && headset === WRONG_HEADSET) {
    line.statement.timestamp = new Date(line.at + AHEAD).toISOString();
  }
};

const tellSession = ({ chance, say }, { learner, skill }, at) => {
  const headset = chance.pick(HEADSETS);
  const minutes = chance.between(4, 14);
  const done = chance.whole(STEPS - 4, STEPS);
  const object = scenario(skill);
  const context = {
    contextActivities: { category: [activity(skillIri(skill), TYPES.competency)] },
    extensions: { [EXTENSIONS.setting]: 'simulation', [EXTENSIONS.headset]: headset },
  };
  const tell = (offset, verb, result) =>
    onHeadset(
      say('vr', learner, at + offset * MINUTE, verb, {
        object,
        context,
        ...(result === undefined ? {} : { result }),
      }),
      headset,
    );
  tell(-minutes, 'initialized');
  const progress = chance.whole(30, 80);
  tell(-minutes / 3, 'progressed', { extensions: { [EXTENSIONS.progress]: progress } });
  if (chance.happens(0.06)) tell(-minutes / 2, 'teleported');
  tell(0, 'performed', {
    success: done >= STEPS - 2,
    score: scaled(done / STEPS),
    duration: duration(minutes * 60),
    extensions: { [EXTENSIONS.checklist]: { steps: STEPS, done } },
  });
  tell(0.2, 'terminated', { duration: duration(minutes * 60 + 12) });
};

/** Sessions in the simulator, in the days after the training. */
export const tellPractice = (record, trained) => {
  for (const pair of trained.filter(({ practises }) => practises)) {
    const sessions = record.chance.whole(3, 5);
    for (let session = 1; session <= sessions; session += 1) {
      const at = midnight(pair.since) + session * DAY + record.chance.between(7, 17) * HOUR;
      tellSession(record, pair, at);
    }
  }
};
