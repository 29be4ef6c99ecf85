import { checkPreconditions } from '../../src/documents/preconditions.ts';
import { closedAfterEach, everyWay, type Open, reasonOf } from './opened.ts';
import { idsOf, put, remove, STATE, text, textOf } from './sample-documents.ts';

const changes = (open: Open): void => {
  const key = { ...STATE, id: 'x' };

  it('decides on what is there, and lets nothing come between', async () => {
    const opened = await open();
    const increase = () =>
      opened.storage.documents.change(key, (present) =>
        text(`${Number(present?.content.toString() ?? 0) + 1}`),
      );
    await Promise.all(Array.from({ length: 20 }, increase));
    await everyWay(opened, async (storage) => expect(await textOf(storage, key)).toBe('20'));
  });

  it('lets exactly one of many writers with the same If-Match win, and one with If-None-Match: *', async () => {
    const opened = await open();
    const { documents } = opened.storage;
    const race = async (condition: object): Promise<string[]> => {
      const write = (n: number) =>
        documents.change(key, (present) => {
          checkPreconditions(present?.etag, condition);
          return text(`${JSON.stringify(condition)} ${n}`);
        });
      const all = await Promise.all([1, 2, 3, 4].map((n) => reasonOf(write(n))));
      return all.map(String);
    };
    const lost = 'precondition-failed';
    expect(await race({ ifNoneMatch: '*' })).toEqual(['undefined', lost, lost, lost]);
    const { etag } = (await documents.get(key)) ?? {};
    expect(await race({ ifMatch: `"${etag}"` })).toEqual(['undefined', lost, lost, lost]);
    expect(await race({ ifMatch: `"${etag}"` })).toEqual([lost, lost, lost, lost]);
    await everyWay(opened, async (storage) => expect(await textOf(storage, key)).toMatch(/ifMatch.* 1$/));
  });

  it('throws on what decide throws, Rejection or not, and changes nothing, nor at its neighbours', async () => {
    const opened = await open();
    await put(opened.storage, STATE, 'x');
    const { documents } = opened.storage;
    const fault = new TypeError('a fault of the caller');
    const fail = () => {
      throw fault;
    };
    const [before, changed, cleared, after] = await Promise.allSettled([
      put(opened.storage, STATE, 'before'),
      documents.change(key, fail),
      documents.clear(STATE, fail),
      put(opened.storage, STATE, 'after'),
    ]);
    expect([before.status, after.status]).toEqual(['fulfilled', 'fulfilled']);
    for (const refused of [changed, cleared]) expect(refused).toEqual({ status: 'rejected', reason: fault });
    expect(opened.storage.failure()).toBeUndefined();
    await everyWay(opened, async (storage) =>
      expect(await idsOf(storage, STATE)).toEqual(['x', 'before', 'after']),
    );
  });

  it('makes nothing of removing what is not there', async () => {
    const opened = await open();
    await remove(opened.storage, key);
    await opened.storage.documents.clear(STATE, (present) => expect(present).toEqual([]));
    await everyWay(opened, async ({ documents }) => {
      expect(await documents.get(key)).toBeUndefined();
      expect(await documents.list(STATE)).toEqual([]);
    });
  });
};

export const keepsTheRulesOfChanging = (open: Open): void => {
  describe('changing', () => {
    changes(closedAfterEach(open));
  });
};
