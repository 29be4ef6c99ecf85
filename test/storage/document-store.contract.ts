import { createHash } from 'node:crypto';
import type { DocumentKey } from '../../src/documents/document.ts';
import { keepsTheRulesOfChanging } from './changing-documents.contract.ts';
import { closedAfterEach, everyWay, type Open } from './opened.ts';
import {
  ACTIVITY,
  AGENT,
  idsOf,
  OTHER,
  put,
  remove,
  SCOPES,
  STATE,
  text,
  textOf,
  WITH,
} from './sample-documents.ts';

const contents = (open: Open): void => {
  it('gives back the bytes, the content type, the SHA-1 of the bytes and the moment (DC-6, DC-11)', async () => {
    const opened = await open();
    const content = Buffer.from(Uint8Array.from({ length: 256 }, (_, at) => at));
    const [key, empty] = [
      { ...STATE, id: 'x' },
      { ...STATE, id: 'empty' },
    ];
    await opened.storage.documents.change(key, () => ({ contentType: 'image/png; a="b"', content }));
    await opened.storage.documents.change(empty, () => ({ contentType: '', content: Buffer.alloc(0) }));
    await everyWay(opened, async ({ documents }) => {
      const etag = createHash('sha1').update(content).digest('hex');
      const found = await documents.get(key);
      expect(found).toEqual({
        id: 'x',
        contentType: 'image/png; a="b"',
        content,
        etag,
        updated: expect.any(Number),
      });
      expect(await documents.get(empty)).toMatchObject({ contentType: '', content: Buffer.alloc(0) });
      expect(await documents.list(STATE)).toEqual([
        { id: 'x', etag, updated: found?.updated },
        {
          id: 'empty',
          etag: createHash('sha1').digest('hex'),
          updated: (await documents.get(empty))?.updated,
        },
      ]);
    });
  });

  it('replaces the content type together with the content, and moves on', async () => {
    const opened = await open();
    const key = { ...AGENT, id: 'x' };
    await put(opened.storage, AGENT, 'x', text('{}', 'application/json'));
    const before = await opened.storage.documents.get(key);
    await put(opened.storage, AGENT, 'x', text('other', 'text/html'));
    await everyWay(opened, async ({ documents }) => {
      const after = await documents.get(key);
      expect(after).toMatchObject({ contentType: 'text/html', content: Buffer.from('other') });
      expect(after?.updated).toBeGreaterThan(before?.updated ?? Number.NaN);
      expect(await documents.list(AGENT)).toHaveLength(1);
    });
  });

  it('takes any text for an id (DC-14)', async () => {
    const opened = await open();
    const ids = [
      'a',
      'A',
      'a b',
      'https://example.org/x?y=1#z',
      '☃\u{1f600}',
      "'; --",
      '%00',
      '"',
      '\\',
      '\\u0000',
    ];
    const odd = ['a\u0000', 'a\u0000b', '\u0000', '\ud800', '\ud801', '\n', 'x'.repeat(5000)];
    for (const id of [...ids, ...odd]) await put(opened.storage, ACTIVITY, id);
    await everyWay(opened, async (storage) => {
      expect(await idsOf(storage, ACTIVITY)).toEqual([...ids, ...odd]);
      for (const id of [...ids, ...odd]) {
        expect(await textOf(storage, { ...ACTIVITY, id })).toBe(Buffer.from(id).toString());
        expect((await storage.documents.get({ ...ACTIVITY, id }))?.id).toBe(id);
      }
      const all: string[] = [];
      for await (const { key, document } of storage.documents.all()) {
        expect(key.id).toBe(document.id);
        all.push(key.id);
        if (all.length > 99) break;
      }
      expect(all.sort()).toEqual([...ids, ...odd].sort());
    });
    for (const id of odd) await remove(opened.storage, { ...ACTIVITY, id });
    await everyWay(opened, async (storage) => expect(await idsOf(storage, ACTIVITY)).toEqual(ids));
    await opened.storage.documents.clear(ACTIVITY, () => undefined);
    expect(await idsOf(opened.storage, ACTIVITY)).toEqual([]);
  });
};

const scopes = (open: Open): void => {
  it('keeps the scopes apart: reading, listing, changing and removing (DC-1, DC-2)', async () => {
    const opened = await open();
    for (const [n, scope] of SCOPES.entries()) {
      for (const id of ['x', 'y']) await put(opened.storage, scope, id, text(`${id}${n}`));
    }
    await remove(opened.storage, { ...WITH, id: 'x' });
    await everyWay(opened, async (storage) => {
      const kept = SCOPES.map(async (scope) => [
        await textOf(storage, { ...scope, id: 'x' }),
        await idsOf(storage, scope),
      ]);
      expect(await Promise.all(kept)).toEqual(
        SCOPES.map((scope, n) => (scope === WITH ? [undefined, ['y']] : [`x${n}`, ['x', 'y']])),
      );
    });
  });

  it.each([
    ['without a registration', STATE, [WITH, OTHER]],
    ['with a registration', WITH, [STATE, OTHER]],
  ])('clears exactly the states %s (field.md §2.1)', async (_, scope, others) => {
    const opened = await open();
    for (const each of SCOPES) for (const id of ['x', 'y']) await put(opened.storage, each, id);
    const seen: string[] = [];
    await opened.storage.documents.clear(scope, (present) => {
      seen.push(...present.map(({ id }) => id));
    });
    expect(seen).toEqual(['x', 'y']);
    await everyWay(opened, async (storage) => {
      expect(await idsOf(storage, scope)).toEqual([]);
      for (const id of ['x', 'y']) expect(await textOf(storage, { ...scope, id })).toBeUndefined();
      for (const other of [...others, AGENT, ACTIVITY])
        expect(await idsOf(storage, other)).toEqual(['x', 'y']);
    });
  });

  it('lists the oldest change first, and with since only what changed after it (DC-4)', async () => {
    const opened = await open();
    for (const id of ['c', 'a', 'b']) await put(opened.storage, STATE, id);
    await put(opened.storage, STATE, 'c', text('again'));
    await everyWay(opened, async (storage) => {
      const all = await storage.documents.list(STATE);
      expect(all.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
      const [a, b, c] = all.map(({ updated }) => updated) as [number, number, number];
      expect(await idsOf(storage, STATE, a - 1)).toEqual(['a', 'b', 'c']);
      expect(await idsOf(storage, STATE, a)).toEqual(['b', 'c']);
      expect(await idsOf(storage, STATE, b)).toEqual(['c']);
      expect(await idsOf(storage, STATE, c)).toEqual([]);
    });
  });

  it('goes through all of them in the order of their keys, more than fit a page', async () => {
    const opened = await open();
    const ids = Array.from({ length: 130 }, (_, n) => `id ${String(n).padStart(3, '0')}`);
    const writes = ids
      .toReversed()
      .flatMap((id) => [STATE, WITH].map((scope) => put(opened.storage, scope, id)));
    await Promise.all([...writes, put(opened.storage, AGENT, 'x'), put(opened.storage, ACTIVITY, 'y')]);
    await everyWay(opened, async ({ documents }) => {
      const keys: DocumentKey[] = [];
      for await (const { key, document } of documents.all()) {
        keys.push(key);
        expect(document).toEqual(await documents.get(key));
      }
      expect(keys).toEqual([
        { ...ACTIVITY, id: 'y' },
        { ...AGENT, id: 'x' },
        ...ids.map((id) => ({ ...STATE, id })),
        ...ids.map((id) => ({ ...WITH, id })),
      ]);
    });
  });
};

/** What every backend's DocumentStore has to do. */
export const keepsTheDocumentStoreContract = (backend: string, open: Open): void => {
  describe(`documents on ${backend}`, () => {
    const fresh = closedAfterEach(open);
    contents(fresh);
    scopes(fresh);
    keepsTheRulesOfChanging(open);
  });
};
