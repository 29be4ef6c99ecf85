import { grouped } from './grouped.ts';
import { mark, says, type Told } from './oracle-facts.ts';

export type OracleAttempt = {
  readonly person: string;
  readonly activity: string;
  readonly registration: number;
  readonly number: number;
  readonly root: string;
  session: number;
  readonly first: Told;
  submitted?: Told;
  scored?: Told;
  judged?: Told;
  completed?: Told;
  ended?: Told;
};

const HALF_AN_HOUR = 1_800_000;

const isRelevant = (fact: Told): boolean =>
  fact.activity !== '' &&
  says(fact, 'started', 'submitted', 'passed', 'failed', 'completed', 'terminated', 'abandoned');

const isJudged = (fact: Told): boolean => says(fact, 'passed', 'failed');
const sessionOf = ({ session }: Told): number => (session === undefined ? 0 : mark(session));

const isSecondVerdict = ({ judged }: OracleAttempt, fact: Told): boolean =>
  judged !== undefined &&
  isJudged(fact) &&
  (judged.verb === fact.verb ||
    says(judged, 'passed') !== says(fact, 'passed') ||
    says(judged, 'failed') !== says(fact, 'failed'));

/** Whether a fact that names no session, or comes to an attempt that has none, belongs to the next attempt. */
const beginsNext = (attempt: OracleAttempt, fact: Told): boolean => {
  const { scored, judged, completed, ended } = attempt;
  if (ended !== undefined && !fact.byOthers) return true;
  const hasResult = scored !== undefined || judged !== undefined || completed !== undefined;
  if (says(fact, 'started') && hasResult) return true;
  if (says(fact, 'started')) return false;
  const isLater = scored !== undefined && fact.scaled !== undefined && fact.time - scored.time > HALF_AN_HOUR;
  return isSecondVerdict(attempt, fact) || isLater;
};

/** The attempts of one person at one activity in one registration. */
const attemptsOf = (facts: readonly Told[]): readonly OracleAttempt[] => {
  const attempts: OracleAttempt[] = [];
  const place = (fact: Told): OracleAttempt | undefined => {
    const session = sessionOf(fact);
    const same = attempts.find((attempt) => session !== 0 && attempt.session === session);
    const last = attempts.at(-1);
    if (same !== undefined || last === undefined) return same;
    if (session !== 0 && last.session !== 0) return undefined;
    return beginsNext(last, fact) ? undefined : last;
  };
  for (const fact of facts) {
    let attempt = place(fact);
    if (attempt === undefined) {
      const { person, activity, registration, root } = fact;
      const number = attempts.length + 1;
      const named = registration === undefined ? 0 : mark(registration.toLowerCase());
      attempt = { person, activity, registration: named, number, root, session: 0, first: fact };
      attempts.push(attempt);
    }
    takeInto(attempt, fact);
  }
  return attempts;
};

const takeInto = (attempt: OracleAttempt, fact: Told): void => {
  if (attempt.session === 0) attempt.session = sessionOf(fact);
  if (says(fact, 'submitted')) attempt.submitted ??= fact;
  if (says(fact, 'completed')) attempt.completed ??= fact;
  if (fact.scaled !== undefined) attempt.scored = fact;
  if (isJudged(fact)) attempt.judged = fact;
  if (says(fact, 'terminated', 'abandoned')) attempt.ended = fact;
};

export const oracleAttempts = (facts: readonly Told[]): readonly OracleAttempt[] =>
  grouped(facts.filter(isRelevant), ({ person, activity, registration }) => [
    person,
    activity,
    registration?.toLowerCase(),
  ]).flatMap(([, own]) => attemptsOf(own));
