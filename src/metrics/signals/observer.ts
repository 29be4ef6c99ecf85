import { agentTerm } from '../../statements/terms.ts';
import type { Agent, Context } from '../../xapi/statement.ts';
import { problemsOfActor } from '../../xapi/validate-statement.ts';
import { FOREIGN_NAMES } from './extension-names.ts';
import { TYPE_GROUPS } from './signal-source.ts';
import type { SignalTable } from './signal-table.ts';

/**
 * Whom the context names as observer, by the identifier's term: the instructor, else an agent of contextAgents in a
 * role of the group `observer`, else the extension of the TinCan registry.
 */
export const observerOf = (context: Context | undefined, table: SignalTable): string | undefined => {
  if (context === undefined) return undefined;
  const { instructor, contextAgents, extensions } = context;
  if (instructor !== undefined) return agentTerm(instructor);
  const inRole = contextAgents?.find(({ relevantTypes }) =>
    relevantTypes?.some((type) => (table.groupsOf(type) & TYPE_GROUPS.observer) !== 0),
  );
  if (inRole !== undefined) return agentTerm(inRole.agent);
  const named = extensions?.[FOREIGN_NAMES.observer];
  return named === undefined || problemsOfActor(named, 'agent').length > 0
    ? undefined
    : agentTerm(named as Agent);
};
