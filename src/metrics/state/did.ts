import type { Did } from '../../people/cohorts.ts';
import { periodAdder } from '../../people/period.ts';
import { SIGNALS } from '../signal.ts';
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
    const counts = inTime(rule, time, hiredAt(person, time));
    const isMeant = (fact: number): boolean =>
      ((facts.signals[fact] as number) & signal) !== 0 &&
      isEffective(fact) &&
      (activity === 0 || facts.activity[fact] === activity) &&
      counts(facts.time[fact] as number);
    const isIn = (member: number): boolean => {
      for (let next = log.newestOf(member); next !== 0; next = facts.earlier[next - 1] as number)
        if (isMeant(next - 1)) return true;
      return false;
    };
    const number = persons.named(person);
    return number !== 0 && persons.membersOf(number).some(isIn);
  };
};

/** Whether what happened at a moment counts: a fact is within a period of `time` if the period from the fact on reaches it. */
const inTime = (
  { within, of }: Parameters<Did>[0],
  time: number,
  hired: number | undefined,
): ((at: number) => boolean) => {
  if (within === undefined) return (at) => at <= time;
  const after = periodAdder(within) ?? ((at: number) => at);
  if (of !== 'hire') return (at) => at <= time && after(at) >= time;
  if (hired === undefined) return () => false;
  const last = Math.min(time, after(hired));
  return (at) => at >= hired && at <= last;
};
