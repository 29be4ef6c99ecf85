import { members } from './json-members.ts';
import { MOST_DEPTH, type Scan, scanJson, tooDeep } from './scan-json.ts';
import type { Context, Statement } from './statement.ts';
import { toUtc } from './timestamp.ts';

/** `[start, end)` of the values of actor, result and context in a statement's text; -1, -1 where there is none. */
export type PartOffsets = Readonly<Record<'actor' | 'result' | 'context', readonly [number, number]>>;

/** A statement's text without the closing brace, and where its parts stand. */
export type OpenStatement = { readonly open: string; readonly parts: PartOffsets };

/** Which of the LRS's own members are kept as sent: moving in from another LRS keeps both. */
export type Keep = { readonly stored?: boolean; readonly authority?: boolean };

export type EditingRules = { readonly keep?: Keep; readonly maxDepth?: number };

type Edit = { readonly start: number; readonly end: number; readonly by: string };

/**
 * The stored text of a statement, but for what the LRS adds: the sender's tokens with `stored` and `authority`
 * taken out (unless kept), lone contextActivities bracketed (Data 2.4.6.2), and timestamps with a non-zero
 * offset in UTC at their own precision.
 *
 * @throws Rejection `too-large` when it nests too deep with the brackets.
 */
export const editStatement = (
  statement: Statement,
  index: number,
  text: string,
  scan: Scan,
  { keep = {}, maxDepth = MOST_DEPTH }: EditingRules,
): OpenStatement => {
  const start = scan.elements[index * 2] as number;
  const end = scan.elements[index * 2 + 1] as number;
  if (!needsEdit(statement, keep)) {
    return { open: text.slice(start, end - 1), parts: partsFrom(text, start, scan, index) };
  }
  const edited = applyEdits(text.slice(start, end), editsOf(statement, text.slice(start, end), keep));
  const editedScan = scanJson(edited);
  if (editedScan.depth > maxDepth) throw tooDeep(maxDepth, index);
  return { open: edited.slice(0, -1), parts: partsFrom(edited, 0, editedScan, 0) };
};

const NOWHERE = [-1, -1] as const;

const partsFrom = (text: string, start: number, scan: Scan, index: number): PartOffsets => {
  const parts: { -readonly [Part in keyof PartOffsets]: PartOffsets[Part] } = {
    actor: NOWHERE,
    result: NOWHERE,
    context: NOWHERE,
  };
  const { members: marks, memberOffsets } = scan;
  const end = memberOffsets[index + 1] as number;
  for (let at = memberOffsets[index] as number; at < end; at += 3) {
    const keyStart = marks[at] as number;
    const valueStart = marks[at + 1] as number;
    const part = partNamed(text, keyStart, valueStart);
    if (part !== undefined) parts[part] = [valueStart - start, (marks[at + 2] as number) - start];
  }
  return parts;
};

const partNamed = (text: string, keyStart: number, valueStart: number): keyof PartOffsets | undefined => {
  if (nameIs(text, keyStart, valueStart, 'actor')) return 'actor';
  if (nameIs(text, keyStart, valueStart, 'result')) return 'result';
  return nameIs(text, keyStart, valueStart, 'context') ? 'context' : undefined;
};

/** Whether the key between `keyStart` and the colon before `valueStart` is `name`, escaped or not. */
const nameIs = (text: string, keyStart: number, valueStart: number, name: string): boolean => {
  if (valueStart - keyStart === name.length + 3) return text.startsWith(name, keyStart + 1);
  const key = text.slice(keyStart, valueStart - 1);
  return key.includes('\\') && JSON.parse(key) === name;
};

const hasLoneActivity = (context: Context | undefined): boolean => {
  const lists = context?.contextActivities;
  if (lists === undefined) return false;
  for (const kind in lists) if (!Array.isArray(lists[kind as keyof typeof lists])) return true;
  return false;
};

const needsUtc = (timestamp: string | undefined): boolean =>
  timestamp !== undefined &&
  timestamp.charCodeAt(timestamp.length - 1) !== 90 &&
  toUtc(timestamp) !== timestamp;

const needsEdit = (statement: Statement, keep: Keep): boolean => {
  if (statement.stored !== undefined && keep.stored !== true) return true;
  if (statement.authority !== undefined && keep.authority !== true) return true;
  if (needsUtc(statement.timestamp) || hasLoneActivity(statement.context)) return true;
  const { object } = statement;
  return 'actor' in object && (needsUtc(object.timestamp) || hasLoneActivity(object.context));
};

const editsOf = (statement: Statement, text: string, keep: Keep): readonly Edit[] => {
  const edits: Edit[] = [];
  const drop = new Set<string>();
  if (keep.stored !== true) drop.add('stored');
  if (keep.authority !== true) drop.add('authority');
  edits.push(...dropMembers(text, drop), ...innerEdits(statement, text, 0));
  const object = members(text, 0).find(({ key }) => key === 'object');
  if (object !== undefined && 'actor' in statement.object) {
    edits.push(...innerEdits(statement.object, text, object.start));
  }
  return edits.sort((a, b) => a.start - b.start);
};

/** The text of a JSON object without the members of these names; every other token stays. */
export const withoutMembers = (text: string, names: ReadonlySet<string>): string =>
  applyEdits(text, dropMembers(text, names));

/** Removes members with one comma each, so that what is left is still an object. */
const dropMembers = (text: string, names: ReadonlySet<string>): readonly Edit[] => {
  const all = members(text, 0);
  const firstKept = all.findIndex(({ key }) => !names.has(key));
  return all.flatMap(({ key, keyStart, end }, index) => {
    if (!names.has(key)) return [];
    // Before the first that is kept the comma behind goes, after it the comma in front.
    return index < firstKept
      ? [{ start: keyStart, end: end + 1, by: '' }]
      : [{ start: keyStart - 1, end, by: '' }];
  });
};

/** The edits that a statement and a SubStatement share. */
const innerEdits = (
  { timestamp, context }: { readonly timestamp?: string; readonly context?: Context },
  text: string,
  start: number,
): readonly Edit[] => {
  const edits: Edit[] = [];
  for (const member of members(text, start)) {
    if (member.key === 'timestamp' && timestamp !== undefined && needsUtc(timestamp)) {
      edits.push({ start: member.start, end: member.end, by: JSON.stringify(toUtc(timestamp)) });
    } else if (member.key === 'context' && hasLoneActivity(context)) {
      edits.push(...bracketActivities(text, member.start));
    }
  }
  return edits;
};

const bracketActivities = (text: string, contextStart: number): readonly Edit[] => {
  const lists = members(text, contextStart).find(({ key }) => key === 'contextActivities');
  if (lists === undefined) return [];
  return members(text, lists.start)
    .filter(({ start }) => text[start] === '{')
    .map(({ start, end }) => ({ start, end, by: `[${text.slice(start, end)}]` }));
};

const applyEdits = (text: string, edits: readonly Edit[]): string => {
  let result = '';
  let at = 0;
  for (const { start, end, by } of edits) {
    result += text.slice(at, start) + by;
    at = end;
  }
  return result + text.slice(at);
};
