import { isIri } from '../xapi/iri.ts';
import { type Problem, Rejection, reject, segment } from '../xapi/rejection.ts';
import { readJson } from '../xapi/scan-json.ts';
import type { Agent, Group } from '../xapi/statement.ts';
import { epochMicros, isTimestamp } from '../xapi/timestamp.ts';
import { isUuid } from '../xapi/uuid.ts';
import { problemsOfActor } from '../xapi/validate-statement.ts';

export type Parameters = ReadonlyMap<string, string>;

/**
 * Reads a query string or a form: each name once, percent-encoded UTF-8.
 *
 * @throws Rejection `parameter-invalid`.
 */
export const readForm = (text: string): Map<string, string> => {
  const parameters = new Map<string, string>();
  let fields = 0;
  for (let at = 0; at < text.length; ) {
    const and = text.indexOf('&', at);
    const end = and === -1 ? text.length : and;
    if (end > at) addPair(parameters, text.slice(at, end));
    at = end + 1;
    fields += 1;
    if (fields > MOST_FIELDS) throw invalid('', `There are more than ${MOST_FIELDS} parameters.`);
  }
  return parameters;
};

/** More than any request of the standard has. */
const MOST_FIELDS = 100;

const addPair = (parameters: Map<string, string>, pair: string): void => {
  const equals = pair.indexOf('=');
  const sentName = equals === -1 ? pair : pair.slice(0, equals);
  const name = decode(sentName, sentName);
  if (parameters.has(name)) throw invalid(name, `${name} is given more than once.`);
  parameters.set(name, equals === -1 ? '' : decode(pair.slice(equals + 1), name));
};

/** What is wrong is told by the parameter's name: its value may be a secret. */
const decode = (text: string, name: string): string => {
  try {
    return text.includes('%') || text.includes('+') ? decodeURIComponent(text.replaceAll('+', ' ')) : text;
  } catch {
    throw invalid(name.slice(0, 80), 'This is not percent-encoded UTF-8.');
  }
};

/**
 * The parameters that a route knows, without those that are ignored everywhere.
 *
 * @throws Rejection `parameter-invalid` naming every unknown one (G-3).
 */
export const knownParameters = (
  sent: ReadonlyMap<string, string>,
  known: readonly string[],
  ignored: readonly string[],
): Parameters => {
  if (sent.size === 0) return sent;
  const problems: Problem[] = [];
  const kept = new Map<string, string>();
  for (const [name, value] of sent) {
    if (known.includes(name)) kept.set(name, value);
    else if (!ignored.includes(name)) problems.push(unknown(name, known));
  }
  if (problems.length > 0) throw new Rejection('parameter-invalid', problems);
  return kept;
};

const unknown = (name: string, known: readonly string[]): Problem => {
  const meant = known.find((one) => one.toLowerCase() === name.toLowerCase());
  const hint = meant === undefined ? `Known here: ${known.join(', ') || 'none'}.` : `Did you mean ${meant}?`;
  return {
    pointer: segment(name),
    message: `There is no parameter ${name}. ${hint}`,
    clause: 'Communication 3.2',
  };
};

export const invalid = (name: string, message: string): Rejection =>
  reject('parameter-invalid', segment(name), message, 'Communication 2.1.3');

export const required = (parameters: Parameters, name: string): string => {
  const value = parameters.get(name);
  if (value === undefined || value === '') throw invalid(name, `${name} is needed.`);
  return value;
};

/** Each reader answers undefined when the parameter is absent and throws `parameter-invalid` when it is wrong. */
export const readUuid = (parameters: Parameters, name: string): string | undefined => {
  const value = parameters.get(name);
  if (value === undefined) return undefined;
  if (!isUuid(value)) throw invalid(name, `${name} is a UUID, not ${shown(value)}.`);
  return value.toLowerCase();
};

export const readIri = (parameters: Parameters, name: string): string | undefined => {
  const value = parameters.get(name);
  if (value === undefined) return undefined;
  if (!isIri(value)) throw invalid(name, `${name} is an IRI with a scheme, not ${shown(value)}.`);
  return value;
};

export const readBoolean = (parameters: Parameters, name: string): boolean => {
  const value = parameters.get(name);
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw invalid(name, `${name} is true or false, not ${shown(value)}.`);
};

/** Microseconds since 1970. */
export const readMoment = (parameters: Parameters, name: string): number | undefined => {
  const value = parameters.get(name);
  if (value === undefined) return undefined;
  if (!isTimestamp(value)) throw invalid(name, `${name} is an ISO 8601 timestamp, not ${shown(value)}.`);
  return epochMicros(value);
};

export const readCount = (parameters: Parameters, name: string): number | undefined => {
  const value = parameters.get(name);
  if (value === undefined) return undefined;
  if (!/^\d{1,15}$/.test(value))
    throw invalid(name, `${name} is a whole number from 0 on, not ${shown(value)}.`);
  return Number(value);
};

export const readChoice = <Choice extends string>(
  parameters: Parameters,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice => {
  const value = parameters.get(name);
  if (value === undefined) return choices[0];
  const choice = choices.find((one) => one === value);
  if (choice === undefined)
    throw invalid(name, `${name} is one of ${choices.join(', ')}, not ${shown(value)}.`);
  return choice;
};

/** An Agent, or where a statement list is asked for an identified Group too. */
export const readActor = (
  parameters: Parameters,
  kind: 'agent' | 'agent-or-identified-group',
): Agent | Group | undefined => {
  const text = parameters.get('agent');
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = readJson(text);
  } catch (error) {
    throw invalid('agent', `agent is an Agent as JSON. ${(error as Error).message}`);
  }
  const problems = problemsOfActor(value, kind);
  if (problems.length > 0) {
    throw new Rejection(
      'parameter-invalid',
      problems.map((problem) => ({ ...problem, pointer: `/agent${problem.pointer}` })),
    );
  }
  return value as Agent | Group;
};

const shown = (value: string): string =>
  JSON.stringify(value.length > 100 ? `${value.slice(0, 100)}…` : value);
