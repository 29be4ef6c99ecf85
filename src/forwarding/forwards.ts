import type { AttachmentStore } from '../statements/attachment-store.ts';
import type { Position } from '../statements/statement-query.ts';
import type { StatementStore } from '../statements/statement-store.ts';
import { reject } from '../xapi/rejection.ts';
import { suggestName } from '../xapi/suggest-name.ts';
import { type EgressLimits, openEgress, type Resolve } from './egress.ts';
import { type Failing, type Follower, followTarget } from './follow-target.ts';
import type { DeadLetter, ForwardCursor, ForwardStore, Letters } from './forward-store.ts';
import { credentialsOf } from './hide-credentials.ts';
import type { Target } from './target.ts';

/** Forwarding as it is seen and minded. All but `list` throw a Rejection `not-found` for a target that is not configured. */
export type SeenForwards = {
  list(): Promise<readonly SeenTarget[]>;
  /** Those after a position, in the order of the log. */
  deadLetters(target: string, after: Position, limit: number): Promise<readonly DeadLetter[]>;
  /** Has dead letters sent again, and the target tried at once; answers how many there are of those named. */
  retry(target: string, which: Letters): Promise<number>;
  /** Forgets dead letters, which are then never sent; answers how many there were of those named. */
  discard(target: string, which: Letters): Promise<number>;
};

export type Forwards = SeenForwards & {
  /** Begins to send on; a target that is new is remembered before anything else is stored. */
  start(): Promise<void>;
  /** Lets requests under way end, for some seconds, and keeps how far each target has come. */
  stop(): Promise<void>;
};

/** All moments are milliseconds since 1970. */
export type SeenTarget = {
  readonly name: string;
  readonly endpoint: string;
  /** Everything up to here has been seen to. */
  readonly position: Position;
  /** How many positions of the log are still to be seen to. */
  readonly behind: number;
  readonly lastSuccess?: number;
  /** Since when it takes nothing, why, and when it is tried again. */
  readonly failing?: Failing;
  readonly deadLetters: number;
};

export type ForwardsParts = {
  readonly targets: readonly Target[];
  readonly store: ForwardStore;
  readonly statements: StatementStore;
  readonly attachments: AttachmentStore;
  readonly limits?: EgressLimits;
  readonly resolve?: Resolve;
};

/** Until it is started it only shows and marks what the store keeps. */
export const forwards = (parts: ForwardsParts): Forwards => {
  const { targets, store, statements } = parts;
  const followers = new Map<string, Follower>();

  const known = (name: string): string => {
    const names = targets.map((target) => target.name);
    if (names.includes(name)) return name;
    const meant = suggestName(name, names);
    const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
    throw reject('not-found', '', `There is no target ${name}.${hint}`);
  };

  return {
    list: async () =>
      targets.map((target) => {
        const state = followers.get(target.name)?.state() ?? beginning(parts, target);
        const behind = Math.max(0, statements.head() - state.position);
        const deadLetters = store.countDeadLetters(target.name);
        return { name: target.name, endpoint: target.endpoint, behind, ...state, deadLetters };
      }),
    deadLetters: async (target, after, limit) => store.deadLetters(known(target), after, limit),
    retry: async (target, which) => {
      const count = await store.mark(known(target), which);
      followers.get(target)?.wake();
      return count;
    },
    discard: async (target, which) => store.discard(known(target), which),
    start: async () => {
      for (const target of targets) {
        const cursor = beginning(parts, target);
        if (store.cursor(target.name) === undefined) await store.keep(target.name, { cursor });
        followers.set(
          target.name,
          followTarget({ ...parts, target, egress: egressOf(parts, target) }, cursor),
        );
      }
    },
    stop: async () => {
      await Promise.all([...followers.values()].map((follower) => follower.stop()));
    },
  };
};

const beginning = ({ store, statements }: ForwardsParts, { name, from }: Target): ForwardCursor =>
  store.cursor(name) ?? { position: from === 'start' ? 0 : statements.head() };

const egressOf = ({ limits, resolve }: ForwardsParts, target: Target) => {
  const { endpoint, key, secret, version, allowPrivate } = target;
  const headers = {
    Authorization: `Basic ${credentialsOf(key, secret)}`,
    'X-Experience-API-Version': version,
    Accept: 'application/json',
    'User-Agent': 'Cairn',
  };
  return openEgress({ url: new URL(`${endpoint}/statements`), headers, allowPrivate }, limits, resolve);
};
