import type { IncomingMessage } from 'node:http';
import type { Reply } from '../exchange.ts';

const EXPOSED = 'ETag, Location, Retry-After, WWW-Authenticate, X-Request-Id';

/** What stands on every answer of `/api/v1`: scripts of named origins may read them, and no others. */
export const apiHeaders = (
  { headers }: IncomingMessage,
  allowed: readonly string[],
): Record<string, string> => {
  const { origin } = headers;
  const common = { Vary: 'Origin' };
  if (origin === undefined || !allowed.includes(origin)) return common;
  return { ...common, 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': EXPOSED };
};

export const preflightOf = (request: IncomingMessage, allowed: readonly string[]): Reply => {
  const { origin } = request.headers;
  if (origin === undefined || !allowed.includes(origin)) return { status: 204 };
  return {
    status: 204,
    headers: {
      'Access-Control-Allow-Methods': 'GET, HEAD, POST, PATCH, DELETE, OPTIONS',
      'Access-Control-Allow-Headers':
        'Authorization, Content-Type, If-None-Match, Last-Event-ID, X-Request-Id',
      'Access-Control-Max-Age': '7200',
    },
  };
};
