import { oncePerWorld } from '../query/once-per-state.ts';
import type { Scope } from '../query/scope.ts';
import { scratchNumbers, scratchWholes } from '../scratch.ts';
import { FACT } from '../state/fact-columns.ts';
import { keyHash } from '../state/key-index.ts';
import { countDifferent } from '../statistics/dense-numbers.ts';

const RESULT = FACT.success | FACT.noSuccess | FACT.completion | FACT.noCompletion;
/** What of a result is compared, besides success and completion. */
const DETAILS = ['scaled', 'duration', 'progress', 'response'] as const;

/** How many of some events say something of their own (metrics.md §0.3); which of several that say the same counts, nobody can tell. */
export const distinctEvents = (scope: Scope, rows: Uint32Array): number => {
  const said = oncePerWorld(scope, 'what events say', () => whatIsSaid(scope));
  return countDifferent(rows, (row) => said[row] as number);
};

/** By event, the first one that says the same. */
const whatIsSaid = (scope: Scope): Uint32Array => {
  const { facts } = scope.world.log;
  const { verb, activity, time } = facts;
  const person = personsOfEvents(scope);
  const second = scratchNumbers(facts.rows);
  for (let row = 0; row < facts.rows; row += 1) second[row] = Math.floor((time[row] as number) / 1000);
  const isSame = sameness(scope, person, second);
  let size = 16;
  while (size < 2 * facts.rows) size *= 2;
  const slots = scratchWholes(size);
  const hashes = scratchWholes(size);
  const found = scratchWholes(facts.rows);
  for (let row = 0; row < facts.rows; row += 1) {
    const what = (verb[row] as number) ^ Math.imul(activity[row] as number, 0x27d4eb2d);
    const hash = keyHash(person[row] as number, what, second[row] as number);
    let at = hash & (size - 1);
    while (slots[at] !== 0 && !(hashes[at] === hash && isSame(row, (slots[at] as number) - 1)))
      at = (at + 1) & (size - 1);
    if (slots[at] === 0) {
      slots[at] = row + 1;
      hashes[at] = hash;
    }
    found[row] = (slots[at] as number) - 1;
  }
  return found;
};

const personsOfEvents = ({ world }: Scope): Uint32Array => {
  const { subject, rows } = world.log.facts;
  const found = scratchWholes(rows);
  for (let row = 0; row < rows; row += 1) found[row] = world.persons.personOf(subject[row] as number);
  return found;
};

const sameness = ({ world }: Scope, person: Uint32Array, second: Float64Array) => {
  const { details } = world.log;
  const { verb, activity, registration, authority, flags, detail } = world.log.facts;
  const columns = DETAILS.map((name) => details[name]);
  const isSameFact = (a: number, b: number): boolean =>
    person[a] === person[b] &&
    second[a] === second[b] &&
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
  return (a: number, b: number): boolean => isSameFact(a, b) && isSameResult(a, b);
};
