import type { Activity, Definition, Statement } from '../xapi/statement.ts';

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
  const { definition } = known;
  let changed: Record<string, unknown> | undefined;
  for (const key in sent) {
    const name = key as keyof Definition;
    const before = definition[name];
    const after = isMerged(name)
      ? united(before as Readonly<Record<string, unknown>> | undefined, sent[name] as Readonly<Record<string, unknown>>)
      : before === undefined || known.by === by
        ? sent[name]
        : before;
    if (after !== before && !isSame(after, before)) {
      changed ??= { ...definition };
      changed[name] = after;
    }
  }
  return changed === undefined ? known : { definition: changed as Definition, by: known.by };
};

/** Every activity that a statement describes, SubStatement included, in the order in which they stand. */
export const describedActivities = (statement: Statement): readonly Activity[] => {
  const found: Activity[] = [];
  addDescribed(found, statement);
  return found;
};

const isMerged = (name: keyof Definition): boolean =>
  name === 'name' || name === 'description' || name === 'extensions';

const united = (
  before: Readonly<Record<string, unknown>> | undefined,
  sent: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  if (before === undefined) return sent;
  for (const key in sent) {
    if (!Object.hasOwn(before, key) || !isSame(before[key], sent[key])) {
      return Object.fromEntries([...Object.entries(before), ...Object.entries(sent)]);
    }
  }
  return before;
};

const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));

const addDescribed = (found: Activity[], statement: Pick<Statement, 'object' | 'context'>): void => {
  const { object, context } = statement;
  if (object.objectType === 'SubStatement') addDescribed(found, object as unknown as Statement);
  else if (object.objectType === undefined || object.objectType === 'Activity') addActivity(found, object as Activity);
  const lists = context?.contextActivities;
  if (lists === undefined) return;
  for (const kind in lists) {
    const activities = lists[kind as keyof typeof lists] as Activity | readonly Activity[];
    if (Array.isArray(activities)) for (const activity of activities) addActivity(found, activity);
    else addActivity(found, activities as Activity);
  }
};

const addActivity = (found: Activity[], activity: Activity): void => {
  if (activity.definition !== undefined) found.push(activity);
};
