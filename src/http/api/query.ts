import type { Principal } from '../../credentials/principal.ts';
import type { Access } from '../../metrics/metrics.ts';
import { mediaTypeOf } from '../../xapi/media-type.ts';
import { reject } from '../../xapi/rejection.ts';
import { readJson } from '../../xapi/scan-json.ts';
import { has } from '../policy.ts';
import type { Services } from '../services.ts';
import type { ApiHandler } from './api-exchange.ts';

/** In milliseconds: how long an answer waits for what has just been stored. */
const PATIENCE = 100;

/** What a credential may be told by metrics. */
const accessOf = (principal: Principal): Access => ({
  small: has(principal, 'all', 'all/read', 'metrics/read/small', 'metrics/evidence'),
  names: has(principal, 'all', 'all/read', 'metrics/evidence'),
});

/** `POST query`: metrics by dimensions. */
export const postQuery =
  ({ learning, statements }: Services): ApiHandler =>
  async ({ principal, body, header }) => {
    if (mediaTypeOf(header('content-type') ?? '') !== 'application/json')
      throw reject('header-invalid', '/Content-Type', 'The body is to be application/json.');
    const query = readJson(body.toString('utf8'));
    const wait = { atLeast: statements.head(), patience: PATIENCE };
    const text = await learning.ask({ kind: 'query', query, access: accessOf(principal) }, wait);
    return { status: 200, headers: { 'Content-Type': 'application/json' }, body: text };
  };
