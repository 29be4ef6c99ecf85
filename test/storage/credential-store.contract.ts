import { hashSecret, isSecretOf } from '../../src/credentials/credential.ts';
import { SCOPES } from '../../src/credentials/scope.ts';
import type { Storage } from '../../src/storage/storage.ts';
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

    it('refuses from its expiry on, which can be moved and taken away, and changes what it is called', async () => {
      const opened = await fresh();
      const past = Date.now() * 1000 - 1;
      await opened.storage.credentials.create({ ...credential('ada'), expires: past });
      const isIn = ({ credentials }: Storage) => isSecretOf(credentials.find('ada'), 'secret of ada');
      await everyWay(opened, async (storage) => {
        expect(isIn(storage)).toBe(false);
        expect(await storage.credentials.rotate('ada', hashSecret('new'))).toBe(false);
      });
      expect(await opened.storage.credentials.change('ada', { expires: past + 1e9, label: 'Bo' })).toBe(true);
      await everyWay(opened, async (storage) => {
        expect(isIn(storage)).toBe(true);
        expect(storage.credentials.find('ada')).toMatchObject({ label: 'Bo', expires: past + 1e9 });
      });
      expect(await opened.storage.credentials.change('ada', { expires: null, quarantines: true })).toBe(true);
      await everyWay(opened, async (storage) => {
        expect(storage.credentials.find('ada')).not.toHaveProperty('expires');
        expect(storage.credentials.find('ada')).toMatchObject({ label: 'Bo', quarantines: true });
      });
      await opened.storage.credentials.change('ada', { quarantines: false });
      await everyWay(opened, async ({ credentials }) => {
        expect(credentials.find('ada')?.quarantines ?? false).toBe(false);
        expect(await credentials.change('nobody', { label: 'x' })).toBe(false);
      });
      await opened.storage.credentials.revoke('ada');
      expect(await opened.storage.credentials.change('ada', { label: 'x' })).toBe(false);
    });

    it('keeps what a credential is bound to, and lets one of any number fetch its secret', async () => {
      const opened = await fresh();
      const bounds = {
        actor: { mbox: 'mailto:ada@example.org' },
        registration: '00000000-0000-4000-8000-000000000001',
        activities: ['https://example.org/a'],
        verbs: ['https://example.org/v'],
      };
      const wanted = { ...credential('launch'), bounds, madeBy: 'lms', fetchHash: hashSecret('token') };
      await opened.storage.credentials.create(wanted);
      await everyWay(opened, async ({ credentials }) =>
        expect(credentials.find('launch')).toMatchObject(wanted),
      );
      const { credentials } = opened.storage;
      expect(await credentials.fetch('launch', hashSecret('wrong'), hashSecret('w'))).toBe(false);
      const all = Array.from({ length: 20 }, (_, at) =>
        credentials.fetch('launch', hashSecret('token'), hashSecret(`secret ${at}`)),
      );
      const won = (await Promise.all(all)).flatMap((one, at) => (one ? [at] : []));
      expect(won).toHaveLength(1);
      await everyWay(opened, async (storage) => {
        const kept = storage.credentials.find('launch');
        expect(kept).toMatchObject({ bounds, madeBy: 'lms' });
        expect(kept).not.toHaveProperty('fetchHash');
        expect(isSecretOf(kept, `secret ${won[0]}`)).toBe(true);
        expect(await storage.credentials.fetch('launch', hashSecret('token'), hashSecret('x'))).toBe(false);
      });
    });

    it('forgets a launch that has been over for a day, and nothing else', async () => {
      const opened = await fresh();
      const bounds = { actor: { mbox: 'mailto:ada@example.org' } };
      const hoursAgo = (hours: number) => (Date.now() - hours * 3_600_000) * 1000;
      const { credentials } = opened.storage;
      await credentials.create({ ...credential('old'), bounds, expires: hoursAgo(25) });
      await credentials.create({ ...credential('recent'), bounds, expires: hoursAgo(23) });
      await credentials.create({ ...credential('no launch'), expires: hoursAgo(25) });
      await opened.reopen();
      await opened.storage.credentials.create({ ...credential('new'), bounds, expires: hoursAgo(-1) });
      await everyWay(opened, async (storage) => {
        const ids = storage.credentials.list().map(({ id }) => id);
        expect(ids).toEqual(['recent', 'no launch', 'new']);
      });
    });

    it('notes when it was last used', async () => {
      const opened = await fresh();
      await opened.storage.credentials.create(credential('ada'));
      expect(opened.storage.credentials.find('ada')).not.toHaveProperty('lastUsed');
      const before = Date.now() * 1000;
      opened.storage.credentials.used('ada');
      opened.storage.credentials.used('nobody');
      await opened.storage.proveWritable();
      const { lastUsed } = opened.storage.credentials.find('ada') ?? {};
      expect(lastUsed).toBeGreaterThanOrEqual(before);
      await everyWay(opened, async ({ credentials }) => {
        credentials.used('ada');
        expect(credentials.find('ada')?.lastUsed).toBe(lastUsed);
      });
    });
  });
};
