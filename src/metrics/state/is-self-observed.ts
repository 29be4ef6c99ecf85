import type { World } from './world.ts';

/** Whether the observer of a fact and the one whom it is about are one person, as persons are known now. */
export const isSelfObserved = ({ log, persons }: Pick<World, 'log' | 'persons'>, fact: number): boolean => {
  const { facts, details } = log;
  const detail = facts.detail[fact] as number;
  const observer = detail === 0 ? 0 : (details.observer[detail - 1] as number);
  return observer !== 0 && persons.personOf(observer) === persons.personOf(facts.subject[fact] as number);
};
