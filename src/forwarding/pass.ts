import type { Failed } from './deliver.ts';
import type { ForwardStore } from './forward-store.ts';
import type { KeptProgress } from './kept-progress.ts';
import { letterOf, type SendOnParts, type Step, sendAgain, sendOn, sendPast } from './send-on.ts';

/** What one request's worth of dead letters, and one of the log, have come to. */
export type Pass = {
  /** Whether there was anything to see to. */
  readonly moved: boolean;
  /** Whether the target took or refused anything, so that it is there. */
  readonly answered: boolean;
  readonly failed?: Failed;
};

export type PassParts = SendOnParts & {
  readonly store: ForwardStore;
  readonly progress: KeptProgress;
  /** How often in a row it has answered 500 to the same single statement. */
  readonly stuck: number;
};

/** So often before it is asked whether it is that statement. */
const PATIENT = 8;

/** Sends again what is marked, and sends on what is next. */
export const pass = async (parts: PassParts): Promise<Pass> => {
  const letters = await seeToLetters(parts);
  // A letter that makes the target fail is no reason to hold back what is new.
  const log = await seeToLog(parts);
  const failed = log.failed ?? (log.answered ? undefined : letters.failed);
  return {
    moved: letters.moved || log.moved,
    answered: letters.answered || log.answered,
    ...(failed === undefined ? {} : { failed }),
  };
};

const seeToLetters = async (parts: PassParts): Promise<Pass> => {
  const { store, target, progress } = parts;
  const letters = store.marked(target.name, target.batch);
  if (letters.length === 0) return { moved: false, answered: false };
  const delivery = await sendAgain(parts, letters);
  const attempts = new Map(letters.map((letter) => [letter.position, letter.attempts]));
  const { delivered, refused, failed } = delivery;
  await progress.keep(delivery, progress.cursor().position, {
    settled: delivered.map(({ position }) => position),
    refusedAgain: refused.map((one) => letterOf(one, (attempts.get(one.statement.position) ?? 0) + 1)),
  });
  const answered = delivered.length + refused.length > 0;
  return { moved: answered, answered, ...(failed === undefined ? {} : { failed }) };
};

const seeToLog = async (parts: PassParts): Promise<Pass> => {
  const { progress } = parts;
  const from = progress.cursor().position;
  const first = await sendOn(parts, from);
  const step = isStuck(parts, first) ? ((await sendPast(parts, from, first.failed)) ?? first) : first;
  const { delivered, refused, failed, position } = step;
  await progress.keep(step, position, {
    refused: refused.map((one) => letterOf(one, one.status === 500 ? parts.stuck + 2 : 1)),
  });
  const answered = delivered.length + refused.length > 0;
  return { moved: position > from, answered, ...(failed === undefined ? {} : { failed }) };
};

type Stuck = Step & { readonly failed: Failed };

/** Whether a single statement is answered 500. */
export const isAlone = (most: number, failed: Failed | undefined): boolean =>
  most === 1 && failed?.status === 500;

const isStuck = ({ stuck, most }: PassParts, step: Step): step is Stuck =>
  stuck >= PATIENT && isAlone(most, step.failed);
