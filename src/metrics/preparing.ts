import { rosterDates } from './grains/roster-dates.ts';
import { whoIsWho } from './state/who-is-who.ts';
import type { World } from './state/world.ts';

/** What is known of everybody in a roster, which whoever asks first would have to wait for: about a second for 60,000 persons. */
const PARTS: readonly ((world: World) => unknown)[] = [
  ({ attributes }) => attributes.known(),
  rosterDates,
  ({ scopes }) => scopes.pairs(),
  ({ attributes }) => attributes.employment(),
  ...['department', 'role', 'region', 'manager'].map(
    (name) =>
      ({ attributes }: World) =>
        attributes.column(name),
  ),
];

/** Makes one part after another while nobody asks; answers whether there was one that may not have been made yet. */
export const preparing = (): ((world: World) => boolean) => {
  let stand = '';
  let next = 0;
  return (world) => {
    const now = whoIsWho(world);
    if (now !== stand) next = 0;
    stand = now;
    const part = PARTS[next];
    part?.(world);
    next += 1;
    return part !== undefined;
  };
};
