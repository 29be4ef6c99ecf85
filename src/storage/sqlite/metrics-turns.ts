import type { Question } from '../../metrics/metrics.ts';
import { isOfMetrics } from '../../metrics/preparing.ts';
import type { Position } from '../../statements/statement-query.ts';
import { fairTurns } from './fair-turns.ts';
import type { MetricsFollowing } from './metrics-following.ts';
import { newPace, type Pace } from './pace.ts';

/** What a thread of metrics is told: how far the log has come, or a question. */
export type MetricsMessage =
  | { readonly head: Position }
  | {
      readonly ask: number;
      readonly question: Question;
      readonly atLeast: Position;
      /** Milliseconds. */
      readonly patience: number;
    };

/** What it tells: how far it has come, or what became of a question. */
export type MetricsTold =
  | { readonly upto: Position }
  | { readonly asked: number; readonly json: string }
  | { readonly asked: number; readonly rejected: unknown }
  | { readonly problem: string };

/** Follows and answers in turns. */
export type MetricsTurns = {
  hear(message: MetricsMessage): void;
  /**
   * One turn; whether there was anything to be done.
   *
   * @throws Error what following throws.
   */
  take(): boolean;
  /** Answers the next one as far as has been followed, though following does not get on; whether somebody still waits. */
  answerAnyhow(): boolean;
  /** Whether somebody waits for what has not been taken in yet. */
  isAwaited(): boolean;
  /** For how many milliseconds nothing has been taken in, and nobody has asked but how far metrics have come. */
  quietFor(): number;
};

/** Who would have to wait so many times as long as they would is answered at once. */
const IN_VAIN = 2;

type Waiting = Extract<MetricsMessage, { readonly ask: number }> & { readonly until: number };

export const metricsTurns = (
  following: MetricsFollowing,
  tell: (what: MetricsTold) => void,
): MetricsTurns => {
  const waiting: Waiting[] = [];
  const turns = fairTurns();
  const pace = newPace();
  let head: Position = 0;
  let told = -1;
  let busy = performance.now();

  const answer = ({ ask, question }: Waiting): void => {
    const began = performance.now();
    try {
      tell({ asked: ask, ...following.answer(question, head) });
    } catch (error) {
      tell({ problem: String((error as Error).stack) });
      tell({ asked: ask, rejected: undefined });
    }
    if (isOfMetrics(question)) busy = performance.now();
    turns.answered(performance.now() - began);
  };

  /** Answers the first that waits for nothing any more; whether there was one. */
  const answerNext = (): boolean => {
    const next = takeReady(waiting, (atLeast) => Math.min(atLeast, head) - following.upto(), pace);
    if (next !== undefined) answer(next);
    return next !== undefined;
  };

  /** Takes in what comes next; answers whether there was anything to be done. */
  const follow = (): boolean => {
    const [began, upto] = [performance.now(), following.upto()];
    const went = following.step(following.upto() < head);
    // What was put off of an answer is no following, which it holds up.
    const took = following.upto() > upto ? performance.now() - began : 0;
    if (took > 0) busy = performance.now();
    pace.took(following.upto() - upto, took);
    turns.followed(took, following.upto() < head ? ageOf(following.nextStored()) : 0);
    return went;
  };

  return {
    hear: (message) => {
      if ('head' in message) head = Math.max(head, message.head);
      else {
        head = Math.max(head, message.atLeast);
        waiting.push({ ...message, until: performance.now() + message.patience });
      }
    },
    take: () => {
      // Whoever asks goes before what was put off of an answer, or is made anew, but never twice.
      const isFirst = following.upto() >= head && answerNext();
      const went = follow();
      if (following.upto() !== told) tell({ upto: following.upto() });
      told = following.upto();
      const answered = isFirst || (turns.mayAnswer() && answerNext());
      return went || answered;
    },
    answerAnyhow: () => {
      answerNext();
      return waiting.length > 0;
    },
    isAwaited: () => waiting.length > 0,
    quietFor: () => performance.now() - busy,
  };
};

/** Takes out the first who waits for nothing any more; `aheadOf` says how many entries there still are up to one. */
const takeReady = (
  waiting: Waiting[],
  aheadOf: (position: Position) => number,
  pace: Pace,
): Waiting | undefined => {
  const now = performance.now();
  const at = waiting.findIndex(({ until, atLeast, patience }) => {
    const ahead = aheadOf(atLeast);
    // Waiting is of no use where it would be in vain.
    return ahead <= 0 || until <= now || pace.needs(ahead) > IN_VAIN * patience;
  });
  return at === -1 ? undefined : waiting.splice(at, 1)[0];
};

/** How old what was stored at a moment is, as far as that is known; milliseconds, above 0. */
const ageOf = (stored: number | undefined): number => Math.max(1, Date.now() - (stored ?? Date.now()));
