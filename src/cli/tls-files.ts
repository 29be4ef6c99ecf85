import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { Tls } from '../http/create-server.ts';

/** Reads both files; undefined when there are none, or when `complaints` have been made of them. */
export const readTlsFiles = (
  certPath: string | undefined,
  keyPath: string | undefined,
  complaints: string[],
): Tls | undefined => {
  const before = complaints.length;
  if ((certPath === undefined) !== (keyPath === undefined)) {
    complaints.push('CAIRN_TLS_CERT_FILE and CAIRN_TLS_KEY_FILE go together.');
  }
  const cert = readPem('CAIRN_TLS_CERT_FILE', certPath, certificate, complaints);
  const key = readPem('CAIRN_TLS_KEY_FILE', keyPath, privateKey, complaints);
  if (cert === undefined || key === undefined) return undefined;
  complaints.push(...oddTogether(cert, key));
  return complaints.length === before ? { cert: cert.pem, key: key.pem } : undefined;
};

/** What a file is to hold. */
type Kind<Held> = { readonly what: string; read(pem: Buffer): Held };

const certificate: Kind<X509Certificate> = {
  what: 'certificate in PEM',
  read: (pem) => new X509Certificate(pem),
};
const privateKey: Kind<KeyObject> = {
  what: 'private key in PEM that needs no passphrase',
  read: (pem) => createPrivateKey(pem),
};

type Pem<Held> = { readonly pem: Buffer; readonly held: Held };

const readPem = <Held>(
  name: string,
  path: string | undefined,
  { what, read }: Kind<Held>,
  complaints: string[],
): Pem<Held> | undefined => {
  if (path === undefined) return undefined;
  const pem = contentOf(path);
  if (pem === undefined) {
    complaints.push(`${name} names ${path}, which cannot be read.`);
    return undefined;
  }
  try {
    // X509Certificate reads DER as well, which https does not.
    if (pem.includes('-----BEGIN ')) return { pem, held: read(pem) };
  } catch {
    // As for what is no PEM.
  }
  complaints.push(`${name} names ${path}, which holds no ${what}.`);
  return undefined;
};

const contentOf = (path: string): Buffer | undefined => {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
};

const oddTogether = (cert: Pem<X509Certificate>, key: Pem<KeyObject>): readonly string[] => {
  if (!cert.held.checkPrivateKey(key.held)) {
    return ['CAIRN_TLS_KEY_FILE does not hold the key of the certificate in CAIRN_TLS_CERT_FILE.'];
  }
  try {
    createSecureContext({ cert: cert.pem, key: key.pem });
    return [];
  } catch (error) {
    const { message } = error as Error;
    return [`CAIRN_TLS_CERT_FILE and CAIRN_TLS_KEY_FILE cannot be used for https: ${message}.`];
  }
};
