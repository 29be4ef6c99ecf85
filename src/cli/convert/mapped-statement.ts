import { isIri } from '../../xapi/iri.ts';
import { isObject, listOf, type Made, member, objectOf, type Part, shaped, wrong } from './maker.ts';
import { mappedTime } from './mapped-time.ts';
import { mappedValue } from './mapped-value.ts';
import { AMOUNT, BOOLEAN, IRI, MAILBOX, NUMBER, REGISTRATION, SCALAR, TEXT } from './value-kinds.ts';

const text = mappedValue(TEXT);
const iri = mappedValue(IRI);
const number = mappedValue(NUMBER);
const boolean = mappedValue(BOOLEAN);

/** Only what is there. */
const given = (members: Made): Made =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

const NUMBER_ALONE = shaped(objectOf({ number }, ['number']), (made) => made['number']);
const TIME_ALONE = shaped(objectOf({ time: mappedTime }, ['time']), (made) => made['time']);

const extension: Part<unknown> = (value, at) => {
  if (isObject(value) && 'number' in value) return NUMBER_ALONE(value, at);
  if (isObject(value) && 'time' in value) return TIME_ALONE(value, at);
  return mappedValue(SCALAR)(value, at);
};

const extensions: Part<Made> = (value, at) => {
  if (!isObject(value)) return wrong(at, 'Expected an object of IRIs and what they stand for.');
  for (const name of Object.keys(value).filter((one) => !isIri(one))) {
    wrong(member(at, name), 'The name of an extension is an IRI.');
  }
  return objectOf(Object.fromEntries(Object.keys(value).map((name) => [name, extension])))(value, at);
};

const account = objectOf({ homePage: iri, name: text }, ['homePage', 'name']);

const person: Part<Made> = (value, at) => {
  const ways = isObject(value) ? ['email', 'account'].filter((name) => name in value) : [];
  if (ways.length !== 1)
    return wrong(at, 'Expected an object with either email or account, and perhaps name.');
  const parts = { email: mappedValue(MAILBOX), account, name: text };
  return shaped(objectOf(parts, ways), ({ email, ...made }) =>
    given({ objectType: 'Agent', mbox: email, ...made }),
  )(value, at);
};

/** The end of an IRI, as a name for people. */
const lastSegment = (id: string): string => id.split(/[/#:]/).at(-1) as string;

const verb: Part<Made> = (value, at) => {
  const isWhole = isObject(value) && 'id' in value;
  const parts = objectOf({ id: iri, display: text }, ['id']);
  const part = isWhole ? parts : shaped(iri, (id): Made => ({ id }));
  return shaped(part, ({ id, display = lastSegment(id as string) }, { language }) => ({
    id,
    ...(display === '' ? {} : { display: { [language]: display } }),
  }))(value, at);
};

const activity: Part<Made> = shaped(
  objectOf({ id: iri, name: text, description: text, type: iri, extensions }, ['id']),
  ({ id, name, description, ...made }, { language }) => {
    const inLanguage = (one: unknown) => (one === undefined ? undefined : { [language]: one });
    const definition = given({ name: inLanguage(name), description: inLanguage(description), ...made });
    return { id, ...(Object.keys(definition).length === 0 ? {} : { definition }) };
  },
);

/** Bounds alone are no score. */
const score = shaped(objectOf({ scaled: number, raw: number, min: number, max: number }), (made) =>
  made['scaled'] === undefined && made['raw'] === undefined ? undefined : made,
);

const amount = mappedValue(AMOUNT);
const duration: Part<string> = shaped(
  objectOf({ hours: amount, minutes: amount, seconds: amount }),
  ({ hours = 0, minutes = 0, seconds = 0 }) => {
    const all = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    const rounded = Math.round(all * 100) / 100;
    return rounded % 60 === 0 ? `PT${rounded / 60}M` : `PT${rounded}S`;
  },
);

const result = objectOf({
  score,
  success: boolean,
  completion: boolean,
  response: text,
  duration,
  extensions,
});

const activities = listOf(activity);
const contextActivities = objectOf({
  parent: activities,
  grouping: activities,
  category: activities,
  other: activities,
});

const context = objectOf({
  registration: mappedValue(REGISTRATION),
  instructor: person,
  platform: text,
  language: text,
  revision: text,
  contextActivities,
  extensions,
});

/** What a mapping says of statements: the members of a statement, with values where a row is to be looked at. */
export const STATEMENT_PARTS: Readonly<Record<string, Part<unknown>>> = {
  actor: person,
  verb,
  object: activity,
  result,
  context,
  timestamp: mappedTime,
};

/** Without these there is no statement. */
export const NEEDED_PARTS: readonly string[] = ['actor', 'verb', 'object', 'timestamp'];
