import packageJson from '../../package.json' with { type: 'json' };
import { newMetrics } from '../http/metrics.ts';
import type { Services } from '../http/services.ts';
import { type ServerLog, serverLog } from './server-log.ts';
import type { Settings } from './settings.ts';
import { openTracing } from './tracing.ts';

/** What has gone wrong since the start. */
export type Problems = {
  readonly faults: number;
  readonly lastFault?: { readonly at: string; readonly requestId: string };
};

/** What tells how the server is doing, and that it is about to stop. */
export type Seeing = Pick<Services, 'metrics' | 'stopping' | 'trace'> & {
  readonly log: ServerLog;
  problems(): Problems;
  /** From now on it is about to stop. */
  stop(): void;
  /** It has stopped: sends and writes what is still held. */
  close(): Promise<void>;
};

/** How long the process may take to end by itself, in milliseconds. */
const GRACE = 100;

/** @throws Error when traces are asked for that cannot be made. */
export const openSeeing = async (
  { logLevel }: Settings,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Seeing> => {
  const log = serverLog(logLevel);
  let problems: Problems = { faults: 0 };
  const tracing = await openTracing(environment, packageJson.version, log.untraced);
  const stopping = new AbortController();
  return {
    log: {
      ...log,
      fault: (error, requestId) => {
        problems = {
          faults: problems.faults + 1,
          lastFault: { at: new Date().toISOString(), requestId },
        };
        log.fault(error, requestId);
      },
    },
    problems: () => problems,
    metrics: newMetrics(),
    trace: tracing?.trace,
    stopping: stopping.signal,
    stop: () => {
      stopping.abort();
      log.stopping();
    },
    close: async () => {
      await tracing?.close();
      log.stopped();
      await log.close();
      // A receiver of traces that does not answer is tried for long.
      if (tracing !== undefined) setTimeout(() => process.exit(), GRACE).unref();
    },
  };
};

/** For who looks after all that by themselves. */
export const unseen = (): Pick<Services, 'log' | 'metrics' | 'stopping' | 'trace'> &
  Pick<Seeing, 'problems'> => ({
  problems: () => ({ faults: 0 }),
  log: { answered: () => undefined, evidenceShown: () => undefined, fault: () => undefined },
  metrics: newMetrics(),
  stopping: new AbortController().signal,
});
