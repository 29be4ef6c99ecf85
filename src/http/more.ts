import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Position } from '../statements/statement-query.ts';
import { type Rejection, reject } from '../xapi/rejection.ts';
import type { Parameters } from './parameters.ts';

/** What a page was asked for, and behind which position the next one begins. */
export type MoreRequest = {
  readonly parameters: Parameters;
  readonly behind?: Position;
  /** The Accept-Language of the first request. */
  readonly language?: string;
};

/**
 * A path-absolute link to the next page (ST-11): all that is needed stands in it, under an HMAC, so that it holds for
 * as long as the installation does.
 */
export const writeMore = (endpoint: string, key: Buffer, request: MoreRequest): string => {
  const { parameters, behind, language } = request;
  const payload = Buffer.from(JSON.stringify([behind, Object.fromEntries(parameters), language])).toString(
    'base64url',
  );
  return `${endpoint}/statements/more/${payload}.${signatureOf(payload, key).toString('base64url')}`;
};

/** @throws Rejection `parameter-invalid` for what this installation has not written. */
export const readMore = (token: string, key: Buffer): MoreRequest => {
  const [payload = '', signature = ''] = token.split('.');
  const expected = signatureOf(payload, key);
  const sent = Buffer.from(signature, 'base64url');
  if (sent.length !== expected.length || !timingSafeEqual(sent, expected)) throw unknownLink();
  const [behind, parameters, language] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [
    Position,
    Record<string, string>,
    string | null,
  ];
  return {
    parameters: new Map(Object.entries(parameters)),
    behind,
    ...(typeof language === 'string' ? { language } : {}),
  };
};

const signatureOf = (payload: string, key: Buffer): Buffer =>
  createHmac('sha256', key).update(payload).digest().subarray(0, 16);

const unknownLink = (): Rejection =>
  reject(
    'parameter-invalid',
    '/more',
    'This is not a more link of this LRS, or it has been cut.',
    'Communication 2.1.3',
  );
