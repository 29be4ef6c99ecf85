import type { Services } from './services.ts';
import type { Onlooker } from './visit.ts';

/** Tells all who look on that a visit is over. */
export const onlookers = ({ log, metrics, trace }: Services): Onlooker => {
  return (visit) => {
    if (trace !== undefined) visit.traceId = trace(visit);
    metrics.answered(visit);
    log.answered(visit);
  };
};
