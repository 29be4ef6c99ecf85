import {
  isObject,
  type JsonReader,
  lineOf,
  mapOf,
  needed,
  objectOf,
  optional,
  orNull,
  textOf,
} from '../xapi/json-reader.ts';
import type { Identifier } from '../xapi/statement.ts';
import { problemsOfActor } from '../xapi/validate-statement.ts';
import { isDay } from './day.ts';
import type { RosterRow } from './record.ts';

export const dayText: JsonReader<string> = textOf(isDay, 'a date, YYYY-MM-DD');

/** The identifier of an Agent of xAPI; what else an Agent may say of itself is left out. */
export const identifier: JsonReader<Identifier> = (value, at, problems) => {
  const found = problemsOfActor(value, 'agent');
  for (const { pointer, ...rest } of found) problems.push({ ...rest, pointer: at + pointer });
  if (found.length > 0 || !isObject(value)) return undefined;
  const { mbox, mbox_sha1sum: sha1, openid, account } = value as Identifier;
  if (mbox !== undefined) return { mbox };
  if (sha1 !== undefined) return { mbox_sha1sum: sha1 };
  return openid === undefined ? { account: account as NonNullable<typeof account> } : { openid };
};

/** What the roster knows of everybody; own attributes have other names. */
const STANDARD_ATTRIBUTES = ['name', 'department', 'role', 'region', 'manager', 'hired', 'left'] as const;

const problemOfName = (name: string): string | undefined => {
  if ((STANDARD_ATTRIBUTES as readonly string[]).includes(name))
    return `${name} stands beside attributes, not among them.`;
  return name === '' || name.length > 100 || /\p{Cc}/u.test(name)
    ? 'A name has 1 to 100 characters, in one line.'
    : undefined;
};

const text = orNull(lineOf(500));
const day = orNull(dayText);

export const rosterRow: JsonReader<RosterRow> = objectOf<RosterRow>(
  {
    identifier: needed(identifier),
    effectiveFrom: optional(dayText),
    name: optional(text),
    department: optional(text),
    role: optional(text),
    region: optional(text),
    manager: optional(orNull(identifier)),
    hired: optional(day),
    left: optional(day),
    attributes: optional(mapOf(text, problemOfName)),
  },
  ({ hired, left }) => {
    if (typeof hired !== 'string' || typeof left !== 'string' || left >= hired) return undefined;
    return `left (${left}) is before hired (${hired}).`;
  },
);
