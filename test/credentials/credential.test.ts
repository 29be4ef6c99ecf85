import fc from 'fast-check';
import {
  type Credential,
  hashSecret,
  isSecretOf,
  newCredentialId,
  newSecret,
} from '../../src/credentials/credential.ts';
import { isScope, SCOPES } from '../../src/credentials/scope.ts';

const credentialWith = (secret: string): Credential => ({
  id: 'ada',
  label: 'Ada',
  scopes: ['all'],
  secretHash: hashSecret(secret),
  created: 1,
});

describe('a secret', () => {
  it('is accepted when it is the one, and no other is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (secret, other) => {
        expect(isSecretOf(credentialWith(secret), secret)).toBe(true);
        expect(isSecretOf(credentialWith(secret), other)).toBe(other === secret);
      }),
    );
  });

  it.each(['a:b', ':', '', 'pässwörd', ' ', 'a\u0000', 'x'.repeat(10_000)])('may be %j', (secret) => {
    const credential = credentialWith(secret);
    expect(isSecretOf(credential, secret)).toBe(true);
    for (const other of [`${secret}x`, secret.slice(1) + (secret === '' ? 'y' : ''), `x${secret}`]) {
      expect(isSecretOf(credential, other)).toBe(false);
    }
  });

  it('is refused for a credential that is unknown or revoked', () => {
    expect(isSecretOf(undefined, 'x')).toBe(false);
    expect(isSecretOf(undefined, '')).toBe(false);
    expect(isSecretOf({ ...credentialWith('x'), revoked: 2 }, 'x')).toBe(false);
  });

  it('is refused from the moment on at which its credential expires', () => {
    const credential = { ...credentialWith('x'), expires: 1000 };
    expect(isSecretOf(credential, 'x', 999)).toBe(true);
    expect(isSecretOf(credential, 'x', 1000)).toBe(false);
    expect(isSecretOf({ ...credential, expires: Date.now() * 1000 + 1e9 }, 'x')).toBe(true);
    expect(isSecretOf({ ...credential, expires: Date.now() * 1000 - 1 }, 'x')).toBe(false);
  });

  it('is kept as its SHA-256', () => {
    expect(hashSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('is drawn anew each time, safe in URLs and without a colon', () => {
    const secrets = Array.from({ length: 100 }, newSecret);
    expect(new Set(secrets).size).toBe(100);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const ids = Array.from({ length: 100 }, newCredentialId);
    expect(new Set(ids).size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^ck_[0-9a-f]{20}$/);
  });
});

describe('scopes', () => {
  it('are those of xAPI and our own, and nothing else', () => {
    expect(SCOPES.every(isScope)).toBe(true);
    for (const text of ['', 'ALL', 'all ', 'statements', 'toString']) expect(isScope(text)).toBe(false);
  });
});
