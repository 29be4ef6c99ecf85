import { sign, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const fixture = (name: string): string => readFileSync(join('test', 'fixtures', name), 'utf8');

/** A certificate of the fixtures as `x5c` carries it. */
export const certificateOf = (name: string): string =>
  new X509Certificate(fixture(`${name}-certificate.pem`)).raw.toString('base64');

const DIGESTS: Readonly<Record<string, string>> = { RS384: 'sha384', RS512: 'sha512' };

/** A JWS in compact form, signed with the key of the fixtures. */
export const signed = (
  payload: unknown,
  header: Readonly<Record<string, unknown>> = { alg: 'RS256' },
): string => {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const input = [JSON.stringify(header), text]
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
  const digest = DIGESTS[String(header['alg'])] ?? 'sha256';
  return `${input}.${sign(digest, Buffer.from(input), fixture('signer-key.pem')).toString('base64url')}`;
};
