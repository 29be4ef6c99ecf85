import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import {
  type FollowedEntry,
  type Follower,
  follower,
  restoredFollower,
} from '../../../src/metrics/follower.ts';
import type { Part } from '../../../src/metrics/parts.ts';
import { stateRows } from '../../../src/metrics/state/state-digest.ts';
import { linesOf } from './oracle-state.ts';

/** What may happen between two entries: state is asked for, a part is kept, or the process starts again. */
export const ACTS = ['go on', 'go on', 'go on', 'settle', 'keep', 'start again'] as const;
export type Act = (typeof ACTS)[number];
export const acts = fc.array(fc.constantFrom(...ACTS), { minLength: 1, maxLength: 24, size: 'max' });

const readerOf =
  (log: readonly FollowedEntry[]) =>
  (position: number): FollowedEntry | undefined =>
    log[position - 1];

/** Follows a log, as a server does that keeps parts at times, and at times is killed and started again. */
export const followStream = (
  log: readonly FollowedEntry[],
  between: readonly Act[] = ['go on'],
): Follower => {
  const entryAt = readerOf(log);
  const parts: Buffer[] = [];
  let following = follower(entryAt);
  const act: Readonly<Record<Act, () => void>> = {
    'go on': () => undefined,
    settle: () => following.world.settle(),
    keep: () => {
      if (following.waiting() > 0) parts.push(serialize(following.cut()));
    },
    'start again': () => {
      following = restoredFollower(
        entryAt,
        parts.map((part) => deserialize(part) as Part),
      );
    },
  };
  let steps = 0;
  while (following.world.upto() < log.length) {
    following.take(entryAt(following.world.upto() + 1) as FollowedEntry);
    const next = between[steps % between.length] as Act;
    steps += 1;
    // Who starts again without having kept anything would never come to an end.
    act[steps > 3 * log.length && next === 'start again' ? 'keep' : next]();
  }
  following.world.settle();
  return following;
};

/** The state of a world, with statements by their ids. */
export const linesOfWorld = ({ world }: Follower, log: readonly FollowedEntry[]): readonly string[] => {
  const ids = log.map(({ kind, text }) =>
    kind === 'statement' ? (JSON.parse(text) as { id: string }).id.toLowerCase() : '',
  );
  return linesOf(stateRows(world, (position) => ids[position - 1] as string));
};
