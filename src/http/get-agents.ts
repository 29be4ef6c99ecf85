import type { Agent } from '../xapi/statement.ts';
import type { Handler } from './exchange.ts';
import { readActor, required } from './parameters.ts';
import { json } from './reply.ts';
import type { Services } from './services.ts';
import { checkAgentWithin } from './within-bounds.ts';

/** `GET agents`: a Person with every name that the agent was called by; an unknown agent is answered too (AG-1). */
export const getAgents =
  ({ statements }: Services): Handler =>
  async ({ parameters, principal }) => {
    required(parameters, 'agent');
    const agent = readActor(parameters, 'agent') as Agent;
    checkAgentWithin(principal, agent);
    const names = new Set(await statements.names(agent));
    if (agent.name !== undefined) names.add(agent.name);
    const person: Record<string, unknown> = { objectType: 'Person' };
    if (names.size > 0) person['name'] = [...names];
    for (const kind of IDENTIFIERS) if (agent[kind] !== undefined) person[kind] = [agent[kind]];
    return json(person);
  };

const IDENTIFIERS = ['mbox', 'mbox_sha1sum', 'openid', 'account'] as const;
