import type { Activity, Actor, Context, Identifier, Statement, StatementObject } from '../xapi/statement.ts';
import { keyText, textOfKey } from './key-text.ts';

/**
 * What a statement can be found by. A term is a kind letter and a value: `v` verb, `a` activity, `g` agent or
 * identified group, `r` registration, `s` the statement that a StatementRef names.
 */
export type Terms = {
  /** Found by `agent`, `verb`, `activity`, `registration` (F-1, F-3, F-4), and `s`. */
  readonly own: readonly string[];
  /** Found only with `related_agents` or `related_activities` (F-2, F-3). */
  readonly related: readonly string[];
  /** Every identified agent and group that is called by a name, wherever it stands. */
  readonly named: readonly NamedAgent[];
};

export type NamedAgent = { readonly term: string; readonly name: string };

export const verbTerm = (id: string): string => `v${id}`;
export const activityTerm = (id: string): string => `a${id}`;
export const registrationTerm = (uuid: string): string => `r${uuid.toLowerCase()}`;
export const referenceTerm = (id: string): string => `s${id.toLowerCase()}`;

/** The identity of an agent or identified group by its one identifier; undefined for an anonymous group. */
export const agentTerm = (agent: Identifier): string | undefined => {
  if (agent.mbox !== undefined) return `gmbox ${keyText(agent.mbox)}`;
  if (agent.account !== undefined) return `gaccount ${agent.account.homePage} ${keyText(agent.account.name)}`;
  if (agent.mbox_sha1sum !== undefined) return `gsha1 ${agent.mbox_sha1sum.toLowerCase()}`;
  return agent.openid === undefined ? undefined : `gopenid ${agent.openid}`;
};

/** The identifier that an agent's term ({@link agentTerm}) was made of. */
export const identifierOf = (term: string): Identifier => {
  const space = term.indexOf(' ');
  const value = term.slice(space + 1);
  switch (term.slice(0, space)) {
    case 'gmbox':
      return { mbox: textOfKey(value) };
    case 'gsha1':
      return { mbox_sha1sum: value };
    case 'gopenid':
      return { openid: value };
    default: {
      const end = value.indexOf(' ');
      return { account: { homePage: value.slice(0, end), name: textOfKey(value.slice(end + 1)) } };
    }
  }
};

/** The terms of a statement as sent; the authority is a term of its own ({@link agentTerms}). */
export const termsOf = (statement: Statement): Terms => {
  const own: string[] = [verbTerm(statement.verb.id)];
  const related: string[] = [];
  const named: NamedAgent[] = [];
  addActor(own, named, statement.actor);
  addObject(own, related, named, statement.object);
  addContext(own, related, named, statement.context);
  return { own, related, named };
};

/** The terms of an actor: itself if identified, and its members. Remembered for as long as the actor is held. */
export const agentTerms = (actor: Actor): readonly string[] => {
  const known = remembered.get(actor);
  if (known !== undefined) return known;
  const terms: string[] = [];
  addActor(terms, [], actor);
  remembered.set(actor, terms);
  return terms;
};

/** One authority stands behind many statements. */
const remembered = new WeakMap<Actor, readonly string[]>();

const addActor = (terms: string[], named: NamedAgent[], actor: Actor): void => {
  addAgent(terms, named, actor);
  if ('member' in actor && actor.member !== undefined) {
    for (const member of actor.member) addAgent(terms, named, member);
  }
};

const addAgent = (terms: string[], named: NamedAgent[], agent: Actor): void => {
  const term = agentTerm(agent);
  if (term === undefined) return;
  terms.push(term);
  if (agent.name !== undefined) named.push({ term, name: agent.name });
};

const addObject = (own: string[], related: string[], named: NamedAgent[], object: StatementObject): void => {
  switch (object.objectType) {
    case undefined:
    case 'Activity':
      own.push(activityTerm((object as Activity).id));
      return;
    case 'Agent':
    case 'Group':
      addActor(own, named, object);
      return;
    case 'StatementRef':
      own.push(referenceTerm(object.id));
      return;
    case 'SubStatement':
      addActor(related, named, object.actor);
      if (object.object.objectType !== 'StatementRef') addObject(related, related, named, object.object);
      addContext(undefined, related, named, object.context);
  }
};

/** A SubStatement's registration is not the statement's, so there is no `own` for it. */
const addContext = (
  own: string[] | undefined,
  related: string[],
  named: NamedAgent[],
  context: Context | undefined,
): void => {
  if (context === undefined) return;
  if (own !== undefined && context.registration !== undefined)
    own.push(registrationTerm(context.registration));
  for (const actor of contextActors(context)) addActor(related, named, actor);
  for (const { id } of contextActivitiesOf(context)) related.push(activityTerm(id));
};

/** Every agent and group that a context names, members not counted. */
const contextActors = ({ instructor, team, contextAgents, contextGroups }: Context): readonly Actor[] => {
  const actors: Actor[] = [];
  if (instructor !== undefined) actors.push(instructor);
  if (team !== undefined) actors.push(team);
  if (contextAgents !== undefined) for (const { agent } of contextAgents) actors.push(agent);
  if (contextGroups !== undefined) for (const { group } of contextGroups) actors.push(group);
  return actors;
};

/** All contextActivities, whether sent alone or as lists. */
export const contextActivitiesOf = (context: Context | undefined): readonly Activity[] => {
  const found: Activity[] = [];
  const lists = context?.contextActivities;
  if (lists === undefined) return found;
  for (const kind in lists) {
    const activities = lists[kind as keyof typeof lists] as Activity | readonly Activity[];
    if (Array.isArray(activities)) for (const activity of activities) found.push(activity as Activity);
    else found.push(activities as Activity);
  }
  return found;
};
