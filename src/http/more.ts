import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
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

/** In bytes: what a query may have in all, so that its link fits into a request line even where nothing is repeated. */
const MOST_ASKED = 24_576;

/** @throws Rejection `parameter-invalid` for a query whose `more` link could not be followed. */
export const checkFollowable = ({ parameters, language = '' }: MoreRequest): void => {
  let length = Buffer.byteLength(language);
  for (const [name, value] of parameters) length += name.length + Buffer.byteLength(value);
  if (length <= MOST_ASKED) return;
  const message = `The parameters have ${length} bytes; those of a list may have ${MOST_ASKED}, so that its more link can be followed.`;
  throw reject('parameter-invalid', '', message, 'Communication 2.1.3');
};

const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;
const POSITION = 8;

/**
 * A path-absolute link to the next page (ST-11): all that is needed stands in it, so that it holds for as long as the
 * installation does. It is encrypted: the position would tell how much others have stored. That comes first and has
 * always the same length, so that not even the link's length tells it.
 */
export const writeMore = (endpoint: string, key: Buffer, request: MoreRequest): string => {
  const { parameters, behind = 0, language } = request;
  const position = Buffer.alloc(POSITION);
  position.writeBigUInt64BE(BigInt(behind));
  const asked = deflateRawSync(JSON.stringify([Object.fromEntries(parameters), language]));
  const token = encrypt(Buffer.concat([position, asked]), key);
  return `${endpoint}/statements/more/${token.toString('base64url')}`;
};

/** @throws Rejection `parameter-invalid` for what this installation has not written. */
export const readMore = (token: string, key: Buffer): MoreRequest => {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length < NONCE + TAG + POSITION || bytes.toString('base64url') !== token) throw unknownLink();
  const text = decrypt(bytes, key);
  const [parameters, language] = JSON.parse(inflateRawSync(text.subarray(POSITION)).toString()) as [
    Record<string, string>,
    string | null,
  ];
  return {
    parameters: new Map(Object.entries(parameters)),
    behind: Number(text.readBigUInt64BE()),
    ...(typeof language === 'string' ? { language } : {}),
  };
};

/** The nonce is drawn from what is encrypted: it comes again only with the same, and the same page has one link. */
const encrypt = (text: Buffer, key: Buffer): Buffer => {
  const nonce = derived(key, 'more nonce', text).subarray(0, NONCE);
  const cipher = createCipheriv(CIPHER, derived(key, 'more key'), nonce);
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
};

const decrypt = (bytes: Buffer, key: Buffer): Buffer => {
  const cipher = createDecipheriv(CIPHER, derived(key, 'more key'), bytes.subarray(0, NONCE), {
    authTagLength: TAG,
  });
  cipher.setAuthTag(bytes.subarray(-TAG));
  const text = cipher.update(bytes.subarray(NONCE, -TAG));
  try {
    return Buffer.concat([text, cipher.final()]);
  } catch {
    throw unknownLink();
  }
};

const derived = (key: Buffer, purpose: string, text: Buffer | string = ''): Buffer =>
  createHmac('sha256', key).update(`${purpose}\n`).update(text).digest();

const unknownLink = (): Rejection =>
  reject(
    'parameter-invalid',
    '/more',
    'This is not a more link of this LRS, or it has been cut.',
    'Communication 2.1.3',
  );
