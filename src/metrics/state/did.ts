import type { Did } from '../../people/cohorts.ts';
import { SIGNALS } from '../signal.ts';
import { durationMillis } from '../signals/duration-millis.ts';
import type { FactLog } from './fact-log.ts';
import type { IsEffective } from './fold.ts';
import type { PersonNumbers } from './person-numbers.ts';

/** Whether people have done something, as their facts say; `hiredAt` in milliseconds since 1970. */
export const didIn = (
  log: FactLog,
  persons: PersonNumbers,
  isEffective: IsEffective,
  hiredAt: (person: string, time: number) => number | undefined,
): Did => {
  const { facts } = log;
  return (rule, person, time) => {
    const signal = (SIGNALS as Readonly<Record<string, number>>)[rule.did] ?? 0;
    const activity = rule.object === undefined ? 0 : (log.activities.known(rule.object) ?? -1);
    const [from, to] = span(rule, time, hiredAt(person, time));
    const isMeant = (fact: number): boolean =>
      ((facts.signals[fact] as number) & signal) !== 0 &&
      isEffective(fact) &&
      (activity === 0 || facts.activity[fact] === activity) &&
      (facts.time[fact] as number) >= from &&
      (facts.time[fact] as number) <= to;
    const isIn = (member: number): boolean => {
      for (let next = log.newestOf(member); next !== 0; next = facts.earlier[next - 1] as number)
        if (isMeant(next - 1)) return true;
      return false;
    };
    const number = persons.named(person);
    return number !== 0 && persons.membersOf(number).some(isIn);
  };
};

/** From when to when it counts. */
const span = (
  { within, of }: Parameters<Did>[0],
  time: number,
  hired: number | undefined,
): readonly [number, number] => {
  if (within === undefined) return [Number.NEGATIVE_INFINITY, time];
  const length = durationMillis(within) ?? 0;
  if (of !== 'hire') return [time - length, time];
  return hired === undefined ? [1, 0] : [hired, Math.min(time, hired + length)];
};
