import { isIri } from '../xapi/iri.ts';
import type { Identifier } from '../xapi/statement.ts';
import { isUuid } from '../xapi/uuid.ts';
import { problemsOfActor } from '../xapi/validate-statement.ts';
import type { Complain, Members } from './read-members.ts';
import { checkNames, readBoolean, readMembers } from './read-members.ts';
import type { ForwardFilter } from './target.ts';

const NAMES = ['agent', 'verb', 'activity', 'registration', 'related_agents', 'related_activities'];

/** The filter of a target, in the words of GET statements; without one everything is wanted. */
export const readFilter = (value: unknown, complain: Complain): ForwardFilter => {
  if (value === undefined) return {};
  const filter = readMembers(value, complain);
  checkNames(filter, NAMES, complain);
  const verb = readTextAs(filter, 'verb', isIri, 'an IRI with a scheme', complain);
  const activity = readTextAs(filter, 'activity', isIri, 'an IRI with a scheme', complain);
  const registration = readTextAs(filter, 'registration', isUuid, 'a UUID', complain);
  const agent = readAgent(filter, complain);
  return {
    ...(agent === undefined ? {} : { agent }),
    ...(verb === undefined ? {} : { verb }),
    ...(activity === undefined ? {} : { activity }),
    ...(registration === undefined ? {} : { registration: registration.toLowerCase() }),
    relatedAgents: readBoolean(filter, 'related_agents', complain),
    relatedActivities: readBoolean(filter, 'related_activities', complain),
  };
};

const readTextAs = (
  members: Members,
  name: string,
  isOne: (text: string) => boolean,
  what: string,
  complain: Complain,
): string | undefined => {
  const value = members.get(name);
  if (value === undefined || (typeof value === 'string' && isOne(value))) return value;
  complain(`/${name}`, `Expected ${what}.`);
  return undefined;
};

const readAgent = (members: Members, complain: Complain): Identifier | undefined => {
  const value = members.get('agent');
  if (value === undefined) return undefined;
  const problems = problemsOfActor(value, 'agent-or-identified-group');
  for (const { pointer, message } of problems) complain(`/agent${pointer}`, message);
  return problems.length > 0 ? undefined : (value as Identifier);
};
