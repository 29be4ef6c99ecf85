import type { Statement } from '../xapi/statement.ts';
import type { StatementQuery } from './statement-query.ts';
import { activityTerm, agentTerm, agentTerms, registrationTerm, termsOf, verbTerm } from './terms.ts';

/** Whether a query asks for anything that what a StatementRef refers to could meet too (F-5). */
export const asksForTerms = ({ agent, verb, activity, registration }: StatementQuery): boolean =>
  agent !== undefined || verb !== undefined || activity !== undefined || registration !== undefined;

/** Whether a stored statement meets the conditions by what it says itself, without what it refers to. */
export const matchesItself = (statement: Statement, query: StatementQuery): boolean => {
  const { own, related } = termsOf(statement);
  const { agent, verb, activity, registration, relatedAgents, relatedActivities } = query;
  const agents = relatedAgents === true ? [own, related, authorityOf(statement)] : [own];
  return (
    (agent === undefined || stands(agentTerm(agent), agents)) &&
    (verb === undefined || stands(verbTerm(verb), [own])) &&
    (activity === undefined ||
      stands(activityTerm(activity), relatedActivities === true ? [own, related] : [own])) &&
    (registration === undefined || stands(registrationTerm(registration), [own]))
  );
};

const stands = (term: string | undefined, places: readonly (readonly string[])[]): boolean =>
  term !== undefined && places.some((terms) => terms.includes(term));

const authorityOf = ({ authority }: Statement): readonly string[] =>
  authority === undefined ? [] : agentTerms(authority);
