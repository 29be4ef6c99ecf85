import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { hashSecret, newCredentialId, newSecret } from '../credentials/credential.ts';
import type { CredentialStore } from '../credentials/credential-store.ts';
import { sqliteFolder } from '../storage/open-storage.ts';
import type { Settings } from './settings.ts';

/**
 * Makes the credential that the settings name, if it is not there, or at the very first start one of its own, whose
 * secret is shown on a terminal and otherwise written to a file that only the owner can read. Never in a log.
 *
 * @throws Error when the key that the settings name has been revoked.
 */
export const ensureFirstCredential = async (
  credentials: CredentialStore,
  settings: Settings,
): Promise<void> => {
  const { key, secret } = settings;
  if (key !== undefined && secret !== undefined) {
    await ensure(credentials, key, secret);
    return;
  }
  if (credentials.list().length > 0) return;
  const made = { id: newCredentialId(), secret: newSecret() };
  if (process.stdout.isTTY === true) {
    await ensure(credentials, made.id, made.secret);
    process.stdout.write(`A first credential, shown once:\n  key     ${made.id}\n  secret  ${made.secret}\n`);
    return;
  }
  // Written before it is made: a key that nobody can read would leave a store that nobody can enter.
  const path = resolve(join(sqliteFolder(settings.storage), 'first-credential.txt'));
  await writeFile(path, `key ${made.id}\nsecret ${made.secret}\n`, { mode: 0o600, flush: true });
  await ensure(credentials, made.id, made.secret);
  process.stdout.write(`A first credential has been written to ${path}; only you can read it.\n`);
};

const ensure = async (credentials: CredentialStore, id: string, secret: string): Promise<void> => {
  const known = credentials.find(id);
  if (known?.revoked !== undefined) {
    throw new Error(`CAIRN_KEY names ${id}, which has been revoked. Choose another.`);
  }
  if (known === undefined) {
    await credentials.create({
      id,
      label: 'first',
      scopes: ['all', 'admin'],
      secretHash: hashSecret(secret),
    });
  } else if (known.secretHash !== hashSecret(secret)) {
    await credentials.rotate(id, hashSecret(secret));
    console.error(`${id} had another secret than CAIRN_SECRET says; from now on it has that one.`);
  }
};
