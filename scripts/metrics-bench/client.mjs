import { createConnection } from '../bench/connection.mjs';

/**
 * Asks the API over one connection.
 * @param {import('../bench/connection.mjs').Target} target
 */
export const createClient = async (target) => {
  const connection = createConnection(target);
  await connection.open();
  const exchange = async (method, path, body, isFine = () => false) => {
    const bodies = body === undefined ? {} : { body: [Buffer.from(body)] };
    const answer = await connection.exchange({ method, path, ...bodies });
    const text = answer.body.toString('utf8');
    if (answer.status !== 200 && answer.status !== 201 && !isFine(text))
      throw new Error(`${method} ${path} ${body ?? ''}: ${answer.status} ${text}`);
    return JSON.parse(text);
  };
  return {
    get: (path) => exchange('GET', `/api/v1/${path}`),
    post: (path, body) => exchange('POST', `/api/v1/${path}`, body),
    store: (body) => exchange('POST', '/xapi/statements', body),
    /** A question that would have more groups than are told is turned away, which is an answer too. */
    ask: (text) => exchange('POST', '/api/v1/query', text, (told) => told.includes('groups. Leave some out')),
    close: () => connection.close(),
  };
};

/** Waits until metrics have taken in all that is stored; answers the milliseconds that it took. */
export const caughtUp = async (client, pauseMs = 20) => {
  const begin = performance.now();
  for (;;) {
    const { behind } = await client.get('freshness');
    if (behind === 0) return performance.now() - begin;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
};
