import type { World } from './world.ts';

/**
 * The last moment of the employment that a moment lies in, or of the last one before it, in milliseconds since 1970;
 * NaN for somebody of whom no roster speaks, or who has not left. What is followed over time is censored there: nothing
 * is known of who has gone (`person` by number).
 */
export const leftAt = ({
  attributes,
}: Pick<World, 'attributes'>): ((person: number, time: number) => number) => {
  const leaving = attributes.leaving();
  return (person, time) => leaving.valueOf(leaving.codeAt(person, time)) ?? Number.NaN;
};
