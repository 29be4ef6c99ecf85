import { keyHash } from '../key-hash.ts';
import { classesOfFacts, type Sameness } from '../query/classes-of-facts.ts';
import type { Scope } from '../query/scope.ts';
import { FACT } from '../state/fact-columns.ts';
import { countDifferent } from '../statistics/dense-numbers.ts';

const RESULT = FACT.success | FACT.noSuccess | FACT.completion | FACT.noCompletion;
/** What of a result is compared, besides success and completion. */
const DETAILS = ['scaled', 'duration', 'progress', 'response'] as const;

const { imul } = Math;

/** How many of some events say something of their own (metrics.md §0.3); which of several that say the same counts, nobody can tell. */
export const distinctEvents = (scope: Scope, rows: Uint32Array): number => {
  const said = classesOfFacts(scope, 'what is said', (person) => sameness(scope, person));
  return countDifferent(rows, said.numbers);
};

const sameness = ({ world }: Scope, person: (fact: number) => number): Sameness => {
  const { details } = world.log;
  const { time, verb, activity, registration, authority, flags, detail } = world.log.facts;
  const columns = DETAILS.map((name) => details[name]);
  const second = (fact: number): number => Math.floor((time[fact] as number) / 1000);
  const isSameFact = (a: number, b: number): boolean =>
    person(a) === person(b) &&
    second(a) === second(b) &&
    verb[a] === verb[b] &&
    activity[a] === activity[b] &&
    registration[a] === registration[b] &&
    authority[a] === authority[b] &&
    (((flags[a] as number) ^ (flags[b] as number)) & RESULT) === 0;
  const isSameResult = (a: number, b: number): boolean => {
    const [one, other] = [detail[a] as number, detail[b] as number];
    if (one === 0 || other === 0) return one === other;
    return columns.every((column) => Object.is(column[one - 1], column[other - 1]));
  };
  return {
    hash: (fact) =>
      keyHash(
        person(fact),
        (verb[fact] as number) ^ imul(activity[fact] as number, 0x27d4eb2d),
        second(fact),
      ),
    isSame: (a, b) => isSameFact(a, b) && isSameResult(a, b),
  };
};
