import { ADL, ADL_TYPE, activity, type Part, said } from '../facts-of.ts';

const person = (name: string): Part => ({ account: { homePage: 'https://hr.example', name } });
export const QUIZ = activity('quiz', `${ADL_TYPE}assessment`);

/** What somebody says of something, at a time of day of 2 March 2026, or at a timestamp. */
export const by = (name: string, verb: string, at: string, change: Part = {}): Part =>
  said(verb.includes(':') ? verb : ADL + verb, {
    actor: person(name),
    object: QUIZ,
    timestamp: at.length > 5 ? at : `2026-03-02T${at}:00Z`,
    ...change,
  });

export const scaled = (score: number): Part => ({ result: { score: { scaled: score } } });

/** All orders of a few things. */
export const orders = <Thing>(things: readonly Thing[]): readonly (readonly Thing[])[] =>
  things.length < 2
    ? [things]
    : things.flatMap((first, at) =>
        orders([...things.slice(0, at), ...things.slice(at + 1)]).map((rest) => [first, ...rest]),
      );
