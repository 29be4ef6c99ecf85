import { type Problem, segment } from './rejection.ts';
import type { Family } from './statement.ts';
import { STATEMENT_RULES } from './statement-rules.ts';
import { suggestName } from './suggest-name.ts';

/** The part of a schema that was broken, with the annotations that our schemas carry. */
type SchemaPart = {
  readonly 'x-says'?: string;
  readonly 'x-clause'?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
};

/** What a compiled schema reports (ajv, verbose). */
export type SchemaError = {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly schema: unknown;
  readonly parentSchema: SchemaPart;
  readonly data: unknown;
  /** Set when it is the name of a property that is wrong, not its value. */
  readonly propertyName?: string;
};

type Saying = { readonly at: string; readonly message: string; readonly clause?: string };

/** The most problems of one value that are put into words. */
const MOST = 1000;

/** How much of a wrong value is repeated. */
const SHOWN = 60;

const FORMATS: Readonly<Record<string, string>> = {
  duration: 'an ISO 8601 duration such as "PT4M12.5S"',
  iri: 'an absolute IRI such as "http://example.com/x" (a scheme, no spaces)',
  'language-tag': 'a language tag of RFC 5646 such as "en-US"',
  mailbox: '"mailto:" and an e-mail address',
  'media-type': 'a media type such as "text/plain"',
  sha1: 'a SHA-1 digest of 40 hexadecimal digits',
  sha2: 'a SHA-2 digest of 56, 64, 96 or 128 hexadecimal digits',
  timestamp: 'a timestamp such as "2015-11-18T12:17:00Z"',
  uuid: 'a UUID of 8-4-4-4-12 hexadecimal digits',
};

const TYPES: Readonly<Record<string, string>> = {
  array: 'an array',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  object: 'an object',
  string: 'a string',
};

const shorten = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);

const quote = (text: string): string => JSON.stringify(shorten(text));

const show = (value: unknown): string => {
  if (typeof value === 'string') return value === '' ? 'an empty string' : `the string ${quote(value)}`;
  if (Array.isArray(value)) return 'an array';
  if (value === null) return 'null (which is allowed only inside extensions)';
  return typeof value === 'object' ? 'an object' : `${typeof value} ${String(value)}`;
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const expectsFound = (error: SchemaError, expected: string): Saying => ({
  at: '',
  message: `Expected ${expected}, found ${show(error.data)}.`,
});

const says = (error: SchemaError, otherwise: string): string => error.parentSchema['x-says'] ?? otherwise;

const namesOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map((name) => `"${String(name)}"`) : [];

const orList = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

const explainUnknown = (error: SchemaError): Saying => {
  const name = String(error.params['name']);
  const known = Object.keys(error.parentSchema.properties ?? {});
  const meant = suggestName(name, known);
  const hint = meant === undefined ? `It may have ${orList(namesOf(known))}.` : `Did you mean "${meant}"?`;
  return {
    at: segment(name),
    message: `${capital(says(error, 'this object'))} has no property ${quote(name)}. ${hint}`,
  };
};

const countPresent = (error: SchemaError): number => {
  const data = Object(error.data) as object;
  return Array.isArray(error.schema) ? error.schema.filter((name) => name in data).length : 0;
};

const explainCount = (error: SchemaError): Saying => ({
  at: '',
  message:
    `${capital(says(error, 'this object'))} needs ${error.keyword === 'someOf' ? 'one' : 'exactly one'} of ` +
    `${orList(namesOf(error.schema))}, found ${countPresent(error) || 'none'}.`,
});

const explainLength = (error: SchemaError, bound: string): Saying => {
  const found = Array.isArray(error.data) ? error.data.length : 0;
  return {
    at: '',
    message: `Expected ${says(error, 'an array')} with ${bound} ${String(error.schema)}, found ${found}.`,
  };
};

const explainFormat = (error: SchemaError): Saying => {
  const expected = FORMATS[String(error.schema)] ?? String(error.schema);
  if (error.propertyName === undefined) return expectsFound(error, expected);
  return {
    at: segment(error.propertyName),
    message: `Expected ${expected} as the name of a property, found ${quote(error.propertyName)}.`,
  };
};

const explainRule = (error: SchemaError, family: Family): Saying => {
  const rule = STATEMENT_RULES[String(error.params['rule'])];
  if (rule === undefined) throw new Error(`a schema names the unknown rule ${String(error.params['rule'])}`);
  return { at: rule.brokenAt(error.data) ?? '', message: rule.expects, clause: rule.clause[family] };
};

/** What each keyword of the schemas says when it is broken. */
const EXPLAIN: Readonly<Record<string, (error: SchemaError, family: Family) => Saying>> = {
  type: (error) => {
    const type = Array.isArray(error.schema) ? error.schema.join(' or ') : String(error.schema);
    return expectsFound(error, says(error, TYPES[type] ?? type));
  },
  format: explainFormat,
  pattern: (error) => expectsFound(error, says(error, 'another form')),
  const: (error) => expectsFound(error, JSON.stringify(error.schema)),
  enum: (error) => expectsFound(error, orList(namesOf(error.schema))),
  minimum: (error) => expectsFound(error, `a number of at least ${String(error.schema)}`),
  maximum: (error) => expectsFound(error, `a number of at most ${String(error.schema)}`),
  minItems: (error) => explainLength(error, 'at least'),
  maxItems: (error) => explainLength(error, 'at most'),
  required: (error) => ({
    at: '',
    message: `${capital(says(error, 'this object'))} needs the property "${String(error.params['missingProperty'])}".`,
  }),
  dependentRequired: (error) => ({
    at: segment(String(error.params['property'])),
    message: `The property "${String(error.params['property'])}" needs "${String(error.params['missingProperty'])}" beside it.`,
  }),
  closed: explainUnknown,
  exactlyOneOf: explainCount,
  someOf: explainCount,
  'x-rules': explainRule,
};

/** Keywords that only repeat what another error has said already. */
const ECHOES = new Set(['if', 'propertyNames']);

const toProblem = (error: SchemaError, family: Family, index: number | undefined): Problem => {
  const explain = EXPLAIN[error.keyword];
  if (explain === undefined) throw new Error(`the keyword ${error.keyword} has no words`);
  const { at, message, clause = error.parentSchema['x-clause'] } = explain(error, family);
  return {
    ...(index === undefined ? {} : { index }),
    pointer: error.instancePath + at,
    message,
    ...(clause === undefined ? {} : { clause }),
  };
};

/**
 * The problems that a compiled schema found, in words. A value of a wrong type is told once, by the outermost schema.
 * After the first thousand it stops, so that a hostile body cannot buy more work. `index` is that of the statement in
 * its batch.
 */
export const explainProblems = (
  errors: readonly SchemaError[],
  family: Family,
  index?: number,
): readonly Problem[] => {
  const problems: Problem[] = [];
  const mistyped = new Set<string>();
  for (const error of errors) {
    if (problems.length === MOST) break;
    if (ECHOES.has(error.keyword)) continue;
    if (error.keyword === 'type') {
      if (mistyped.has(error.instancePath)) continue;
      mistyped.add(error.instancePath);
    }
    problems.push(toProblem(error, family, index));
  }
  return problems;
};
