import type { Fact } from '../fact.ts';
import type { Dictionary } from './dictionary.ts';
import { flagsOf, textHash } from './fact-columns.ts';
import type { FactLog, Place } from './fact-log.ts';

/** A longer response is no choice among few, and is not kept. */
const LONGEST_RESPONSE = 64;

/** Adds a row for a fact, and answers its number. */
export const addRow = (log: FactLog, { position, stored, id }: Place, fact: Fact): number => {
  const { identifiers, activities, words, facts } = log;
  const row = facts.add();
  facts.time[row] = fact.time;
  facts.lateness[row] = (stored / 1000 - fact.time) / 1000;
  facts.position[row] = position;
  facts.subject[row] = identifiers.number(fact.subject);
  facts.activity[row] = activities.number(fact.activity);
  facts.root[row] = activities.number(fact.root);
  facts.registration[row] = fact.registration === undefined ? 0 : textHash(fact.registration.toLowerCase());
  facts.verb[row] = words.number(fact.verb);
  facts.authority[row] = words.number(fact.authority);
  facts.platform[row] = words.number(fact.platform ?? '');
  facts.signals[row] = fact.signals;
  facts.hash[row] = textHash(id);
  facts.flags[row] = flagsOf(fact);
  facts.detail[row] = addDetail(log, fact);
  return row;
};

const addDetail = (log: FactLog, fact: Fact): number => {
  if (!hasDetail(fact)) return 0;
  const { identifiers, activities, words, details } = log;
  const row = details.add();
  for (const name of NUMBERS) details[name][row] = fact[name] ?? Number.NaN;
  details.observer[row] = identifiers.number(fact.observer ?? '');
  details.skills[row] = words.number(skillList(activities, fact.skills));
  details.session[row] = fact.session === undefined ? 0 : textHash(fact.session);
  const { response = '' } = fact;
  details.response[row] = response.length <= LONGEST_RESPONSE ? words.number(response) : 0;
  return row + 1;
};

/** What is kept as it is; NaN is none. */
const NUMBERS = [
  'scaled',
  'duration',
  'due',
  'validUntil',
  'progress',
  'trials',
  'confidence',
  'level',
] as const;

const hasDetail = (fact: Fact): boolean =>
  fact.observer !== undefined ||
  fact.session !== undefined ||
  fact.response !== undefined ||
  fact.skills.length > 0 ||
  NUMBERS.some((name) => fact[name] !== undefined);

/** A list of skills as one word: their numbers among activities. */
const skillList = (activities: Dictionary, skills: readonly string[]): string =>
  skills.length === 0 ? '' : skills.map((skill) => activities.number(skill)).join(' ');
