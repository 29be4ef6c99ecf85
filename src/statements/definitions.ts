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
  if (known === undefined) return { definition: bounded(sent), by };
  let changed: Record<string, unknown> | undefined;
  for (const key in sent) {
    const name = key as keyof Definition;
    const before = known.definition[name];
    if (before !== undefined && isWithin(before, sent[name])) continue;
    const after = foldMember(name, before, sent[name], known.by === by);
    if (after === before || (!isMerged(name) && isSame(after, before))) continue;
    changed ??= { ...known.definition };
    changed[name] = after;
  }
  return changed === undefined ? known : { definition: changed as Definition, by: known.by };
};

const foldMember = (name: keyof Definition, before: unknown, sent: unknown, mayReplace: boolean): unknown => {
  if (before === undefined) return isMerged(name) && !isBounded(sent as Values) ? undefined : sent;
  if (isMerged(name)) return isBounded(sent as Values) ? united(before as Values, sent as Values) : before;
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

/** How many entries a language map or the extensions of a definition keep; what goes beyond is not taken in. */
const MOST_ENTRIES = 500;

const isBounded = (values: Values): boolean => {
  let entries = 0;
  for (const _ in values) {
    entries += 1;
    if (entries > MOST_ENTRIES) return false;
  }
  return true;
};

const bounded = (sent: Definition): Definition => {
  const odd = (['name', 'description', 'extensions'] as const).filter(
    (name) => sent[name] !== undefined && !isBounded(sent[name]),
  );
  if (odd.length === 0) return sent;
  return Object.fromEntries(Object.entries(sent).filter(([name]) => !odd.includes(name as 'name')));
};

type Values = Readonly<Record<string, unknown>>;

/** Whether what was sent says nothing new: the usual case, told without making anything. */
const isWithin = (before: unknown, sent: unknown): boolean => {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return before === sent;
  for (const key in sent) {
    if (typeof before !== 'object' || before === null || !Object.hasOwn(before, key)) return false;
    if (!isSame((before as Values)[key], (sent as Values)[key])) return false;
  }
  return true;
};

const united = (before: Values, sent: Values): Values => {
  for (const key in sent) {
    if (!Object.hasOwn(before, key) || !isSame(before[key], sent[key])) {
      const both = Object.fromEntries([...Object.entries(before), ...Object.entries(sent)]);
      return isBounded(both) ? both : before;
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
