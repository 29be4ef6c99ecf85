import { setTimeout as sleep } from 'node:timers/promises';
import { isInUse } from '../../credentials/credential.ts';
import type { CredentialStore } from '../../credentials/credential-store.ts';
import { nameOf, type Principal } from '../../credentials/principal.ts';
import type { Position, StatementQuery } from '../../statements/statement-query.ts';
import type { StatementStore } from '../../statements/statement-store.ts';
import { reject } from '../../xapi/rejection.ts';
import { readFilters } from '../get-statements.ts';
import { invalid, readCount } from '../parameters.ts';
import type { Services } from '../services.ts';
import type { ApiExchange, ApiHandler } from './api-exchange.ts';

/** How many are read at once; a slow reader is never ahead of itself by more. */
const AT_ONCE = 50;
/** In milliseconds: how soon a stream looks again at most; what is stored meanwhile it tells in one go. */
const LOOKS_EVERY = 100;
/** In milliseconds: how often a stream that has nothing to tell says that it is there. */
const SILENCE = 15_000;
/** In milliseconds: how long who came with a token of an issuer may read before it has to be shown again. */
const TOKEN_GOOD_FOR = 5 * 60_000;
/** How many streams there may be at once. */
const MOST_STREAMS = 100;
const MOST_OF_ONE = 20;

/**
 * `GET statements/stream`: Server-Sent Events, one for each statement that matches, in the order of storing. The id of
 * an event is its position: `Last-Event-ID`, or `after`, goes on behind it; without either only what comes is told. It
 * ends when its key does, and after some minutes when it was opened with a token.
 */
export const streamStatements = ({ statements, credentials, stopping }: Services): ApiHandler => {
  const open = new Map<string, number>();
  const count = (name: string): number => open.get(name) ?? 0;
  return async (exchange) => {
    const filters = readFilters(exchange.parameters);
    const head = statements.head();
    const after = positionOf(exchange) ?? head;
    // As after a restore of an older backup: what comes till then would be missed in silence.
    if (after > head)
      throw invalid('after', `The last position is ${head}; read again from where it is right.`);
    const name = nameOf(exchange.principal);
    checkRoom(
      count(name),
      [...open.values()].reduce((sum, one) => sum + one, 0),
    );
    const isLetIn = standingOf(credentials, exchange.principal);
    return {
      status: 200,
      headers: { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' },
      stream: async function* events(closed) {
        const ended = AbortSignal.any([closed, stopping]);
        open.set(name, count(name) + 1);
        try {
          yield `retry: 2000\nid: ${after}\n\n`;
          const query = { ...filters, ascending: true, limit: AT_ONCE };
          yield* eventsAfter(statements, query, after, {
            ended,
            mayRead: () => !ended.aborted && isLetIn(),
          });
        } finally {
          open.set(name, count(name) - 1);
          if (count(name) === 0) open.delete(name);
        }
      },
    };
  };
};

const checkRoom = (own: number, all: number): void => {
  const most = own >= MOST_OF_ONE ? MOST_OF_ONE : MOST_STREAMS;
  if (own < MOST_OF_ONE && all < MOST_STREAMS) return;
  throw reject('unavailable', '', `There are ${most} streams already; close some of them.`);
};

/** Tells whether who has opened a stream would still be let in. */
const standingOf = (credentials: CredentialStore, { credential }: Principal): (() => boolean) => {
  const opened = performance.now();
  const secretHash = credentials.find(credential)?.secretHash;
  return () => {
    const known = credentials.find(credential);
    if (known === undefined) return performance.now() - opened < TOKEN_GOOD_FOR;
    return known.secretHash === secretHash && isInUse(known, Date.now() * 1000);
  };
};

const positionOf = ({ parameters, header }: ApiExchange): Position | undefined => {
  const last = header('last-event-id');
  if (last === undefined || last === '') return readCount(parameters, 'after');
  if (!/^\d{1,15}$/.test(last))
    throw invalid('Last-Event-ID', 'Last-Event-ID is the id of an event of this stream.');
  return Number(last);
};

type Listener = {
  readonly ended: AbortSignal;
  /** Asked before each page. */
  mayRead(): boolean;
};

async function* eventsAfter(
  statements: StatementStore,
  query: StatementQuery,
  after: Position,
  { ended, mayRead }: Listener,
): AsyncGenerator<string> {
  for (let behind = after; mayRead(); ) {
    // Asked for before reading: what is stored meanwhile is not slept over.
    const more = somethingOrSilence(statements, ended);
    const looked = performance.now();
    const head = statements.head();
    const page = await statements.page({ ...query, behind });
    for (const { position, text } of page.statements) yield `id: ${position}\ndata: ${text}\n\n`;
    behind = page.statements.at(-1)?.position ?? behind;
    if (page.behind !== undefined) {
      more.cancel();
      continue;
    }
    const passed = head > behind ? `id: ${head}\n` : '';
    behind = Math.max(behind, head);
    if ((await more.told) === 'silence') yield `: nothing new\n${passed}\n`;
    await notBefore(looked + LOOKS_EVERY, ended);
  }
}

const notBefore = async (moment: number, ended: AbortSignal): Promise<void> => {
  const early = moment - performance.now();
  if (early > 0) await sleep(early, undefined, { signal: ended }).catch(() => undefined);
};

/** Resolves when something is stored, when nothing has been for long, or at the end. */
const somethingOrSilence = (
  statements: StatementStore,
  ended: AbortSignal,
): { readonly told: Promise<'something' | 'silence' | 'end'>; cancel(): void } => {
  let cancel = (): void => undefined;
  const told = new Promise<'something' | 'silence' | 'end'>((resolve) => {
    const done = (what: 'something' | 'silence' | 'end') => {
      clearTimeout(timer);
      stop();
      ended.removeEventListener('abort', end);
      resolve(what);
    };
    const end = () => done('end');
    const timer = setTimeout(done, SILENCE, 'silence').unref();
    const stop = statements.watch(() => done('something'));
    ended.addEventListener('abort', end);
    cancel = end;
  });
  return { told, cancel: () => cancel() };
};
