import { authorityKey, voidedBy } from '../../statements/store-statements.ts';
import { agentTerm } from '../../statements/terms.ts';
import type { Actor, Group, Statement } from '../../xapi/statement.ts';
import type { Fact } from '../fact.ts';
import { SIGNALS } from '../signal.ts';
import { eventTime } from './event-time.ts';
import { findEvidence, findRule, findSignals } from './find-signals.ts';
import { observerOf } from './observer.ts';
import { addFigures, type Writable } from './read-figures.ts';
import { type Links, readLinks } from './read-links.ts';
import { activityOf, isPartOf, readShape } from './read-shape.ts';
import type { Shape, SignalRule } from './signal-rule.ts';
import type { SignalTable } from './signal-table.ts';

const NONE: readonly Fact[] = [];

/**
 * What a stored statement says for metrics: one fact as a rule. None if it voids, if its object is a SubStatement (a
 * plan), or if it is about an anonymous group; then one for each identified member where the table says so.
 *
 * Depends on nothing but its arguments and never throws for a valid statement: what extensions hold that is not of
 * the form that it should have is not read.
 *
 * @param stored microseconds since 1970.
 */
export const readFact = (statement: Statement, stored: number, table: SignalTable): readonly Fact[] => {
  if (statement.object.objectType === 'SubStatement' || voidedBy(statement) !== undefined) return NONE;
  const links = readLinks(activityOf(statement), statement.context?.contextActivities, table);
  const named = observerOf(statement.context, table);
  const asked = readShape(statement, links, observerKind(named, agentTerm(statement.actor)), table);
  const rules = table.rulesOf(statement.verb.id);
  const rule = findRule(rules, asked);
  const isAboutObject = rule?.isAboutObject === true;
  const who = (isAboutObject ? statement.object : statement.actor) as Actor;
  const subject = agentTerm(who);
  const observer = isAboutObject ? agentTerm(statement.actor) : named;
  const fact = factOf(statement, links, eventTime(statement.timestamp, stored));
  addWho(fact, who, subject, observer, rule);
  const shape = isAboutObject ? { ...asked, observer: observerKind(observer, subject) } : asked;
  fact.signals = findSignals(rule, shape, isPartOf(activityOf(statement)?.definition, shape.groups, links));
  fact.isMapped = rules !== undefined;
  if ((fact.signals & SIGNALS.applied) !== 0) fact.evidence = findEvidence(shape, table);
  addFigures(fact, statement, links);
  if (subject !== undefined) return [fact];
  return rule?.expandsGroup === true ? factsOfMembers(fact, who as Group) : NONE;
};

const observerKind = (observer: string | undefined, subject: string | undefined): Shape['observer'] => {
  if (observer === undefined) return 'none';
  return observer === subject ? 'self' : 'other';
};

const factOf = (statement: Statement, links: Links, when: ReturnType<typeof eventTime>): Writable => {
  const activity = activityOf(statement)?.id ?? '';
  const fact: Writable = {
    time: when.time,
    subject: '',
    isTeam: false,
    byOthers: false,
    activity,
    root: links.root ?? activity,
    verb: statement.verb.id,
    signals: 0,
    isMapped: false,
    skills: links.skills,
    authority: authorityTerm(statement.authority),
    described: links.described,
  };
  if (when.skew !== undefined) fact.skew = when.skew;
  if (links.program !== undefined) fact.program = links.program;
  return fact;
};

/** As {@link authorityKey}, but nothing is remembered of a single agent: each statement that is read has its own. */
const authorityTerm = (authority: Actor | undefined): string =>
  authority === undefined || authority.objectType === 'Group'
    ? authorityKey(authority)
    : (agentTerm(authority) ?? '');

const addWho = (
  fact: Writable,
  who: Actor,
  subject: string | undefined,
  observer: string | undefined,
  rule: SignalRule | undefined,
): void => {
  fact.subject = subject ?? '';
  fact.isTeam = who.objectType === 'Group';
  fact.byOthers = rule?.byOthers === true;
  if (observer !== undefined) fact.observer = observer;
};

/** What is true of each member when it is said of a group; how well it went is not. */
const OF_EACH = SIGNALS.attended | SIGNALS.experienced | SIGNALS.completed;

const factsOfMembers = (fact: Fact, { member = [] }: Group): readonly Fact[] => {
  const { success, scaled, isUnscaled, response, evidence, ...rest } = fact;
  const subjects = new Set(member.map(agentTerm).filter((term) => term !== undefined));
  return [...subjects].map((subject) => ({
    ...rest,
    subject,
    isTeam: false,
    signals: fact.signals & OF_EACH,
  }));
};
