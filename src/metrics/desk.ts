import type { Position } from '../statements/statement-query.ts';
import { type KeptAnswers, keptAnswers } from './answers/kept-answers.ts';
import { giveUpFrom, type KeptRows, putBy } from './answers/kept-rows.ts';
import { beginWork } from './query/refuse-too-long.ts';
import { apart, type KeptMemory, keepMemory } from './scratch.ts';
import type { World } from './state/world.ts';

/** What answering needs beside the world. */
export type Desk = {
  /** Whole answers, for those who come for their next page. */
  readonly kept: KeptAnswers<unknown>;
  /**
   * Told of rows from one on that are of later pages: they have to be measured before the world goes on. What takes too
   * long is given up; those up to `asked` have longer.
   */
  postpone(rows: KeptRows, from: number, asked: number): void;
  /**
   * Measures some of them; answers whether that was all. `isWaitedFor` says whether the world is to go on: then it has not
   * long any more.
   */
  finish(isWaitedFor: boolean): boolean;
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

/** In milliseconds: for so long others may have to wait at once. */
const AT_ONCE = 5;
/** And for all rows of one answer, while the world is to go on, of which nobody has asked for the next one yet. */
const WAITED_FOR = 400;
/** And for all rows of one answer in any case. */
const AT_ALL = 5000;
/** So many answers, in so many bytes of memory, have rows that are still to be measured: of the oldest only what was asked for is. The newest always may. */
const MOST_LISTS = 8;
const MOST_BYTES = 192 * 1024 * 1024;

type Postponed = {
  readonly rows: KeptRows;
  /** How many have been measured. */
  measured: number;
  readonly asked: number;
  readonly memory: KeptMemory;
  waitedFor: number;
  spent: number;
};

const unmeasured = (): Pick<Desk, 'postpone' | 'finish'> => {
  const lists: Postponed[] = [];
  const end = (isAll: boolean): void => {
    const list = lists.shift();
    list?.memory.release();
    if (!isAll && list !== undefined) giveUpFrom(list.rows, list.measured);
  };
  const goOnWith = (list: Postponed, until: number, isWaitedFor: boolean): void => {
    const isFailing = !settleSome(list, until, isWaitedFor);
    if (list.measured === list.rows.length) end(true);
    else if (isFailing || isOver(list)) end(false);
  };
  const makeRoom = (oldest: Postponed): void => {
    oldest.waitedFor = WAITED_FOR;
    while (lists[0] === oldest) goOnWith(oldest, performance.now() + AT_ONCE, true);
  };
  return {
    postpone: (rows, from, asked) => {
      const memory = keepMemory();
      lists.push({ rows, measured: from, asked, memory, waitedFor: 0, spent: 0 });
      while (lists.length > 1 && areTooMany(lists)) makeRoom(lists[0] as Postponed);
    },
    finish: (isWaitedFor) => {
      const until = performance.now() + AT_ONCE;
      for (let [list] = lists; list !== undefined && performance.now() < until; [list] = lists)
        goOnWith(list, until, isWaitedFor);
      return lists.length === 0;
    },
  };
};

const areTooMany = (lists: readonly Postponed[]): boolean =>
  lists.length > MOST_LISTS || lists.reduce((sum, { memory }) => sum + memory.bytes, 0) > MOST_BYTES;

const isOver = ({ measured, asked, waitedFor, spent }: Postponed): boolean =>
  spent >= AT_ALL || (measured >= asked && waitedFor >= WAITED_FOR);

/** Measures rows for a while; answers whether that went well. */
const settleSome = (list: Postponed, until: number, isWaitedFor: boolean): boolean => {
  const began = performance.now();
  beginWork();
  try {
    apart(() => {
      for (; list.measured < list.rows.length && performance.now() < until; list.measured += 1)
        putBy(list.rows, list.measured);
    });
    return true;
  } catch {
    return false;
  } finally {
    const took = performance.now() - began;
    list.spent += took;
    if (isWaitedFor) list.waitedFor += took;
  }
};
