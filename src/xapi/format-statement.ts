import { chooseTag } from './accept-language.ts';
import { members } from './json-members.ts';
import { asIs, inElements, inMembers, onlyMembers, type Rewrite } from './rewrite-json.ts';
import type { Definition, Statement } from './statement.ts';

/** What becomes of the things that a statement refers to. */
type Format = { readonly actor: Rewrite; readonly verb: Rewrite; readonly activity: Rewrite };

const stringAt = (text: string, start: number, end: number): string => JSON.parse(text.slice(start, end));

/** An object by its objectType; without one it is an Activity (Data 2.4.4). */
const byObjectType = (rewrites: Readonly<Record<string, Rewrite>>): Rewrite => {
  const typed = new Map(Object.entries(rewrites));
  return (text, start, end) => {
    const type = members(text, start).find(({ key }) => key === 'objectType');
    const rewrite = typed.get(type === undefined ? 'Activity' : stringAt(text, type.start, type.end));
    return (rewrite ?? asIs)(text, start, end);
  };
};

const inStatement = ({ actor, verb, activity }: Format): Rewrite => {
  const activities = inElements(activity);
  const context = inMembers({
    instructor: actor,
    team: actor,
    contextActivities: inMembers({
      parent: activities,
      grouping: activities,
      category: activities,
      other: activities,
    }),
    contextAgents: inElements(inMembers({ agent: actor })),
    contextGroups: inElements(inMembers({ group: actor })),
  });
  const objects = { Activity: activity, Agent: actor, Group: actor };
  const SubStatement = inMembers({ actor, verb, object: byObjectType(objects), context });
  const object = byObjectType({ ...objects, SubStatement });
  return inMembers({ actor, verb, object, context, authority: actor });
};

const identifier = { objectType: asIs, mbox: asIs, mbox_sha1sum: asIs, openid: asIs, account: asIs };
const IDENTIFIERS = ['mbox', 'mbox_sha1sum', 'openid', 'account'];

const identified = onlyMembers(identifier);
const anonymous = onlyMembers({ objectType: asIs, member: inElements(identified) });

const idsOfActor: Rewrite = (text, start, end) => {
  const isIdentified = members(text, start).some(({ key }) => IDENTIFIERS.includes(key));
  return (isIdentified ? identified : anonymous)(text, start, end);
};

const onlyId = onlyMembers({ id: asIs });
const idsOfStatement = inStatement({ actor: idsOfActor, verb: onlyId, activity: onlyId });

/**
 * A statement's text in the format `ids` (FM-2): verbs and activities are their id alone, agents and groups their
 * objectType (if sent) and identifier, anonymous groups their members so reduced. Takes valid JSON; every token
 * that stays is the sender's.
 */
export const formatIds = (text: string): string => idsOfStatement(text, 0, text.length);

const oneLanguage =
  (languages: readonly string[]): Rewrite =>
  (text, start) => {
    const entries = members(text, start);
    const tag = chooseTag(
      entries.map(({ key }) => key),
      languages,
    );
    const entry = entries.find(({ key }) => key === tag);
    return entry === undefined ? '{}' : `{${text.slice(entry.keyStart, entry.end)}}`;
  };

const inDefinition = (map: Rewrite): Rewrite => {
  const components = inElements(inMembers({ description: map }));
  return inMembers({
    name: map,
    description: map,
    choices: components,
    scale: components,
    source: components,
    target: components,
    steps: components,
  });
};

const canonicalActivity =
  (definition: Rewrite, definitionOf: (activityId: string) => string | undefined): Rewrite =>
  (text, start, end) => {
    const all = members(text, start);
    const id = all.find(({ key }) => key === 'id');
    const own = all.find(({ key }) => key === 'definition');
    const known = id === undefined ? undefined : definitionOf(stringAt(text, id.start, id.end));
    if (known !== undefined) {
      const written = definition(known, 0, known.length);
      if (own === undefined) return `${text.slice(start, end - 1)},"definition":${written}}`;
      return text.slice(start, own.start) + written + text.slice(own.end, end);
    }
    if (own === undefined) return text.slice(start, end);
    return text.slice(start, own.start) + definition(text, own.start, own.end) + text.slice(own.end, end);
  };

/**
 * A statement's text in the format `canonical` (FM-3): every activity with its canonical definition (its own where
 * `definitionOf` knows none), and one language in each map of definitions and in each verb's display. Agents and
 * groups stay. Takes valid JSON; every token that stays is the sender's, those of definitions included.
 *
 * @param languages the wanted ones, best first, as `readAcceptLanguage` gives them
 * @param definitionOf the JSON text of an activity's canonical definition
 */
export const formatCanonical = (
  text: string,
  languages: readonly string[],
  definitionOf: (activityId: string) => string | undefined,
): string => {
  const map = oneLanguage(languages);
  const activity = canonicalActivity(inDefinition(map), definitionOf);
  return inStatement({ actor: asIs, verb: inMembers({ display: map }), activity })(text, 0, text.length);
};

/** {@link formatIds} for a statement that has been parsed: a new one; the given one stays. */
export const toIds = (statement: Statement): Statement => JSON.parse(formatIds(JSON.stringify(statement)));

/** {@link formatCanonical} for a statement that has been parsed: a new one; the given one stays. */
export const toCanonical = (
  statement: Statement,
  languages: readonly string[],
  definitionOf: (activityId: string) => Definition | undefined,
): Statement => {
  const textOf = (activityId: string) => {
    const definition = definitionOf(activityId);
    return definition === undefined ? undefined : JSON.stringify(definition);
  };
  return JSON.parse(formatCanonical(JSON.stringify(statement), languages, textOf));
};
