import { DAY, FIRST, HOUR, midnight } from './calendar.mjs';
import { isEmployed, leadOf } from './people.mjs';
import { agentOf, duration, mailAgent } from './record.mjs';
import { activity, PLACES, TYPES } from './vocabulary.mjs';

const YEAR = 364;
const TOPICS = 40;
const POSTS = 1400;
const CARDS = 60;
const LOOKS = 2600;

const SUBJECTS = [
  ...['Torque wrench', 'Gate 4', 'Shift handover', 'Press 12', 'Label printer', 'Forklift charging', 'Audit'],
  ...['Spill kit', 'Scaffold tags', 'Night shift', 'Hearing protection', 'Phishing mails', 'New starters'],
];

/** A moment of the year when people are at work, and somebody who is there then; some are there more than others. */
const drawMoment = (chance, learners) => {
  const at = midnight(FIRST) + chance.whole(0, YEAR) * DAY + chance.between(5, 20) * HOUR;
  const eager = Math.floor(chance.between(0, 1) ** 1.8 * learners.length);
  return isEmployed(learners[eager], at) ? { at, learner: learners[eager] } : undefined;
};

const topic = (number) =>
  activity(
    `${PLACES.forum}/topics/${number}`,
    TYPES.topic,
    `${SUBJECTS[number % SUBJECTS.length]} (${number})`,
  );

/** A lead answers somebody in person: about the learner, by the lead. */
const tellMentored = ({ say }, people, { learner, at }, object) => {
  const lead = leadOf(people, learner, at);
  say('forum', learner, at, 'mentored', {
    actor: mailAgent(lead.email),
    object: { objectType: 'Agent', ...agentOf('forum', learner) },
    context: { contextActivities: { parent: [object] } },
  });
};

/** Which verb of the forum, by a number in [0, 1). */
const postVerb = (share) => {
  if (share < 0.5) return 'commented';
  if (share < 0.72) return 'asked';
  return share < 0.98 ? 'shared' : 'pinned';
};

/** The forum: comments, questions, things shared; and leads who take somebody aside. */
export const tellForum = (record, people) => {
  const { chance, say } = record;
  const crowd = chance.shuffled(people.learners);
  for (let post = 0; post < POSTS; post += 1) {
    const moment = drawMoment(chance, crowd);
    const object = topic(chance.whole(1, TOPICS));
    if (moment === undefined) continue;
    if (chance.happens(0.1)) tellMentored(record, people, moment, object);
    else say('forum', moment.learner, moment.at, postVerb(chance.between(0, 1)), { object });
  }
};

const card = (number) =>
  activity(
    `${PLACES.phone}/cards/${number}`,
    TYPES.lesson,
    `${SUBJECTS[number % SUBJECTS.length]} in a minute`,
  );

const lookVerb = (share) => {
  if (share < 0.75) return 'experienced';
  if (share < 0.88) return 'searched';
  return share < 0.98 ? 'bookmarked' : 'swiped';
};

/** Cards of a minute that people look up by themselves on the phone. */
export const tellLooks = ({ chance, say }, { learners }) => {
  const crowd = chance.shuffled(learners);
  for (let look = 0; look < LOOKS; look += 1) {
    const moment = drawMoment(chance, crowd);
    const object = card(chance.whole(1, CARDS));
    if (moment === undefined) continue;
    const verb = lookVerb(chance.between(0, 1));
    const result = verb === 'experienced' ? { result: { duration: duration(chance.between(15, 90)) } } : {};
    say('phone', moment.learner, moment.at, verb, { object, ...result });
  }
};
