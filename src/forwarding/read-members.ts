import { suggestName } from '../xapi/suggest-name.ts';

/** Told what is wrong at a place (JSON Pointer below what is being read). */
export type Complain = (pointer: string, message: string) => void;

export type Members = ReadonlyMap<string, unknown>;

/** The members of an object; none, and a complaint, when it is something else. */
export const readMembers = (value: unknown, complain: Complain): Members => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return new Map(Object.entries(value));
  }
  complain('', 'Expected an object.');
  return new Map();
};

export const checkNames = (members: Members, known: readonly string[], complain: Complain): void => {
  for (const name of members.keys()) {
    if (known.includes(name)) continue;
    const meant = suggestName(name, known);
    const hint = meant === undefined ? `There are ${known.join(', ')}.` : `Did you mean ${meant}?`;
    complain(`/${name}`, `There is no such member. ${hint}`);
  }
};

export const readBoolean = (members: Members, name: string, complain: Complain): boolean => {
  const value = members.get(name);
  if (typeof value === 'boolean') return value;
  if (value !== undefined) complain(`/${name}`, 'Expected true or false.');
  return false;
};

/** A text that is not empty; '' and a complaint when there is none. */
export const readText = (members: Members, name: string, complain: Complain): string => {
  const value = members.get(name);
  if (typeof value === 'string' && value !== '') return value;
  complain(`/${name}`, value === undefined ? 'This is needed.' : 'Expected a text that is not empty.');
  return '';
};

/** One of some texts, the first if none is given. */
export const readOneOf = <Choice extends string>(
  members: Members,
  name: string,
  choices: readonly [Choice, ...Choice[]],
  complain: Complain,
): Choice => {
  const value = members.get(name);
  const choice = choices.find((one) => one === value);
  if (choice === undefined && value !== undefined) complain(`/${name}`, `Expected ${choices.join(' or ')}.`);
  return choice ?? choices[0];
};

export const readWhole = (
  members: Members,
  name: string,
  range: { readonly otherwise: number; readonly most: number },
  complain: Complain,
): number => {
  const value = members.get(name) ?? range.otherwise;
  if (Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= range.most) {
    return value as number;
  }
  complain(`/${name}`, `Expected a whole number from 1 to ${range.most}.`);
  return range.otherwise;
};
