import { hash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Authenticate } from './authenticate.ts';
import type { BodyBudgets } from './body-budget.ts';
import { forOperators } from './for-operators.ts';
import type { Services } from './services.ts';

/**
 * The figures for Prometheus, for who has the scrapers' token or a key with scope admin: they tell how much business is
 * done here.
 */
export const getMetrics = (
  services: Services,
  authenticate: Authenticate,
  { strangers, known }: BodyBudgets,
): RequestHandler => {
  const { metrics, figures, isStopping, settings } = services;
  const isToken = tokenChecker(settings.metricsToken);
  return forOperators(services, authenticate, {
    route: 'metrics',
    isAdmitted: ({ headers }) => isToken(headers.authorization),
    make: async () => ({
      status: 200,
      headers: { 'Content-Type': metrics.contentType },
      body: await metrics.text({
        store: figures(),
        heldBytes: strangers.held() + known.held(),
        isStopping: isStopping(),
      }),
    }),
  });
};

/** Compares with a Bearer token in constant time. */
const tokenChecker = (token: string | undefined): ((authorization?: string) => boolean) => {
  if (token === undefined) return () => false;
  const known = hash('sha256', token, 'buffer');
  return (authorization = '') => {
    const sent = /^bearer +(\S+)$/i.exec(authorization)?.[1];
    return sent !== undefined && timingSafeEqual(known, hash('sha256', sent, 'buffer'));
  };
};
