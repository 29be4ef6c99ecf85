import type { Actor, Agent, Statement } from '../xapi/statement.ts';
import { agentTerm, contextActors } from './terms.ts';

/** An agent's or group's term with the name that a statement calls it by. */
export type NamedAgent = { readonly term: string; readonly name: string };

/** Every identified agent or group that a statement names, wherever it stands, in that order. */
export const namedAgents = (statement: Statement): readonly NamedAgent[] => {
  const found: NamedAgent[] = [];
  addStatement(found, statement);
  return found;
};

const addStatement = (
  found: NamedAgent[],
  statement: Pick<Statement, 'actor' | 'object' | 'context'>,
): void => {
  const { actor, object, context } = statement;
  addActor(found, actor);
  if (object.objectType === 'Agent' || object.objectType === 'Group') addActor(found, object);
  else if (object.objectType === 'SubStatement') addStatement(found, object);
  if (context !== undefined) for (const one of contextActors(context)) addActor(found, one);
};

const addActor = (found: NamedAgent[], actor: Actor): void => {
  addNamed(found, actor);
  if ('member' in actor) for (const member of actor.member ?? []) addNamed(found, member);
};

const addNamed = (found: NamedAgent[], agent: Agent | Actor): void => {
  if (agent.name === undefined) return;
  const term = agentTerm(agent);
  if (term !== undefined) found.push({ term, name: agent.name });
};
