import type { Rows } from '../grains/grain.ts';
import type { Scope } from '../query/scope.ts';
import { FACT } from '../state/fact-columns.ts';
import { keyHash } from '../state/key-index.ts';

const RESULT = FACT.success | FACT.noSuccess | FACT.completion | FACT.noCompletion;
/** What of a result is compared, besides success and completion. */
const DETAILS = ['scaled', 'duration', 'progress', 'response'] as const;

/** How many of some events say something of their own (metrics.md §0.3); which of several that say the same counts, nobody can tell. */
export const distinctEvents = (scope: Scope, { person }: Pick<Rows, 'person'>, rows: Uint32Array): number => {
  const { facts } = scope.world.log;
  const isSame = sameness(scope, person);
  const { verb, activity, time } = facts;
  let size = 16;
  while (size < 2 * rows.length) size *= 2;
  const slots = new Uint32Array(size);
  const hashes = new Uint32Array(size);
  let count = 0;
  for (const row of rows) {
    const second = Math.floor((time[row] as number) / 1000);
    const hash = keyHash(
      person(row),
      (verb[row] as number) ^ Math.imul(activity[row] as number, 0x27d4eb2d),
      second,
    );
    let at = hash & (size - 1);
    while (slots[at] !== 0 && !(hashes[at] === hash && isSame(row, (slots[at] as number) - 1)))
      at = (at + 1) & (size - 1);
    if (slots[at] !== 0) continue;
    slots[at] = row + 1;
    hashes[at] = hash;
    count += 1;
  }
  return count;
};

const sameness = ({ world }: Scope, person: (row: number) => number) => {
  const { details } = world.log;
  const { time, verb, activity, registration, authority, flags, detail } = world.log.facts;
  const columns = DETAILS.map((name) => details[name]);
  const second = (row: number): number => Math.floor((time[row] as number) / 1000);
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
  return (a: number, b: number): boolean => isSameFact(a, b) && isSameResult(a, b);
};
