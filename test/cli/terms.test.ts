import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StatementBatch } from '../../src/statements/statement-store.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { readStatements } from '../../src/xapi/read-statements.ts';
import type { Family } from '../../src/xapi/statement.ts';
import { cairn, cleanUp, newFolder } from './cairn.ts';
import { statement, uuid } from './statements.ts';

jest.setTimeout(60_000);
afterEach(cleanUp);

const within = async <Result>(
  folder: string,
  use: (storage: Storage) => Promise<Result>,
): Promise<Result> => {
  const storage = await openStorage(`sqlite:${folder}`);
  try {
    return await use(storage);
  } finally {
    await storage.close();
  }
};

type How = Partial<StatementBatch> & { readonly by?: string; readonly family?: Family };

const store = ({ statements }: Storage, text: string, { by = 'one', family = '1.0.3', ...terms }: How = {}) =>
  statements.append({
    ...readStatements(text, { family }),
    authority: JSON.stringify({ account: { homePage: 'https://lrs.example.org', name: by } }),
    mayDefine: true,
    ...terms,
  });

const ACTIVITY = 'https://example.org/undescribed';
const described = { id: ACTIVITY, definition: { name: { en: 'by a writer' } } };
const voiding = (number: number, target: number) =>
  statement(number, {
    verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
    object: { objectType: 'StatementRef', id: uuid(target) },
  });
const later = statement(4, {
  version: '1.0.0',
  object: {
    objectType: 'SubStatement',
    actor: { mbox: 'mailto:a@example.org' },
    verb: { id: 'https://example.org/v' },
    object: { id: 'https://example.org/o' },
    context: {
      contextAgents: [{ objectType: 'contextAgent', agent: { mbox: 'mailto:b@example.org' } }],
    },
  },
});

describe('terms that no text tells', () => {
  it('are exported and imported: who may define, who voids only its own, what came as 2.0.0', async () => {
    const from = newFolder();
    const before = await within(from, async (storage) => {
      await store(storage, statement(1));
      await store(storage, statement(2, { object: described }), { mayDefine: false });
      await store(storage, voiding(3, 5), { mayDefine: false, voidsOnlyOwn: true, by: 'writer' });
      await store(storage, later, { family: '2.0.0' });
      await store(storage, statement(5));
      expect(await storage.statements.definition(ACTIVITY)).toBeUndefined();
      expect((await storage.statements.find(uuid(5)))?.voided).toBe(false);
      return storage.indexDigest();
    });
    const path = join(from, 'export');
    await cairn(from, 'export', '--output', path);

    const to = newFolder();
    const moved = await cairn(to, 'import', '--keep-stored', '--keep-authority', path);
    expect(moved).toMatchObject({
      code: 0,
      out: expect.stringContaining('5 stored, 0 already there, 0 refused'),
    });
    expect(await within(to, (storage) => storage.indexDigest())).toBe(before);
    const again = join(to, 'again');
    await cairn(to, 'export', '--output', again);
    const second = await cairn(newFolder(), 'import', '--dry-run', again);
    expect(second).toMatchObject({ code: 0, out: expect.stringContaining('0 refused') });
  });

  it('are refused when they say anything else', async () => {
    const folder = newFolder();
    const path = join(folder, 'source');
    writeFileSync(path, `{"terms":{"define":true}}\n{"terms":{"x":1}}\n${statement(1)}\n`);
    const { code, out, err } = await cairn(folder, 'import', path);
    expect([code, out]).toEqual([1, expect.stringContaining('1 stored, 0 already there, 2 refused')]);
    expect(err).toContain('/terms/define');
  });
});

describe('statements without an id', () => {
  const line = JSON.stringify({ ...JSON.parse(statement(1)), id: undefined });
  const importAs = async (folder: string, name: string) => {
    const path = join(newFolder(), name);
    writeFileSync(path, `${line}\n`);
    return (await cairn(folder, 'import', path)).out;
  };

  it('are those of their file: the same again, others in another', async () => {
    const folder = newFolder();
    expect(await importAs(folder, 'monday.ndjson')).toContain('1 stored, 0 already there');
    expect(await importAs(folder, 'monday.ndjson')).toContain('0 stored, 1 already there');
    expect(await importAs(folder, 'tuesday.ndjson')).toContain('1 stored, 0 already there');
  });
});

describe('documents', () => {
  it.each(['', 'text/plain;\tcharset=x', 'text/plain; name=\u00e9'])(
    'keep a Content-Type that a header may hold: %j',
    async (contentType) => {
      const from = newFolder();
      const key = { resource: 'activity-profile', activity: ACTIVITY, id: 'odd' } as const;
      const content = { contentType, content: Buffer.from('x') };
      await within(from, ({ documents }) => documents.change(key, () => content));
      const path = join(from, 'export');
      await cairn(from, 'export', '--output', path);
      const to = newFolder();
      expect(await cairn(to, 'import', path)).toMatchObject({ code: 0 });
      expect(await within(to, ({ documents }) => documents.get(key))).toMatchObject(content);
    },
  );
});
