import type { Activity, ContextActivities, Definition, Extensions } from '../../xapi/statement.ts';
import type { DescribedActivity } from '../fact.ts';
import { CAIRN_NAMES } from './extension-names.ts';
import { readInstant, textAt } from './read-extension.ts';
import { TYPE_GROUPS } from './signal-source.ts';
import type { SignalTable } from './signal-table.ts';

/** What the activities of a statement, object and context, say beside the object itself. */
export type Links = {
  /** The course that it counts for, if it names one. */
  root: string | undefined;
  program: string | undefined;
  /** An attempt that is named as an activity of grouping (SCORM). */
  attempt: string | undefined;
  hasParent: boolean;
  categories: readonly Activity[];
  /** Bits of {@link TYPE_GROUPS} of all activities of the context. */
  groups: number;
  readonly skills: string[];
  readonly described: DescribedActivity[];
};

type Relation = keyof ContextActivities;

/** In this order a course is looked for (after the object). */
const RELATIONS: readonly Relation[] = ['grouping', 'parent', 'category', 'other'];

const NONE: readonly Activity[] = [];

/** One walk over the object, if it is an activity, and the context's activities. */
export const readLinks = (
  object: Activity | undefined,
  context: ContextActivities | undefined,
  table: SignalTable,
): Links => {
  const links: Links = {
    root: undefined,
    program: undefined,
    attempt: undefined,
    hasParent: false,
    categories: NONE,
    groups: 0,
    skills: [],
    described: [],
  };
  if (object !== undefined) addObject(links, object, table);
  if (context === undefined) return links;
  for (const relation of RELATIONS) {
    const activities = listOf(context[relation]);
    if (relation === 'category') links.categories = activities;
    if (relation === 'parent') links.hasParent = activities.length > 0;
    for (const activity of activities) addLink(links, relation, activity, table);
  }
  return links;
};

const listOf = (activities: Activity | readonly Activity[] | undefined): readonly Activity[] => {
  if (activities === undefined) return NONE;
  return Array.isArray(activities) ? (activities as readonly Activity[]) : [activities as Activity];
};

const addObject = (links: Links, object: Activity, table: SignalTable): void => {
  const groups = addDescribed(links, object, table);
  if ((groups & TYPE_GROUPS.course) !== 0) links.root = object.id;
};

const addLink = (links: Links, relation: Relation, activity: Activity, table: SignalTable): void => {
  const groups = addDescribed(links, activity, table);
  if (groups === 0) return;
  links.groups |= groups;
  const mayHold = relation === 'grouping' || relation === 'parent';
  if (mayHold && (groups & TYPE_GROUPS.course) !== 0) links.root ??= activity.id;
  if (relation !== 'grouping') return;
  if ((groups & TYPE_GROUPS.program) !== 0) links.program ??= activity.id;
  if ((groups & TYPE_GROUPS.attempt) !== 0) links.attempt ??= activity.id;
};

/** Keeps what is described and answers the groups of its type. */
const addDescribed = (links: Links, { id, definition }: Activity, table: SignalTable): number => {
  if (definition === undefined) return 0;
  const described = describe(id, definition);
  if (described !== undefined) links.described.push(described);
  const groups = table.groupsOf(definition.type);
  if ((groups & TYPE_GROUPS.competency) !== 0 && !links.skills.includes(id)) links.skills.push(id);
  return groups;
};

const describe = (id: string, { type, extensions }: Definition): DescribedActivity | undefined => {
  if (extensions === undefined) return type === undefined ? undefined : { id, type };
  const said = extended(extensions);
  if (said === undefined) return type === undefined ? undefined : { id, type };
  return type === undefined ? { id, ...said } : { id, type, ...said };
};

type Said = Omit<DescribedActivity, 'id' | 'type'>;

/** What the extensions of a definition say that metrics know; undefined if nothing. */
const extended = (extensions: Extensions): Said | undefined => {
  const kind = textAt(extensions, CAIRN_NAMES.kind);
  const due = readInstant(extensions[CAIRN_NAMES.due], 'end');
  const start = readInstant(extensions[CAIRN_NAMES.start], 'begin');
  const end = readInstant(extensions[CAIRN_NAMES.end], 'end');
  if (kind === undefined && due === undefined && start === undefined && end === undefined) return undefined;
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(due === undefined ? {} : { due }),
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
  };
};
