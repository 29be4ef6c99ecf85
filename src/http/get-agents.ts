import type { Agent } from '../xapi/statement.ts';
import type { Handler } from './exchange.ts';
import { readActor, required } from './parameters.ts';
import { json } from './reply.ts';
import type { Services } from './services.ts';

/** `GET agents`: a Person with every name that the agent was called by; an unknown agent is answered too (AG-1). */
export const getAgents =
  ({ statements }: Services): Handler =>
  async ({ parameters }) => {
    required(parameters, 'agent');
    const agent = readActor(parameters, 'agent') as Agent;
    const names = new Set(await statements.names(agent));
    if (agent.name !== undefined) names.add(agent.name);
    const { mbox, mbox_sha1sum, openid, account } = agent;
    return json({
      objectType: 'Person',
      ...(names.size === 0 ? {} : { name: [...names] }),
      ...(mbox === undefined ? {} : { mbox: [mbox] }),
      ...(mbox_sha1sum === undefined ? {} : { mbox_sha1sum: [mbox_sha1sum] }),
      ...(openid === undefined ? {} : { openid: [openid] }),
      ...(account === undefined ? {} : { account: [account] }),
    });
  };
