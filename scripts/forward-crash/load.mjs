import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createStatements } from '../bench/statements.mjs';
import { writeParts } from '../crash/multipart.mjs';

const BATCH = 50;
/** Every so many batches one of its statements has an attachment, small and large in turn. */
const ATTACHED_EVERY = 20;
const SIZES = [3000, 100_000];
const AGAIN_MILLISECONDS = 100;
const BOUNDARY = 'cairn-forward-crash-boundary';

const fileOf = (number) => {
  const body = Buffer.alloc(SIZES[number % SIZES.length], `attachment ${number};`);
  const sha2 = createHash('sha256').update(body).digest('hex');
  return { sha2, contentType: 'application/octet-stream', body };
};

const attach = (text, { sha2, contentType, body }) => {
  const attachment = { usageType: 'https://example.org/usage', display: { en: 'work' }, contentType, sha2 };
  return `${text.slice(0, -1)},"attachments":[${JSON.stringify({ ...attachment, length: body.length })}]}`;
};

/**
 * Sends statements in batches, each until it is acknowledged.
 * @param {{ client: any, seed: number, statements: number, mayGoOn: (done: number) => Promise<void> }} parts
 * @returns {Promise<{ sent: Map<string, string>, files: Map<string, any>, repeated: number }>} id → text, id → its file
 */
export const runLoad = async ({ client, seed, statements, mayGoOn }) => {
  const { next } = createStatements(seed);
  const sent = new Map();
  const files = new Map();
  let repeated = 0;
  for (let batch = 0; sent.size < statements; batch += 1) {
    const texts = Array.from({ length: Math.min(BATCH, statements - sent.size) }, () => next().text);
    const file = batch % ATTACHED_EVERY === 0 ? fileOf(batch / ATTACHED_EVERY) : undefined;
    if (file !== undefined) {
      texts[0] = attach(texts[0], file);
      files.set(JSON.parse(texts[0]).id, file);
    }
    for (const text of texts) sent.set(JSON.parse(text).id, text);
    repeated += await untilAcknowledged(client, bodyOf(texts, file));
    await mayGoOn(sent.size);
  }
  return { sent, files, repeated };
};

const bodyOf = (texts, file) => {
  const statements = `[${texts.join(',')}]`;
  if (file === undefined) return { contentType: 'application/json', body: statements };
  return writeParts(statements, [file], BOUNDARY);
};

/** Answers how often it had to be sent again. */
const untilAcknowledged = async (client, { contentType, body }) => {
  for (let again = 0; ; again += 1) {
    const headers = { 'Content-Type': contentType };
    const answer = await client
      .send({ method: 'POST', path: 'statements', headers, body })
      .catch(() => undefined);
    if (answer?.status === 200) return again;
    if (answer !== undefined && answer.status !== 503) {
      throw new Error(`the load was answered with ${answer.status}: ${answer.body}`);
    }
    await sleep(AGAIN_MILLISECONDS);
  }
};
