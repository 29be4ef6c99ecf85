import { type Problem, Rejection, segment } from './rejection.ts';
import { suggestName } from './suggest-name.ts';

/** Reads a value that stands at a JSON Pointer. Undefined when it is not what it has to be: then `problems` has grown. */
export type JsonReader<Value> = (value: unknown, at: string, problems: Problem[]) => Value | undefined;

/** @throws Rejection `body-invalid` naming everything that is wrong. */
export const readAll = <Value>(value: unknown, read: JsonReader<Value>): Value => {
  const problems: Problem[] = [];
  const found = read(value, '', problems);
  if (problems.length > 0) throw new Rejection('body-invalid', problems.slice(0, MOST_TOLD));
  return found as Value;
};

/** So many problems are told of one body. */
const MOST_TOLD = 1000;

/** A value of which `isGood` holds; `what` ends the sentence "Expected …". */
export const valueWhere =
  <Value>(isGood: (value: unknown) => boolean, what: string): JsonReader<Value> =>
  (value, at, problems) => {
    if (isGood(value)) return value as Value;
    problems.push({ pointer: at, message: `Expected ${what}.` });
    return undefined;
  };

const isLine = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value !== '' && value.length <= most && !/\p{Cc}/u.test(value);

/** A text in one line that is not empty. */
export const lineOf = (most: number): JsonReader<string> =>
  valueWhere((value) => isLine(value, most), `a text of 1 to ${most} characters, in one line`);

/** A text of which something holds. */
export const textOf = <Text extends string = string>(
  isGood: (text: string) => boolean,
  what: string,
): JsonReader<Text> => valueWhere((value) => isLine(value, MOST_TEXT) && isGood(value), what);

const MOST_TEXT = 4000;

export const oneOf = <Choice extends string>(choices: readonly Choice[]): JsonReader<Choice> =>
  textOf((text) => (choices as readonly string[]).includes(text), `one of ${choices.join(', ')}`);

export const numberFrom = (least: number, most: number): JsonReader<number> =>
  valueWhere(
    (value) => typeof value === 'number' && value >= least && value <= most,
    `a number from ${least} to ${most}`,
  );

export const wholeFrom = (least: number, most: number): JsonReader<number> =>
  valueWhere(
    (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
    `a whole number from ${least} to ${most}`,
  );

export const booleanValue: JsonReader<boolean> = valueWhere(
  (value) => typeof value === 'boolean',
  'true or false',
);

export const orNull =
  <Value>(read: JsonReader<Value>): JsonReader<Value | null> =>
  (value, at, problems) =>
    value === null ? null : read(value, at, problems);

/** A list; `least` is how many it has to have. */
export const listOf =
  <Item>(read: JsonReader<Item>, least = 0): JsonReader<readonly Item[]> =>
  (value, at, problems) => {
    if (!Array.isArray(value) || value.length < least) {
      problems.push({
        pointer: at,
        message: least === 0 ? 'Expected a list.' : `Expected a list of ${least} or more.`,
      });
      return undefined;
    }
    return value.map((item, index) => read(item, `${at}/${index}`, problems) as Item);
  };

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object with any names, and values of one kind; `isName` says which names are refused. */
export const mapOf =
  <Value>(
    read: JsonReader<Value>,
    problemOfName: (name: string) => string | undefined,
  ): JsonReader<Record<string, Value>> =>
  (value, at, problems) => {
    if (!isObject(value)) {
      problems.push({ pointer: at, message: 'Expected an object.' });
      return undefined;
    }
    const entries: [string, Value][] = [];
    for (const [name, one] of Object.entries(value)) {
      const problem = problemOfName(name);
      if (problem !== undefined) problems.push({ pointer: at + segment(name), message: problem });
      entries.push([name, read(one, at + segment(name), problems) as Value]);
    }
    return Object.fromEntries(entries);
  };

type Member<Value> = { readonly read: JsonReader<Value>; readonly isNeeded: boolean };

export const needed = <Value>(read: JsonReader<Value>): Member<Value> => ({ read, isNeeded: true });
export const optional = <Value>(read: JsonReader<Value>): Member<Value> => ({ read, isNeeded: false });

/** Every member of a type, and how it is read. */
export type Members<Whole> = {
  readonly [Name in keyof Whole]-?: Member<Exclude<Whole[Name], undefined>>;
};

/** An object with these members and no others; `missing` says what else is wrong with one that has been read. */
export const objectOf =
  <Whole extends object>(
    members: Members<Whole>,
    problemOf: (whole: Whole) => string | undefined = () => undefined,
  ): JsonReader<Whole> =>
  (value, at, problems) => {
    if (!isObject(value)) {
      problems.push({ pointer: at, message: 'Expected an object.' });
      return undefined;
    }
    const before = problems.length;
    const whole = readMembers(value, members as Members<Record<string, unknown>>, at, problems) as Whole;
    refuseUnknown(value, Object.keys(members), at, problems);
    if (problems.length > before) return undefined;
    const problem = problemOf(whole);
    if (problem !== undefined) problems.push({ pointer: at, message: problem });
    return whole;
  };

const readMembers = (
  value: Readonly<Record<string, unknown>>,
  members: Members<Record<string, unknown>>,
  at: string,
  problems: Problem[],
): Readonly<Record<string, unknown>> => {
  const whole: Record<string, unknown> = {};
  for (const [name, { read, isNeeded }] of Object.entries(members)) {
    const one = Object.hasOwn(value, name) ? value[name] : undefined;
    if (one !== undefined) whole[name] = read(one, at + segment(name), problems);
    else if (isNeeded) problems.push({ pointer: at + segment(name), message: `${name} is needed.` });
  }
  return whole;
};

const refuseUnknown = (
  value: Readonly<Record<string, unknown>>,
  known: readonly string[],
  at: string,
  problems: Problem[],
): void => {
  for (const name of Object.keys(value)) {
    if (known.includes(name)) continue;
    const meant = suggestName(name, known);
    const hint = meant === undefined ? `There are ${known.join(', ')}.` : `Did you mean ${meant}?`;
    problems.push({ pointer: at + segment(name), message: `There is no member ${name}. ${hint}` });
  }
};
