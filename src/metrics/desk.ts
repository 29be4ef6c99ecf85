import type { Position } from '../statements/statement-query.ts';
import { type KeptAnswers, keptAnswers } from './answers/kept-answers.ts';
import type { World } from './state/world.ts';

/** What answering needs beside the world. */
export type Desk = {
  /** Whole answers, for those who come for their next page. */
  readonly kept: KeptAnswers<unknown>;
  /** The last entry of the log that is known of. */
  head(world: World): Position;
  /** When an entry was stored; microseconds since 1970. */
  storedAt(position: Position): number | undefined;
  /** What was known at a moment (milliseconds since 1970). */
  knownAt(world: World, moment: number): World;
};

/** Where and when a question is answered; `now` in milliseconds since 1970. */
export type Answering = { readonly world: World; readonly now: number; readonly desk: Desk };

export const newDesk = (known: Partial<Omit<Desk, 'kept'>> = {}): Desk => ({
  kept: keptAnswers(),
  head: (world) => world.upto(),
  storedAt: () => undefined,
  knownAt: (world) => world,
  ...known,
});
