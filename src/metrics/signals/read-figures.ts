import { keyText } from '../../statements/key-text.ts';
import type { Activity, Context, Extensions, Result, Statement } from '../../xapi/statement.ts';
import type { Fact } from '../fact.ts';
import { durationMillis } from './duration-millis.ts';
import { CAIRN_NAMES, FOREIGN_NAMES } from './extension-names.ts';
import { cutText, nameAt, numberAt, readInstant } from './read-extension.ts';
import type { Links } from './read-links.ts';
import { readScore } from './read-score.ts';
import { activityOf } from './read-shape.ts';

export type Writable = { -readonly [Name in keyof Fact]: Fact[Name] };

/** Sets what result and context say of how it went, when it is due and how long it holds. */
export const addFigures = (fact: Writable, statement: Statement, links: Links): void => {
  const { result, context } = statement;
  if (result !== undefined) addResult(fact, result);
  if (context !== undefined) addContext(fact, context);
  if (result?.extensions !== undefined) addExtensions(fact, result.extensions);
  if (context?.extensions !== undefined) addExtensions(fact, context.extensions);
  const session = sessionOf(statement) ?? links.attempt;
  if (session !== undefined) fact.session = keyText(session);
};

const addResult = (fact: Writable, result: Result): void => {
  const { success, completion, response, duration, extensions } = result;
  if (success !== undefined) fact.success = success;
  if (completion !== undefined) fact.completion = completion;
  if (response !== undefined) fact.response = cutText(response);
  const score = readScore(result.score);
  if (score.scaled !== undefined) fact.scaled = score.scaled;
  if (score.isUnscaled !== undefined) fact.isUnscaled = score.isUnscaled;
  const millis = duration === undefined ? undefined : durationMillis(duration);
  if (millis !== undefined) fact.duration = millis;
  if (extensions !== undefined) addCounts(fact, extensions);
};

const MOST_TRIALS = 1_000_000;

const addCounts = (fact: Writable, extensions: Extensions): void => {
  const progress = progressOf(extensions);
  if (progress !== undefined) fact.progress = progress;
  const trials = numberAt(extensions, CAIRN_NAMES.trials, 0, MOST_TRIALS);
  if (trials !== undefined) fact.trials = trials;
};

/** Between 0 and 1; cmi5 counts to 100. */
const progressOf = (extensions: Extensions): number | undefined => {
  const percent = numberAt(extensions, FOREIGN_NAMES.cmi5Progress, 0, 100);
  if (percent !== undefined) return percent / 100;
  return (
    numberAt(extensions, FOREIGN_NAMES.videoProgress, 0, 1) ??
    numberAt(extensions, FOREIGN_NAMES.gamesProgress, 0, 1)
  );
};

const addContext = (fact: Writable, { registration, platform, extensions }: Context): void => {
  if (registration !== undefined) fact.registration = registration.toLowerCase();
  if (platform !== undefined) fact.platform = cutText(platform);
  if (extensions === undefined) return;
  if (extensions[CAIRN_NAMES.carriedOver] === true) fact.isCarriedOver = true;
  if (extensions[CAIRN_NAMES.dateUnknown] === true) fact.isDateUnknown = true;
};

/** Those of the context come after those of the result, and win. */
const addExtensions = (fact: Writable, extensions: Extensions): void => {
  const due = readInstant(extensions[CAIRN_NAMES.due] ?? extensions[FOREIGN_NAMES.tlaDue], 'end');
  if (due !== undefined) fact.due = due;
  const validUntil = readInstant(
    extensions[CAIRN_NAMES.validUntil] ??
      extensions[FOREIGN_NAMES.tlaExpiration] ??
      expiryOf(extensions[FOREIGN_NAMES.badge]),
    'end',
  );
  if (validUntil !== undefined) fact.validUntil = validUntil;
  const confidence = numberAt(extensions, FOREIGN_NAMES.tlaConfidence, -1, 1);
  if (confidence !== undefined) fact.confidence = confidence;
  const level = numberAt(extensions, CAIRN_NAMES.level, -MOST_LEVEL, MOST_LEVEL);
  if (level !== undefined) fact.level = level;
};

const MOST_LEVEL = 1000;

/** Open Badges 2.0 say `expires`, 3.0 `validUntil`; a badge that is only named by its IRI says nothing. */
const expiryOf = (badge: unknown): unknown => {
  if (typeof badge !== 'object' || badge === null) return undefined;
  const { validUntil, expires } = badge as Readonly<Record<string, unknown>>;
  return validUntil ?? expires;
};

const sessionOf = (statement: Statement): string | undefined => {
  const { context, result } = statement;
  const activity: Activity | undefined = activityOf(statement);
  const inContext = context?.extensions;
  return (
    (inContext === undefined
      ? undefined
      : (nameAt(inContext, FOREIGN_NAMES.cmi5Session) ?? nameAt(inContext, FOREIGN_NAMES.videoSession))) ??
    attemptAt(activity?.definition?.extensions) ??
    attemptAt(result?.extensions) ??
    attemptAt(inContext)
  );
};

const attemptAt = (extensions: Extensions | undefined): string | undefined =>
  extensions === undefined
    ? undefined
    : (nameAt(extensions, FOREIGN_NAMES.attempt) ?? nameAt(extensions, FOREIGN_NAMES.openEdxAttempts));
