import type { World } from './world.ts';

/**
 * The last moment of the employment that a moment lies in, or of the last one before it, in milliseconds since 1970;
 * NaN for somebody of whom no roster speaks, or who has not left. What is followed over time is censored there: nothing
 * is known of who has gone (`person` by number).
 */
export const leftAt = ({ attributes }: Pick<World, 'attributes'>, person: number, time: number): number => {
  const leaving = attributes.leaving();
  return leaving.valueOf(leaving.codeAt(person, time)) ?? Number.NaN;
};

/** Whether the observer of a fact and the one whom it is about are one person, as persons are known now. */
export const isSelfObserved = ({ log, persons }: Pick<World, 'log' | 'persons'>, fact: number): boolean => {
  const { facts, details } = log;
  const detail = facts.detail[fact] as number;
  const observer = detail === 0 ? 0 : (details.observer[detail - 1] as number);
  return observer !== 0 && persons.personOf(observer) === persons.personOf(facts.subject[fact] as number);
};
