import { DAY, END, HOUR, iso, localIso, MINUTE, midnight } from './calendar.mjs';
import { isEmployed } from './people.mjs';
import { PLATFORMS, VERBS } from './vocabulary.mjs';

/** @typedef {'lms' | 'phone' | 'vr' | 'quiz' | 'forum'} Source */

/**
 * A statement on its way: when it happened, when it arrives, and what it says, without `stored`.
 * @typedef {object} Sent
 * @property {Source} source
 * @property {number} at
 * @property {number} arrives
 * @property {Record<string, any>} statement
 */

export const hrAgent = ({ employee }) => ({ account: { homePage: 'https://hr.example', name: employee } });
export const mailAgent = (email) => ({ mbox: `mailto:${email}` });

/** By what each source knows a learner. */
const AGENTS = {
  lms: hrAgent,
  quiz: hrAgent,
  phone: ({ phoneMail }) => mailAgent(phoneMail),
  forum: ({ email }) => mailAgent(email),
  vr: ({ badge }) => ({ account: { homePage: 'https://vr.example', name: badge } }),
};
export const agentOf = (source, learner) => AGENTS[source](learner);

/** Phones send when they are in the canteen's network again; some stay in a locker for days. */
const phoneDelay = (chance) => {
  const share = chance.between(0, 1);
  if (share < 0.6) return chance.between(0.05, 5) * MINUTE;
  if (share < 0.9) return chance.between(0.2, 14) * HOUR;
  return chance.between(1, 12) * DAY;
};

/** The headsets are docked in the evening. */
const untilEvening = (chance, at) => {
  const evening = midnight(at) + 20 * HOUR;
  return Math.max(evening - at, 0) + chance.between(0, 40) * MINUTE;
};

const delayOf = (chance, source, at) => {
  if (source === 'phone') return phoneDelay(chance);
  return source === 'vr' ? untilEvening(chance, at) : chance.between(0.4, 20) * 1000;
};

/**
 * What every source says is gathered here, in any order.
 * @param {import('./chance.mjs').Chance} chance
 */
export const createRecord = (chance) => {
  /** @type {Sent[]} */
  const sent = [];
  /**
   * Says something about a learner, unless the year is over or they are no longer there.
   * @param {Source} source
   * @param {import('./people.mjs').Learner} learner
   * @param {number} at
   * @param {string} verb
   * @param {object} what
   * @param {object} what.object
   * @param {object} [what.actor] another one than the learner
   * @param {object} [what.result]
   * @param {Record<string, any>} [what.context]
   */
  const say = (source, learner, at, verb, { object, actor = agentOf(source, learner), result, context }) => {
    if (at >= END || !isEmployed(learner, at)) return undefined;
    const statement = {
      id: chance.uuid(),
      actor,
      verb: { id: VERBS[verb], display: { en: verb } },
      object,
      ...(result === undefined ? {} : { result }),
      // A statement about an agent has no platform (Data 2.4.6).
      context: { ...('objectType' in object ? {} : { platform: PLATFORMS[source] }), ...context },
      timestamp: source === 'phone' ? localIso(Math.floor(at)) : iso(at),
    };
    const arrives = Math.min(at + delayOf(chance, source, at), END - 1000);
    const line = { source, at, arrives: Math.max(arrives, at), statement };
    sent.push(line);
    return line;
  };
  return { chance, sent, say };
};

/** @param {number} seconds */
export const duration = (seconds) => `PT${Math.max(1, Math.round(seconds))}S`;
/** @param {number} score */
export const scaled = (score) => ({ scaled: Math.round(score * 100) / 100 });
