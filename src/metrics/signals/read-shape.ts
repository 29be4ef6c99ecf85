import type { Activity, Definition, Statement } from '../../xapi/statement.ts';
import { CAIRN_NAMES } from './extension-names.ts';
import { withoutSlash } from './iri-names.ts';
import type { Links } from './read-links.ts';
import type { Shape } from './signal-rule.ts';
import { TYPE_GROUPS } from './signal-source.ts';
import type { SignalTable } from './signal-table.ts';

/** The object, if it is an activity. */
export const activityOf = ({ object }: Statement): Activity | undefined =>
  object.objectType === undefined || object.objectType === 'Activity' ? (object as Activity) : undefined;

/** What the table may ask of a statement that is neither a void nor about a SubStatement. */
export const readShape = (
  statement: Statement,
  links: Links,
  observer: Shape['observer'],
  table: SignalTable,
): Shape => {
  const { verb, result, context } = statement;
  const type = activityOf(statement)?.definition?.type;
  const groups = table.groupsOf(type);
  const platform = context?.platform;
  const isWorkPlatform = table.isWorkPlatform(platform);
  return {
    verb: withoutSlash(verb.id),
    object: (statement.object.objectType ?? 'Activity') as Shape['object'],
    type: type === undefined ? undefined : withoutSlash(type),
    groups,
    categories: links.categories,
    platform,
    isWorkPlatform,
    where: whereOf(
      context?.extensions?.[CAIRN_NAMES.setting],
      placeGroups(statement, groups, links),
      isWorkPlatform,
    ),
    observer,
    completion: result?.completion,
    success: result?.success,
    isScored: result?.score?.scaled !== undefined || result?.score?.raw !== undefined,
  };
};

const PLACES = TYPE_GROUPS.work | TYPE_GROUPS.simulation;

/** The types that say where: the object's, or the context's if it is a person or a competency. */
const placeGroups = ({ object }: Statement, groups: number, links: Links): number => {
  if ((groups & PLACES) !== 0) return groups;
  const isPlaceless = object.objectType === 'Agent' || object.objectType === 'Group';
  return isPlaceless || (groups & TYPE_GROUPS.competency) !== 0 ? links.groups : 0;
};

const whereOf = (setting: unknown, groups: number, isWorkPlatform: boolean): Shape['where'] => {
  if (setting === 'on_the_job') return 'work';
  if (setting === 'simulation' || (groups & TYPE_GROUPS.simulation) !== 0) return 'simulation';
  return (groups & TYPE_GROUPS.work) !== 0 || isWorkPlatform ? 'work' : undefined;
};

/** Whether the object is a question, and one within something else. */
export const isPartOf = (definition: Definition | undefined, groups: number, links: Links): boolean =>
  links.hasParent && ((groups & TYPE_GROUPS.item) !== 0 || definition?.interactionType !== undefined);
