import packageJson from '../../package.json' with { type: 'json' };
import { newMetrics } from '../http/metrics.ts';
import type { Services } from '../http/services.ts';
import { type ServerLog, serverLog } from './server-log.ts';
import type { Settings } from './settings.ts';
import { openTracing } from './tracing.ts';

/** What tells how the server is doing, and that it is about to stop. */
export type Seeing = Pick<Services, 'metrics' | 'isStopping' | 'trace'> & {
  readonly log: ServerLog;
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
  const tracing = await openTracing(environment, packageJson.version, log.untraced);
  let isStopping = false;
  return {
    log,
    metrics: newMetrics(),
    trace: tracing?.trace,
    isStopping: () => isStopping,
    stop: () => {
      isStopping = true;
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
export const unseen = (): Pick<Services, 'log' | 'metrics' | 'isStopping' | 'trace'> => ({
  log: { answered: () => undefined, fault: () => undefined },
  metrics: newMetrics(),
  isStopping: () => false,
});
