import { isUtf8 } from 'node:buffer';
import { type KeyObject, verify, X509Certificate } from 'node:crypto';
import { equivalent } from './equivalence.ts';
import { parseExactly } from './exact-numbers.ts';
import { type Rejection, reject } from './rejection.ts';
import { readJson } from './scan-json.ts';
import type { Family, Statement } from './statement.ts';

/** The usageType of the attachment that carries a statement's signature (Data 2.6). */
export const SIGNATURE_USAGE = 'http://adlnet.gov/expapi/attachments/signature';

/** `verified` against the certificate that the signature brings along; `no-key` when it brings none (SG-4). */
export type Verdict = 'verified' | 'no-key';

const DIGESTS = new Map([
  ['RS256', 'sha256'],
  ['RS384', 'sha384'],
  ['RS512', 'sha512'],
]);

type Header = { readonly digest: string; readonly certificate: string | undefined };

/** Section 2.6 of 1.0.3's part Data, 4.2.6 of 2.0.0. */
const wrong = (message: string, family: Family): Rejection =>
  reject('signature-invalid', '', message, family === '1.0.3' ? 'Data 2.6' : '4.2.6');

const decodePart = (part: string, name: string, family: Family): Buffer => {
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') === part) return bytes;
  throw wrong(`The ${name} of the JWS is not base64url without padding (RFC 7515).`, family);
};

const decodeJson = (part: string, name: string, family: Family): Readonly<Record<string, unknown>> => {
  const bytes = decodePart(part, name, family);
  if (!isUtf8(bytes)) throw wrong(`The ${name} of the JWS is not UTF-8.`, family);
  const value = readStrictly(bytes.toString('utf8'), name, family);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw wrong(`The ${name} of the JWS is not a JSON object.`, family);
};

const readStrictly = (text: string, name: string, family: Family): unknown => {
  try {
    readJson(text);
    return parseExactly(text);
  } catch (error) {
    throw wrong(`The ${name} of the JWS cannot be read: ${(error as Error).message}`, family);
  }
};

const readHeader = (part: string, family: Family): Header => {
  const { alg, crit, x5c } = decodeJson(part, 'header', family);
  const digest = DIGESTS.get(String(alg));
  if (digest === undefined) throw wrong('The alg of the JWS has to be RS256, RS384 or RS512.', family);
  if (crit !== undefined) throw wrong('The JWS header has a crit that this LRS does not understand.', family);
  if (x5c === undefined) return { digest, certificate: undefined };
  const certificate: unknown = Array.isArray(x5c) ? x5c[0] : undefined;
  if (typeof certificate !== 'string')
    throw wrong('The x5c of the JWS has to be a list of certificates.', family);
  return { digest, certificate };
};

const readKey = (certificate: string, family: Family): KeyObject => {
  const key = publicKeyOf(Buffer.from(certificate, 'base64'));
  if (key?.asymmetricKeyType === 'rsa') return key;
  throw wrong(
    'The first x5c of the JWS is not the base64 DER of an X.509 certificate with an RSA key.',
    family,
  );
};

const publicKeyOf = (der: Buffer): KeyObject | undefined => {
  try {
    return new X509Certificate(der).publicKey;
  } catch {
    return undefined;
  }
};

/** False as well for a key that is too small for the digest. */
const agrees = (digest: string, input: Buffer, key: KeyObject, signature: Buffer): boolean => {
  try {
    return verify(digest, input, key, signature);
  } catch {
    return false;
  }
};

/** A statement as it was before it was signed. */
const withoutSignatures = (statement: Statement): Statement => {
  const { attachments, ...rest } = statement;
  if (!Array.isArray(attachments)) return statement;
  const others = attachments.filter((attachment) => attachment?.usageType !== SIGNATURE_USAGE);
  return others.length === 0 ? rest : { ...rest, attachments: others };
};

/**
 * Checks the signature of a statement (SG-2 to SG-4): a JWS in compact form by RS256, RS384 or RS512, whose payload
 * is equivalent to the statement without its signatures, and whose bytes agree with the first certificate of `x5c`
 * if there is one. The certificate's own trust and dates are not judged, nothing is fetched.
 *
 * @param jws the bytes of the signature attachment
 * @param statement with its numbers as {@link exactStatement} has them
 * @throws Rejection `signature-invalid`
 */
export const checkSignature = (
  jws: Buffer | string,
  statement: Statement,
  family: Family,
): { verdict: Verdict } => {
  const parts = (typeof jws === 'string' ? jws : jws.toString('latin1')).split('.', 4);
  if (parts.length !== 3) throw wrong('This is not a JWS in compact form: header.payload.signature.', family);
  const [head, payload, tail] = parts as [string, string, string];
  const { digest, certificate } = readHeader(head, family);
  const signed = decodeJson(payload, 'payload', family) as Statement;
  const signature = decodePart(tail, 'signature', family);
  if (signature.length === 0) throw wrong('The JWS has no signature.', family);
  if (!equivalent(withoutSignatures(statement), withoutSignatures(signed), family)) {
    throw wrong('The payload of the JWS is not this statement as it was before it was signed.', family);
  }
  if (certificate === undefined) return { verdict: 'no-key' };
  const input = Buffer.from(`${head}.${payload}`, 'latin1');
  if (agrees(digest, input, readKey(certificate, family), signature)) return { verdict: 'verified' };
  throw wrong('The signature does not agree with the first certificate of x5c.', family);
};
