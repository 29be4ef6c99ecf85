import { segment } from '../../xapi/rejection.ts';
import { suggestName } from '../../xapi/suggest-name.ts';

type Tell = (pointer: string, message: string) => void;

/** Tells what is wrong with a value, with the JSON Pointer of the place below `pointer`. */
export type Check = (value: unknown, pointer: string, tell: Tell) => void;

export const text: Check = (value, pointer, tell) => {
  if (typeof value !== 'string' || value === '') tell(pointer, 'Expected a text that is not empty.');
};

export const flag: Check = (value, pointer, tell) => {
  if (typeof value !== 'boolean') tell(pointer, 'Expected true or false.');
};

export const whole: Check = (value, pointer, tell) => {
  if (!Number.isSafeInteger(value) || (value as number) < 1) tell(pointer, 'Expected a whole number from 1.');
};

export const oneOf =
  (choices: readonly string[]): Check =>
  (value, pointer, tell) => {
    if (choices.includes(value as string)) return;
    const meant = typeof value === 'string' ? suggestName(value, choices) : undefined;
    const hint = meant === undefined ? `Expected one of ${choices.join(', ')}.` : `Did you mean ${meant}?`;
    tell(pointer, `There is no ${JSON.stringify(value)} here. ${hint}`);
  };

export const listOf =
  (check: Check, least: 0 | 1 = 1): Check =>
  (value, pointer, tell) => {
    if (!Array.isArray(value)) tell(pointer, 'Expected a list.');
    else if (value.length < least) tell(pointer, 'Expected a list that is not empty.');
    else for (const [at, one] of value.entries()) check(one, `${pointer}/${at}`, tell);
  };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object of these members and no others. */
export const objectOf = (members: Readonly<Record<string, Check>>, needed: readonly string[] = []): Check => {
  const name = oneOf(Object.keys(members));
  const memberCheck = (one: string): Check =>
    (Object.hasOwn(members, one) ? members[one] : undefined) ?? ((_, at, tell) => name(one, at, tell));
  return (value, pointer, tell) => {
    if (!isObject(value)) return tell(pointer, 'Expected an object.');
    for (const one of needed) {
      if (!Object.hasOwn(value, one)) tell(`${pointer}${segment(one)}`, 'This is needed.');
    }
    for (const [one, member] of Object.entries(value)) {
      memberCheck(one)(member, `${pointer}${segment(one)}`, tell);
    }
  };
};

/** An object whose names are chosen freely. */
export const mapOf =
  (check: Check): Check =>
  (value, pointer, tell) => {
    if (!isObject(value)) return tell(pointer, 'Expected an object.');
    for (const [name, one] of Object.entries(value)) check(one, `${pointer}${segment(name)}`, tell);
  };
