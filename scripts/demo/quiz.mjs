import { DAY, END, FIRST, HOUR, MINUTE } from './calendar.mjs';
import { ABILITY_SHARE, DELAYS, recall } from './model.mjs';
import { duration } from './record.mjs';
import { activity, PLACES, skillIri, TYPES } from './vocabulary.mjs';

/** Questions, each of one element of knowledge, and what that belongs to. */
export const QUESTIONS = [
  ['zero-energy', 'loto', 'What proves that a machine is without energy?'],
  ['own-lock', 'loto', 'Whose lock goes on the hasp?'],
  ['stored-energy', 'loto', 'What may still move when the current is off?'],
  ['mast-tilt', 'forklift', 'How is the mast tilted with a load up?'],
  ['ramp', 'forklift', 'Which end of the truck goes uphill?'],
  ['recovery-position', 'first-aid', 'Who is laid on the side?'],
  ['defibrillator', 'first-aid', 'When is the defibrillator fetched?'],
  ['burns', 'first-aid', 'How long is a burn cooled?'],
  ['breach-report', 'data-protection', 'Within how many hours is a breach reported?'],
  ['need-to-know', 'data-protection', 'Who may open a personnel file?'],
];

export const DECK = activity(`${PLACES.quiz}/decks/daily-five`, TYPES.course, 'Daily Five');
export const questionIri = (id) => `${PLACES.quiz}/questions/${id}`;

const ANSWERS = ['a', 'b', 'c', 'd'];
/** How often an item is tested again. */
const REPETITIONS = 3;
/** P(wrong) while it is being learnt. */
const WRONG = { first: 0.4, again: 0.2 };
const MOST_WRONG = 2;
/** Nobody is asked at night: what would be is asked so much later. */
const ASLEEP = 8 * HOUR;

const awake = (time) => {
  const hour = Math.floor(time / HOUR) % 24;
  return hour >= 21 || hour < 5 ? time + ASLEEP : time;
};

/** Says that somebody answered, and how. */
const tellAnswer = ({ chance, say }, learner, at, { id, text, right }, success) => {
  const wrong = ANSWERS.filter((answer) => answer !== right);
  const response = success ? right : chance.pick(wrong);
  say('quiz', learner, at, 'answered', {
    object: {
      id: questionIri(id),
      definition: {
        type: TYPES.question,
        name: { en: text },
        interactionType: 'choice',
        correctResponsesPattern: [right],
      },
    },
    result: { success, response, duration: duration(chance.between(3, 40)) },
    context: {
      contextActivities: {
        grouping: [activity(DECK.id, TYPES.course)],
        category: [activity(skillIri(`knows/${id}`), TYPES.competency)],
      },
    },
  });
};

/** Asked until it is right. Returns when that was, from which on it can be forgotten. */
const learn = (record, learner, question, from, wrong) => {
  let at = from;
  for (let times = 0; times < MOST_WRONG && record.chance.happens(wrong); times += 1) {
    tellAnswer(record, learner, at, question, false);
    at += record.chance.between(20, 90) * 1000;
  }
  tellAnswer(record, learner, at, question, true);
  return at;
};

/** The delay is drawn by lot, so that it says nothing about the person or the item. */
const drawTest = (chance, known) => {
  const days = chance.pick(DELAYS);
  return days === 0
    ? known + chance.between(5, 30) * MINUTE
    : awake(known + days * chance.between(0.94, 1.06) * DAY);
};

/**
 * One item of one person. After every test the item is known again, rightly answered or learnt anew, whatever the answer
 * was: so no delay begins with a choice of those who know.
 */
const tellItem = (record, learner, question, begin) => {
  const { chance } = record;
  let known = learn(record, learner, question, begin, WRONG.first);
  for (let test = 0; test < REPETITIONS; test += 1) {
    const at = drawTest(chance, known);
    if (at >= END) return;
    const share = chance.leaning(learner.ability, ABILITY_SHARE.memory);
    const success = share < recall((at - known) / DAY);
    tellAnswer(record, learner, at, question, success);
    known = success ? at : learn(record, learner, question, at + 40_000, WRONG.again);
  }
};

/** A few questions a day on the computer at the workplace, spaced; a new item about every week. */
export const tellQuiz = (record, { learners }) => {
  const { chance } = record;
  const keys = QUESTIONS.map(() => chance.pick(ANSWERS));
  for (const learner of learners) {
    const start = Math.max(FIRST, learner.hired) + chance.between(3, 60) * DAY;
    QUESTIONS.forEach(([id, , text], index) => {
      const begin = awake(start + index * chance.between(5, 8) * DAY);
      tellItem(record, learner, { id, text, right: keys[index] }, begin);
    });
  }
};
