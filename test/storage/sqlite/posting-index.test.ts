import { join } from 'node:path';
import { openDatabase } from '../../../src/storage/sqlite/database.ts';
import { INDEX_SCHEMA } from '../../../src/storage/sqlite/index-tables.ts';
import { type IndexWriting, indexWriting } from '../../../src/storage/sqlite/index-writing.ts';
import { type PostingIndex, postingIndex } from '../../../src/storage/sqlite/posting-index.ts';
import { uuid } from '../sample-statements.ts';
import { copyOf, newFolder } from '../sqlite-folder.ts';

const openIndex = async (
  flushEvery = 8192,
  folder = newFolder(),
  around = (writing: IndexWriting): IndexWriting => writing,
) => {
  const path = join(folder, 'index.db');
  const reader = await openDatabase(path, 'NORMAL', 1);
  reader.exec(INDEX_SCHEMA);
  const writing = around(await indexWriting(path, undefined));
  const index = postingIndex(reader, writing, () => 1, { flushEvery });
  const sealUpTo = (position: number): void => {
    for (let next = index.last() + 1; next <= position; next += 1) index.seal(next);
  };
  return { index, folder, sealUpTo };
};

const offsets = (index: PostingIndex, chunk: number, key: number): number[] =>
  Array.from(index.offsets(chunk, key));

describe('the posting index', () => {
  it('has each position once, however often it came to match late', async () => {
    const { index, sealUpTo } = await openIndex();
    sealUpTo(9);
    for (const position of [7, 5, 7, 3, 5]) index.addLate(4, position);
    expect(offsets(index, 0, 4)).toEqual([3, 5, 7]);
    index.add(4, 10);
    sealUpTo(10);
    expect(offsets(index, 0, 4)).toEqual([3, 5, 7, 10]);
    await index.flushAll();
    index.addLate(4, 5);
    index.addLate(4, 6);
    sealUpTo(11);
    expect(offsets(index, 0, 4)).toEqual([3, 5, 6, 7, 10]);
    await index.flushAll();
    expect(offsets(index, 0, 4)).toEqual([3, 5, 6, 7, 10]);
    expect(offsets(index, 1, 4)).toEqual([]);
  });

  it('answers the same while a flush is under way, and writes all or nothing', async () => {
    const moments: (() => Promise<void>)[] = [];
    const { index, folder, sealUpTo } = await openIndex(2, newFolder(), (real) => ({
      ...real,
      write: async (generation) => {
        await moments[0]?.();
        await real.write(generation);
        await moments[1]?.();
      },
    }));
    const terms = ['vone', 'atwo', 'gthree'];
    const answers = () => [
      terms.map((term) => index.knownTerm(term)),
      offsets(index, 0, 4),
      [1, 2, 3].map((n) => index.positionOf(uuid(n))),
      index.names('g'),
      index.activity('a'),
    ];
    for (const position of [1, 2]) {
      index.addId(uuid(position), position);
      index.add(4, position);
    }
    for (const term of terms) index.termOf(term);
    index.setNames('g', ['G']);
    index.setActivity('a', { definition: { type: 't' }, by: 'x' });
    sealUpTo(2);
    const before = answers();
    expect(before.slice(1, 3)).toEqual([
      [1, 2],
      [1, 2, undefined],
    ]);
    expect([index.upto(), index.backlog()]).toEqual([0, 1]);
    const seen: unknown[] = [];
    const look = async () => {
      expect([index.upto(), answers()]).toEqual([0, before]);
      const crashed = await openIndex(2, copyOf(folder));
      seen.push([crashed.index.upto(), crashed.index.knownTerm('vone')]);
    };
    moments.push(look, look);
    await index.flush();
    expect(seen).toEqual([
      [0, undefined],
      [2, (before[0] as number[])[0]],
    ]);
    expect([index.upto(), answers()]).toEqual([2, before]);
    const again = await openIndex(2, folder);
    expect(again.index.upto()).toBe(2);
    expect(terms.map((term) => again.index.knownTerm(term))).toEqual(before[0]);
    expect(again.index.termOf('vnew')).toBe(4);
  });
});
