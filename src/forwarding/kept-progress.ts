import type { Position } from '../statements/statement-query.ts';
import type { Delivery } from './deliver.ts';
import type { ForwardCursor, ForwardProgress, ForwardStore } from './forward-store.ts';

/** How far a target has come: in memory, and a little behind in the store. What a crash takes of it is sent again. */
export type KeptProgress = {
  cursor(): ForwardCursor;
  /** What became of dead letters is written before anything moves on, the position alone now and then. */
  keep(delivery: Delivery, position: Position, letters: Changes): Promise<void>;
  /** In how many milliseconds it is to be saved; undefined when there is nothing that is worth it. */
  dueIn(): number | undefined;
  save(): Promise<void>;
};

type Changes = Omit<ForwardProgress, 'cursor'>;

/** In milliseconds: how often the cursor is written while nothing else is. */
const SAVE_EVERY = 1000;
/** Positions that nobody wanted are worth a write only when they are so many. */
const WORTH_SAVING = 1000;

export const keptProgress = (store: ForwardStore, name: string, start: ForwardCursor): KeptProgress => {
  let cursor = start;
  let saved = start;
  let savedAt = 0;
  const write = async (next: ForwardCursor, letters: Changes): Promise<void> => {
    savedAt = Date.now();
    await store.keep(name, { cursor: next, ...letters });
    cursor = next;
    saved = next;
  };
  const dueIn = (): number | undefined => {
    const isWorth =
      cursor.lastSuccess !== saved.lastSuccess || cursor.position - saved.position >= WORTH_SAVING;
    return isWorth ? Math.max(0, savedAt + SAVE_EVERY - Date.now()) : undefined;
  };
  return {
    cursor: () => cursor,
    keep: async ({ delivered }, position, letters) => {
      const lastSuccess = delivered.length > 0 ? { lastSuccess: Date.now() } : {};
      const next = { ...cursor, position, ...lastSuccess };
      if (Object.values(letters).some((list) => list.length > 0)) {
        await write(next, letters);
        return;
      }
      cursor = next;
      if (dueIn() === 0) await write(next, {});
    },
    dueIn,
    save: async () => {
      const isSaved = cursor.position === saved.position && cursor.lastSuccess === saved.lastSuccess;
      if (!isSaved) await write(cursor, {});
    },
  };
};
