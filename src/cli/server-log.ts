import { pino } from 'pino';
import type { Log } from '../http/log.ts';
import type { Visit } from '../http/visit.ts';
import { faultText } from './fault-text.ts';
import { sparingly } from './sparingly.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** What the server tells who runs it: JSON, a line each. */
export type ServerLog = Log & {
  started(told: { readonly version: string; readonly listening: string; readonly storage: string }): void;
  stopping(): void;
  stopped(): void;
  /** Traces could not be delivered. */
  untraced(): void;
  /** Something that is kept is not as it was written. */
  damaged(error: Error): void;
  /** The store could not write. */
  failed(error: Error): void;
  /** Something that nobody has caught. */
  uncaught(error: unknown): void;
  /** Writes what is still held, if anybody reads it; nothing is told any more after that. */
  close(): Promise<void>;
};

/** A request that takes longer, in milliseconds, is told of. */
const SLOW = 1000;
/** So many lines of a kind that anybody can bring about are written a second; the rest is counted. */
const MOST_A_SECOND = 20;
/** In bytes: more is not held for a reader that does not read. */
const MOST_HELD = 4 * 1024 * 1024;
/** How long a reader is waited for in the end, in milliseconds. */
const PATIENCE = 1000;
/** In bytes: lines are gathered where there may be one for each request. */
const GATHERED = 4096;

/** Writes to a file descriptor; stderr unless it is said. */
export const serverLog = (level: LogLevel, fd = 2): ServerLog => {
  const eager = level === 'debug' || level === 'trace';
  const destination = pino.destination({
    dest: fd,
    sync: false,
    minLength: eager ? GATHERED : 0,
    maxLength: MOST_HELD,
    ...(eager ? { periodicFlush: 1000 } : {}),
  });
  // Whoever reads it may be gone, or its disk full: that is no reason to end.
  destination.on('error', () => undefined);
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  const mayWarn = sparingly(MOST_A_SECOND);
  const isDebug = logger.isLevelEnabled('debug');
  return {
    answered: (visit) => {
      const kind = kindOf(visit);
      if (kind === undefined) {
        if (isDebug) logger.debug(fieldsOf(visit), 'request');
        return;
      }
      const unsaid = mayWarn(kind);
      if (unsaid === undefined) return;
      logger.warn({ ...fieldsOf(visit), ...(unsaid > 0 ? { unsaid } : {}) }, kind);
    },
    evidenceShown: ({ credential, definition, queryHash, seq, rows, persons }) =>
      logger.info({ credential, definition, queryHash, seq, rows, persons }, 'evidence shown'),
    fault: (error, requestId) => logger.error({ requestId, fault: faultText(error) }, 'fault'),
    started: ({ version, listening, storage }) => {
      logger.info({ version, listening, storage, pid: process.pid, node: process.version }, 'started');
    },
    stopping: () => logger.info('stopping'),
    stopped: () => logger.info('stopped'),
    untraced: () => {
      if (mayWarn('traces') !== undefined) logger.warn('traces could not be delivered');
    },
    damaged: ({ message }) => logger.error({ found: message }, 'damage on the disk'),
    failed: (error) => logger.fatal({ fault: faultText(error) }, 'the store could not write'),
    uncaught: (error) => logger.fatal({ fault: faultText(error) }, 'a fault that nobody has caught'),
    close: () =>
      new Promise((resolve) => {
        destination.once('close', resolve);
        setTimeout(resolve, PATIENCE).unref();
        destination.end();
      }),
  };
};

/** What about a request is worth a line of its own, if anything. */
const kindOf = ({ reason, milliseconds }: Visit): string | undefined => {
  if (reason === 'unauthenticated') return 'login refused';
  if (reason === 'unavailable') return 'unavailable';
  return milliseconds >= SLOW ? 'slow request' : undefined;
};

/** Each by its name: nothing is written that does not stand here. */
const fieldsOf = (visit: Visit) => {
  const { id, traceId, method, route, status, milliseconds } = visit;
  const { bytesIn, bytesOut, credential, reason, address } = visit;
  return {
    requestId: id,
    ...(traceId === '' ? {} : { traceId }),
    method,
    route,
    status,
    milliseconds: Math.round(milliseconds * 1000) / 1000,
    bytesIn,
    bytesOut,
    ...(credential === '' ? {} : { credential }),
    ...(reason === '' ? {} : { reason }),
    ...(reason === 'unauthenticated' ? { address } : {}),
  };
};
