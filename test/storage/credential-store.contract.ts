import { hashSecret, isSecretOf } from '../../src/credentials/credential.ts';
import { SCOPES } from '../../src/credentials/scope.ts';
import { closedAfterEach, everyWay, type Open, reasonOf } from './opened.ts';

const credential = (id: string, secret = `secret of ${id}`) => ({
  id,
  label: `The ${id}`,
  scopes: ['all', 'admin'] as const,
  secretHash: hashSecret(secret),
});

/** What every backend's CredentialStore has to do. */
export const keepsTheCredentialStoreContract = (backend: string, open: Open): void => {
  describe(`credentials on ${backend}`, () => {
    const fresh = closedAfterEach(open);

    it('finds what was created, and lists all of them, oldest first', async () => {
      const opened = await fresh();
      const ids = ['zed', 'ada', 'Ada', 'with:colon', 'snow ☃'];
      for (const id of ids) {
        const { created, ...kept } = await opened.storage.credentials.create(credential(id));
        expect(kept).toEqual(credential(id));
        expect(created).toBeGreaterThan(0);
      }
      await everyWay(opened, async ({ credentials }) => {
        expect(credentials.list().map(({ id }) => id)).toEqual(ids);
        const moments = credentials.list().map(({ created }) => created);
        expect(moments).toEqual([...new Set(moments)].sort((a, b) => a - b));
        for (const id of ids) expect(credentials.find(id)).toMatchObject(credential(id));
        expect(credentials.find('ADA')).toBeUndefined();
        expect(credentials.find('ada')).not.toHaveProperty('revoked');
      });
    });

    it('keeps every scope, and none', async () => {
      const opened = await fresh();
      await opened.storage.credentials.create({ ...credential('every'), scopes: SCOPES });
      await opened.storage.credentials.create({ ...credential('none'), scopes: [] });
      await everyWay(opened, async ({ credentials }) => {
        expect(credentials.find('every')?.scopes).toEqual(SCOPES);
        expect(credentials.find('none')?.scopes).toEqual([]);
      });
    });

    it('refuses an id that is taken, also one that was revoked, and of two at once the second', async () => {
      const opened = await fresh();
      const { credentials } = opened.storage;
      const both = ['one', 'two'].map((secret) => credentials.create(credential('ada', secret)));
      const [first, second] = await Promise.allSettled(both);
      expect([first?.status, second?.status]).toEqual(['fulfilled', 'rejected']);
      await credentials.revoke('ada');
      await everyWay(opened, async (storage) => {
        expect(await reasonOf(storage.credentials.create(credential('ada')))).toBe('statement-conflict');
        expect(storage.credentials.list()).toHaveLength(1);
        expect(storage.credentials.find('ada')?.secretHash).toBe(hashSecret('one'));
      });
    });

    it('revokes for good: the secret is refused, the credential stays known', async () => {
      const opened = await fresh();
      const { credentials } = opened.storage;
      await credentials.create(credential('ada'));
      await credentials.create(credential('bo'));
      expect(isSecretOf(credentials.find('ada'), 'secret of ada')).toBe(true);
      expect(await credentials.revoke('ada')).toBe(true);
      const { revoked } = credentials.find('ada') ?? {};
      await everyWay(opened, async (storage) => {
        expect(isSecretOf(storage.credentials.find('ada'), 'secret of ada')).toBe(false);
        expect(isSecretOf(storage.credentials.find('bo'), 'secret of bo')).toBe(true);
        expect(await storage.credentials.revoke('ada')).toBe(true);
        expect(storage.credentials.find('ada')).toMatchObject({ ...credential('ada'), revoked });
        expect(storage.credentials.list().map(({ id }) => id)).toEqual(['ada', 'bo']);
        expect(await storage.credentials.revoke('nobody')).toBe(false);
      });
      expect(revoked).toBeGreaterThan(credentials.find('bo')?.created ?? Number.NaN);
    });

    it('rotates the secret and nothing else, and only of a credential that is in use', async () => {
      const opened = await fresh();
      const created = await opened.storage.credentials.create(credential('ada', 'old'));
      await opened.storage.credentials.create(credential('gone'));
      await opened.storage.credentials.revoke('gone');
      expect(await opened.storage.credentials.rotate('ada', hashSecret('new'))).toBe(true);
      await everyWay(opened, async ({ credentials }) => {
        expect(credentials.find('ada')).toEqual({ ...created, secretHash: hashSecret('new') });
        expect(isSecretOf(credentials.find('ada'), 'new')).toBe(true);
        expect(isSecretOf(credentials.find('ada'), 'old')).toBe(false);
        expect(await credentials.rotate('gone', hashSecret('back'))).toBe(false);
        expect(await credentials.rotate('nobody', hashSecret('x'))).toBe(false);
        expect(isSecretOf(credentials.find('gone'), 'back')).toBe(false);
      });
    });
  });
};
