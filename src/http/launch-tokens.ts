import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { hashSecret, newSecret } from '../credentials/credential.ts';
import type { CredentialStore } from '../credentials/credential-store.ts';
import { reject } from '../xapi/rejection.ts';
import type { Reply } from './exchange.ts';
import { ANY_ORIGIN, json, preflight, refusal, replyToError, send } from './reply.ts';
import type { Services } from './services.ts';

/** The id of a launch's credential: 80 random bits. */
export const newLaunchId = (): string => `cl_${randomBytes(10).toString('hex')}`;

/**
 * `POST /launch/<token>` (the fetch URL of cmi5 8.2): gives the credential of a launch once, however many ask at once;
 * whoever comes later is told so with status 200, as cmi5 8.2.2 and 8.2.3 have it.
 */
export const launchTokens =
  ({ credentials, settings }: Services): RequestHandler =>
  async (request, response) => {
    const common = { ...ANY_ORIGIN, 'Referrer-Policy': 'no-referrer' };
    const reply = await answer(request, credentials).catch((error) =>
      replyToError(error, 'launch', settings.onFault),
    );
    send(response, reply, common);
  };

const answer = async ({ method, path }: Request, credentials: CredentialStore): Promise<Reply> => {
  if (method === 'OPTIONS') return preflight;
  if (method !== 'POST') {
    const { headers, ...rest } = refusal(reject('method-not-allowed', '', 'A fetch URL takes POST alone.'));
    return { ...rest, headers: { ...headers, Allow: 'POST, OPTIONS' } };
  }
  const [id = '', token = ''] = path.slice(1).split('.');
  const credential = credentials.find(id);
  if (credential?.bounds === undefined) return refused('2', 'There is no such launch.');
  if (credential.fetchHash === undefined) return refused('1', 'Already in use: this has been fetched.');
  const secret = newSecret();
  if (!(await credentials.fetch(id, hashSecret(token), hashSecret(secret)))) {
    const isFetched = credentials.find(id)?.fetchHash === undefined;
    return isFetched
      ? refused('1', 'Already in use: this has been fetched.')
      : refused('2', 'This launch is over, or the URL is not that of one.');
  }
  return json({ 'auth-token': Buffer.from(`${id}:${secret}`).toString('base64') });
};

const refused = (code: '1' | '2', text: string): Reply => json({ 'error-code': code, 'error-text': text });
