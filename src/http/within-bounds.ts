import { type Bounds, isWithin } from '../credentials/bounds.ts';
import type { Principal } from '../credentials/principal.ts';
import type { DocumentScope } from '../documents/document.ts';
import { agentTerm } from '../statements/terms.ts';
import type { SentBatch } from '../xapi/read-statements.ts';
import { type Problem, Rejection, reject } from '../xapi/rejection.ts';
import type { Activity, Identifier, Statement, StatementObject } from '../xapi/statement.ts';
import type { Method } from './exchange.ts';

/**
 * What a bound credential stores is about what it is bound to.
 *
 * @throws Rejection `forbidden` naming all of every statement that is not.
 */
export const checkStatementsWithin = ({ bounds }: Principal, { statements, isArray }: SentBatch): void => {
  if (bounds === undefined) return;
  const problems = statements.flatMap(({ statement }, index) =>
    problemsOf(bounds, statement).map((problem) => ({ ...(isArray ? { index } : {}), ...problem })),
  );
  if (problems.length > 0) throw new Rejection('forbidden', problems);
};

const problemsOf = (bounds: Bounds, { actor, verb, object, context }: Statement): readonly Problem[] => {
  const problems: Problem[] = [];
  const outside = (pointer: string, what: string): void => {
    problems.push({ pointer, message: `This key is bound to ${what}.` });
  };
  if (actor.objectType === 'Group' || agentTerm(actor) !== agentTerm(bounds.actor))
    outside('/actor', 'one learner, who is not this actor');
  const registration = context?.registration?.toLowerCase();
  if (bounds.registration !== undefined && registration !== bounds.registration)
    outside('/context/registration', `the registration ${bounds.registration}`);
  if (bounds.verbs !== undefined && !bounds.verbs.includes(verb.id))
    outside('/verb/id', `the verbs ${bounds.verbs.join(', ')}`);
  if (object.objectType === 'SubStatement' && agentTerm(object.actor) !== agentTerm(bounds.actor))
    outside('/object/actor', 'one learner, who is not this actor');
  if (!isInside(bounds, object)) outside('/object', `${bounds.activities?.join(', ')} and what stands below`);
  return problems;
};

const isInside = (bounds: Bounds, object: StatementObject): boolean =>
  object.objectType === undefined || object.objectType === 'Activity'
    ? isWithin(bounds, (object as Activity).id)
    : bounds.activities === undefined;

/**
 * The same for documents. What is common to all learners it may read, and not change.
 *
 * @throws Rejection `forbidden`.
 */
export const checkDocumentWithin = (
  { bounds }: Principal,
  method: Method,
  { resource, activity, agent, registration }: DocumentScope,
): void => {
  if (bounds === undefined) return;
  const { actor } = bounds;
  if (resource === 'activity-profile' && method !== 'GET')
    throw forbidden('/activityId', 'and the profile of an activity is common to all learners');
  if (agent !== undefined && agent !== agentTerm(actor))
    throw forbidden('/agent', 'and this is another agent');
  if (activity !== undefined && !isWithin(bounds, activity))
    throw forbidden('/activityId', 'and this is another activity');
  if (resource === 'state' && bounds.registration !== undefined && registration !== bounds.registration)
    throw forbidden('/registration', `under the registration ${bounds.registration}`);
};

/** @throws Rejection `forbidden` when a bound credential asks who another agent is. */
export const checkAgentWithin = ({ bounds }: Principal, agent: Identifier): void => {
  if (bounds !== undefined && agentTerm(agent) !== agentTerm(bounds.actor))
    throw forbidden('/agent', 'and this is another agent');
};

/**
 * What a browser was launched with is for the xAPI endpoint alone.
 *
 * @throws Rejection `forbidden`.
 */
export const checkUnbound = ({ bounds }: Principal): void => {
  if (bounds !== undefined)
    throw reject('forbidden', '', 'This key is bound to one learner; it is for the xAPI endpoint alone.');
};

const forbidden = (pointer: string, why: string): Rejection =>
  reject(
    'forbidden',
    pointer,
    `This key is bound to one learner and what that learner was launched into, ${why}.`,
  );
