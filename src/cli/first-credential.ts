import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { hashSecret, newCredentialId, newSecret } from '../credentials/credential.ts';
import type { CredentialStore } from '../credentials/credential-store.ts';
import { sqliteFolder } from '../storage/open-storage.ts';
import type { Settings } from './settings.ts';

/**
 * Makes the credential that the settings name, if it is not there, or at the very first start one of its own, whose
 * secret is shown on a terminal and otherwise written to a file that only the owner can read. Never in a log.
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
  await ensure(credentials, made.id, made.secret);
  if (process.stdout.isTTY === true) {
    process.stdout.write(`A first credential, shown once:\n  key     ${made.id}\n  secret  ${made.secret}\n`);
    return;
  }
  const path = resolve(join(sqliteFolder(settings.storage), 'first-credential.txt'));
  await writeFile(path, `key ${made.id}\nsecret ${made.secret}\n`, { mode: 0o600 });
  process.stdout.write(`A first credential has been written to ${path}; only you can read it.\n`);
};

const ensure = async (credentials: CredentialStore, id: string, secret: string): Promise<void> => {
  const known = credentials.find(id);
  if (known === undefined) {
    await credentials.create({
      id,
      label: 'first',
      scopes: ['all', 'admin'],
      secretHash: hashSecret(secret),
    });
  } else if (known.secretHash !== hashSecret(secret)) {
    await credentials.rotate(id, hashSecret(secret));
  }
};
