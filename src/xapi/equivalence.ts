import { cutDuration } from './duration.ts';
import type { Family, Statement } from './statement.ts';
import { epochMicros, toUtc } from './timestamp.ts';

/** The form in which a value is compared; undefined when it does not count. */
type Normal = (value: unknown) => unknown;

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const same: Normal = (value) => value;
const ignored: Normal = () => undefined;

const ofText =
  (normal: (text: string) => unknown): Normal =>
  (value) =>
    typeof value === 'string' ? normal(value) : value;

const caseless = ofText((text) => text.toLowerCase());

const mbox = ofText((text) => {
  const at = text.lastIndexOf('@');
  return at === -1 ? text : text.slice(0, at) + text.slice(at).toLowerCase();
});

/** A timestamp as its instant in milliseconds: an LRS may change its zone and cut it to that precision. */
const instant = ofText((text) => {
  const micros = epochMicros(text);
  return Math.abs(micros) < Number.MAX_SAFE_INTEGER ? Math.floor(micros / 1000) : toUtc(text);
});

const ofEach =
  (normal: Normal): Normal =>
  (value) =>
    Array.isArray(value) ? value.map(normal) : value;

/** An object by the rules for its members; members without one count as they are. */
const shape = (rules: Readonly<Record<string, Normal>>, objectType?: string): Normal => {
  const named = new Map(Object.entries(rules));
  return (value) => {
    if (!isObject(value)) return value;
    const entries = Object.entries(value).map(
      ([key, part]) => [key, (named.get(key) ?? same)(part)] as const,
    );
    const filled = objectType === undefined || Object.hasOwn(value, 'objectType');
    const all = filled ? entries : [['objectType', objectType] as const, ...entries];
    return Object.fromEntries(all.filter(([, part]) => part !== undefined));
  };
};

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);
const sorted = (_: string, part: unknown): unknown =>
  isObject(part) ? Object.fromEntries(Object.entries(part).sort(byKey)) : part;

/** The members of a Group have no order. */
const unordered =
  (normal: Normal): Normal =>
  (value) => {
    if (!Array.isArray(value)) return value;
    const keyed = value.map(normal).map((item) => ({ item, key: JSON.stringify(item, sorted) }));
    return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ item }) => item);
  };

const identifier = { mbox, mbox_sha1sum: caseless };
const actor = shape({ ...identifier, member: unordered(shape(identifier, 'Agent')) }, 'Agent');
const verb = shape({ display: ignored });
const activity = shape({ definition: ignored }, 'Activity');
const statementRef = shape({ id: caseless });
const activities: Normal = (value) => (Array.isArray(value) ? value : [value]).map(activity);
const context = shape({
  registration: caseless,
  instructor: actor,
  team: actor,
  contextActivities: shape({
    parent: activities,
    grouping: activities,
    category: activities,
    other: activities,
  }),
  contextAgents: ofEach(shape({ agent: actor })),
  contextGroups: ofEach(shape({ group: actor })),
  language: caseless,
  statement: statementRef,
});

const objects = new Map([
  ['Agent', actor],
  ['Group', actor],
  ['StatementRef', statementRef],
]);

const objectOf =
  (subStatement: Normal): Normal =>
  (value) => {
    const type = isObject(value) ? value['objectType'] : undefined;
    if (type === 'SubStatement') return subStatement(value);
    return (objects.get(String(type)) ?? activity)(value);
  };

/** What the LRS may have assigned is compared apart, so here it does not count (Data 2.3.1, 4.2). */
const statementRules = (duration: Normal, attachments: Normal): Normal => {
  const shared = { actor, verb, context, attachments, result: shape({ duration }) };
  const subStatement = shape({ ...shared, object: objectOf(activity), timestamp: instant });
  const assigned = { id: ignored, authority: ignored, stored: ignored, timestamp: ignored, version: ignored };
  return shape({ ...shared, ...assigned, object: objectOf(subStatement) });
};

const RULES: Readonly<Record<Family, Normal>> = {
  '1.0.3': statementRules(same, ofEach(shape({ sha2: caseless }))),
  '2.0.0': statementRules(ofText(cutDuration), ignored),
};

/** Whether two JSON values are the same: numbers by value, arrays in order, members in any order. */
const sameJson = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]));
};

const sameIfBoth = (a: unknown, b: unknown, normal: Normal): boolean =>
  a === undefined || b === undefined || normal(a) === normal(b);

/** What an LRS assigns when it is missing differs only where both sides have it. */
const sameAssigned = (a: Statement, b: Statement): boolean =>
  sameIfBoth(a.id, b.id, caseless) &&
  sameIfBoth(a.timestamp, b.timestamp, instant) &&
  sameIfBoth(a.version, b.version, same);

/**
 * Whether a statement that is sent again says the same as the stored one (ST-5, `specs/xapi.md`), as a repeated
 * id and a signature need it. Either side may lack what the LRS assigns.
 *
 * Never a difference: authority, stored, activity definitions, verb display, the order of a group's members, a
 * lone activity instead of a list of one, a default objectType, the zone of a timestamp and its digits beyond
 * milliseconds, letter case where it has no meaning (UUID, mail domain, hex digest, language tag).
 * In 1.0.3 a different id, timestamp or version is a difference where both sides have one, and durations count as
 * strings. In 2.0.0 id, timestamp, version and attachments do not count, and durations are cut to 0.01 s.
 *
 * Both have to be JSON values of bounded depth; only `stored` has to be a valid statement.
 */
export const equivalent = (stored: Statement, sent: Statement, family: Family): boolean => {
  const normal = RULES[family];
  if (family === '1.0.3' && !sameAssigned(stored, sent)) return false;
  return sameJson(normal(stored), normal(sent));
};
