import type { Actor, Agent, Context, Statement } from '../xapi/statement.ts';
import { agentTerm } from './terms.ts';

/** An agent's or group's term with the name that a statement calls it by. */
export type NamedAgent = { readonly term: string; readonly name: string };

/** Every identified agent or group that a statement names, wherever it stands, in that order. */
export const namedAgents = (statement: Statement): readonly NamedAgent[] => {
  const found: NamedAgent[] = [];
  addStatement(found, statement);
  return found;
};

const addStatement = (found: NamedAgent[], statement: Pick<Statement, 'actor' | 'object' | 'context'>): void => {
  const { actor, object, context } = statement;
  addActor(found, actor);
  if (object.objectType === 'Agent' || object.objectType === 'Group') addActor(found, object);
  else if (object.objectType === 'SubStatement') addStatement(found, object);
  if (context !== undefined) addContext(found, context);
};

const addContext = (found: NamedAgent[], context: Context): void => {
  if (context.instructor !== undefined) addActor(found, context.instructor);
  if (context.team !== undefined) addActor(found, context.team);
  for (const { agent } of context.contextAgents ?? []) addNamed(found, agent);
  for (const { group } of context.contextGroups ?? []) addActor(found, group);
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
