import type { DeadLetter, Letters } from '../../forwarding/forward-store.ts';
import type { SeenTarget } from '../../forwarding/forwards.ts';
import { isUuid } from '../../xapi/uuid.ts';
import { readCount } from '../parameters.ts';
import { json } from '../reply.ts';
import type { Services } from '../services.ts';
import type { ApiExchange, ApiHandler } from './api-exchange.ts';
import { bodyMembers } from './body-members.ts';

/** How many dead letters are listed at once. */
const USUAL = 100;
const MOST = 1000;

/** `GET forwards`: how sending on to each target goes. */
export const listForwards =
  ({ forwards }: Services): ApiHandler =>
  async () =>
    json({ forwards: (await forwards.list()).map(targetJson) });

const moment = (milliseconds: number): string => new Date(milliseconds).toISOString();

const targetJson = ({ lastSuccess, failing, ...rest }: SeenTarget) => ({
  ...rest,
  ...(lastSuccess === undefined ? {} : { lastSuccess: moment(lastSuccess) }),
  ...(failing === undefined
    ? {}
    : { failing: { ...failing, since: moment(failing.since), nextTry: moment(failing.nextTry) } }),
});

/** `GET forwards/{name}/dead-letters`: what a target refuses, in the order of the log. */
export const listDeadLetters =
  ({ forwards }: Services): ApiHandler =>
  async ({ argument, parameters }) => {
    const limit = Math.min(readCount(parameters, 'limit') || USUAL, MOST);
    const letters = await forwards.deadLetters(argument, readCount(parameters, 'after') ?? 0, limit + 1);
    const shown = letters.slice(0, limit);
    const last = shown.at(-1);
    const more = letters.length > limit && last !== undefined;
    return json({
      deadLetters: shown.map(letterJson),
      ...(more ? { more: `?after=${last.position}&limit=${limit}` } : {}),
    });
  };

const letterJson = ({ refused, ...rest }: DeadLetter) => ({ ...rest, refused: moment(refused) });

/** `POST forwards/{name}/retries`: has dead letters sent again, all or those of some statements. */
export const retryDeadLetters =
  ({ forwards }: Services): ApiHandler =>
  async (exchange) =>
    json({ marked: await forwards.retry(exchange.argument, lettersOf(exchange)) });

/** `POST forwards/{name}/discards`: forgets dead letters, which are then never sent. */
export const discardDeadLetters =
  ({ forwards }: Services): ApiHandler =>
  async (exchange) =>
    json({ discarded: await forwards.discard(exchange.argument, lettersOf(exchange)) });

const lettersOf = (exchange: ApiExchange): Letters => {
  if (exchange.body.length === 0) return 'all';
  const members = bodyMembers(exchange);
  const ids = members.list('statements', isUuid, 'ids of statements (UUIDs)');
  members.check();
  return ids ?? 'all';
};
