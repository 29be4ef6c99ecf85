import type { Position } from '../statements/statement-query.ts';
import { type KeptAnswers, keptAnswers } from './answers/kept-answers.ts';
import type { AnswerRow } from './query/run-query.ts';
import type { World } from './state/world.ts';

/** What answering needs beside the world. */
export type Desk = {
  /** Whole answers, for those who come for their next page. */
  readonly kept: KeptAnswers<unknown>;
  /**
   * Told of rows that nobody has asked for yet, but may: they have to be measured before the world goes on. Where that
   * takes too long, `giveUp` is told, and they are nobody's any more.
   */
  postpone(rows: readonly AnswerRow[], giveUp: () => void): void;
  /** Measures some of them; answers whether that was all. */
  finish(): boolean;
  /** Whether any are still to be measured. */
  isBehind(): boolean;
  /** The last entry of the log that is known of. */
  head(world: World): Position;
  /** By which table of signals statements have been read. */
  signals(): string;
  /** When an entry was stored; microseconds since 1970. */
  storedAt(position: Position): number | undefined;
  /** What was known at a moment (milliseconds since 1970). */
  knownAt(world: World, moment: number): World;
};

/** Where and when a question is answered; `now` in milliseconds since 1970. */
export type Answering = { readonly world: World; readonly now: number; readonly desk: Desk };

export const newDesk = (
  known: Partial<Pick<Desk, 'head' | 'signals' | 'storedAt' | 'knownAt'>> = {},
): Desk => ({
  kept: keptAnswers(),
  ...unmeasured(),
  head: (world) => world.upto(),
  signals: () => '',
  storedAt: () => undefined,
  knownAt: (world) => world,
  ...known,
});

/** In milliseconds: for so long others may have to wait at once, and for all rows of one answer. */
const AT_ONCE = 10;
const AT_ALL = 1000;

type Postponed = { readonly rows: AnswerRow[]; readonly giveUp: () => void; spent: number };

const unmeasured = (): Pick<Desk, 'postpone' | 'finish' | 'isBehind'> => {
  const lists: Postponed[] = [];
  const measure = (list: Postponed, end: number): void => {
    const began = performance.now();
    try {
      while (list.rows.length > 0 && performance.now() < end) list.rows.pop()?.settle();
      list.spent += performance.now() - began;
    } catch {
      list.spent = AT_ALL;
    }
    if (list.rows.length > 0 && list.spent < AT_ALL) return;
    if (list.spent >= AT_ALL) list.giveUp();
    lists.shift();
  };
  return {
    isBehind: () => lists.length > 0,
    postpone: (rows, giveUp) => void lists.push({ rows: [...rows], giveUp, spent: 0 }),
    finish: () => {
      const end = performance.now() + AT_ONCE;
      while (lists.length > 0 && performance.now() < end) measure(lists[0] as Postponed, end);
      return lists.length === 0;
    },
  };
};
