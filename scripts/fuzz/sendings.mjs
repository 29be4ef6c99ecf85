import { pick } from '../bench/random.mjs';

/** @typedef {import('./lane.mjs').Sending} Sending */

/** Requests under a credential. */
export const createSendings = ({ key, secret }) => {
  const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
  /** @returns {Sending} */
  const request = (method, target, family, { headers = [], body } = {}) => ({
    method,
    target,
    headers: [['Authorization', authorization], ['X-Experience-API-Version', family], ...headers],
    ...(body === undefined ? {} : { body: Buffer.isBuffer(body) ? body : Buffer.from(body) }),
  });
  const json = (method, target, family, body, contentType = 'application/json') =>
    request(method, target, family, { headers: [['Content-Type', contentType]], body });
  const lookUp = (id, family = '2.0.0', more = '') =>
    request('GET', `/xapi/statements?statementId=${encodeURIComponent(id)}${more}`, family);
  return { authorization, request, json, lookUp };
};

export const query = (parameters) =>
  Object.entries(parameters)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');

export const family = (random) => pick(random, ['1.0.3', '2.0.0']);

/** How long a URL may be that surely fits into a request, and into the link to its next page. */
const MOST_OF_URL = 20_000;

/** Makes a text again until it is short enough for a URL. */
export const shortEnough = (make) => {
  for (;;) {
    const text = make();
    if (text.length < MOST_OF_URL) return text;
  }
};
