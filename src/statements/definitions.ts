import type { Activity, Definition, Statement } from '../xapi/statement.ts';
import { contextActivitiesOf } from './terms.ts';

/** What is known of an activity: a pure fold, in the order of storing, over all that was said of it (AC-2). */
export type KnownActivity = {
  readonly definition: Definition;
  /** The authority that first gave it; only the same one may change what cannot be merged. */
  readonly by: string;
};

/**
 * Takes one more definition in and answers the same object when nothing changed. Language maps and extensions
 * are united, the later winning; type, moreInfo and the interaction are the first authority's to change.
 */
export const foldDefinition = (
  known: KnownActivity | undefined,
  sent: Definition,
  by: string,
): KnownActivity => {
  if (known === undefined) return { definition: sent, by };
  let changed: Record<string, unknown> | undefined;
  for (const key in sent) {
    const name = key as keyof Definition;
    const before = known.definition[name];
    const after = foldMember(name, before, sent[name], known.by === by);
    if (isSame(after, before)) continue;
    changed ??= { ...known.definition };
    changed[name] = after;
  }
  return changed === undefined ? known : { definition: changed as Definition, by: known.by };
};

const foldMember = (name: keyof Definition, before: unknown, sent: unknown, mayReplace: boolean): unknown => {
  if (before === undefined) return sent;
  if (isMerged(name)) return united(before as Values, sent as Values);
  return mayReplace ? sent : before;
};

/** Every activity that a statement describes, SubStatement included, in the order in which they stand. */
export const describedActivities = (statement: Statement): readonly Activity[] => {
  const found: Activity[] = [];
  addDescribed(found, statement);
  return found;
};

const isMerged = (name: keyof Definition): boolean =>
  name === 'name' || name === 'description' || name === 'extensions';

type Values = Readonly<Record<string, unknown>>;

const united = (before: Values, sent: Values): Values => {
  for (const key in sent) {
    if (!Object.hasOwn(before, key) || !isSame(before[key], sent[key])) {
      return Object.fromEntries([...Object.entries(before), ...Object.entries(sent)]);
    }
  }
  return before;
};

const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));

const addDescribed = (
  found: Activity[],
  { object, context }: Pick<Statement, 'object' | 'context'>,
): void => {
  if (object.objectType === 'SubStatement') addDescribed(found, object as unknown as Statement);
  else if (object.objectType === undefined || object.objectType === 'Activity') {
    addActivity(found, object as Activity);
  }
  for (const activity of contextActivitiesOf(context)) addActivity(found, activity);
};

const addActivity = (found: Activity[], activity: Activity): void => {
  if (activity.definition !== undefined) found.push(activity);
};
