import type { DeadLetter } from '../../src/forwarding/forward-store.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { closedAfterEach, everyWay, type Open } from './opened.ts';
import { uuid } from './sample-statements.ts';

const letter = (position: number, change: Partial<DeadLetter> = {}): DeadLetter => ({
  position,
  statementId: uuid(position),
  status: 409,
  answer: `{"no":"${position} ☃"}`,
  attempts: 1,
  refused: 1_700_000_000_123,
  ...change,
});
const at = (position: number, lastSuccess?: number) => ({
  position,
  ...(lastSuccess === undefined ? {} : { lastSuccess }),
});
const positionsOf = (letters: readonly DeadLetter[]) => letters.map(({ position }) => position);
const all = ({ forwards }: Storage, target: string) => forwards.deadLetters(target, 0, 100);

/** What every backend's ForwardStore has to do. */
export const keepsTheForwardStoreContract = (backend: string, open: Open): void => {
  describe(`forwards on ${backend}`, () => {
    const fresh = closedAfterEach(open);

    it('keeps the cursor of each target by its name', async () => {
      const opened = await fresh();
      await opened.storage.forwards.keep('a', { cursor: at(0) });
      await opened.storage.forwards.keep('A', { cursor: at(7) });
      await opened.storage.forwards.keep('a', { cursor: at(12, 1_700_000_000_001) });
      await everyWay(opened, async ({ forwards }) => {
        expect(forwards.cursor('a')).toEqual(at(12, 1_700_000_000_001));
        expect(forwards.cursor('A')).toEqual(at(7));
        expect(forwards.cursor('b')).toBeUndefined();
      });
    });

    it('keeps dead letters in the order of the log, page by page', async () => {
      const opened = await fresh();
      const { forwards } = opened.storage;
      await forwards.keep('a', { cursor: at(9), refused: [letter(9), letter(2)] });
      await forwards.keep('a', { cursor: at(11), refused: [letter(11, { status: 400, answer: '' })] });
      await forwards.keep('b', { cursor: at(9), refused: [letter(9)] });
      await everyWay(opened, async (storage) => {
        expect(all(storage, 'a')).toEqual([letter(2), letter(9), letter(11, { status: 400, answer: '' })]);
        expect(positionsOf(storage.forwards.deadLetters('a', 2, 1))).toEqual([9]);
        expect(storage.forwards.deadLetters('a', 11, 1)).toEqual([]);
        expect(['a', 'b', 'c'].map((name) => storage.forwards.countDeadLetters(name))).toEqual([3, 1, 0]);
      });
    });

    it('has those sent again that are named, in any case, until they are settled or refused again', async () => {
      const opened = await fresh();
      const { forwards } = opened.storage;
      // Their ids end with a, 1a and 1b.
      const ids = [10, 26, 27].map((n) => letter(n));
      await forwards.keep('a', { cursor: at(11), refused: ids });
      await forwards.keep('b', { cursor: at(11), refused: ids });
      expect(forwards.marked('a', 10)).toEqual([]);
      const named = ids.slice(0, 2).map(({ statementId }) => statementId.toUpperCase());
      expect(await forwards.mark('a', [...named, ...named, uuid(77)])).toBe(2);
      await everyWay(opened, async (storage) => {
        expect(storage.forwards.marked('a', 10)).toEqual(ids.slice(0, 2));
        expect(positionsOf(storage.forwards.marked('a', 1))).toEqual([10]);
        expect(storage.forwards.marked('b', 10)).toEqual([]);
      });
      const again = { ...(ids[1] as DeadLetter), status: 400, answer: 'still', attempts: 2, refused: 5 };
      await opened.storage.forwards.keep('a', { cursor: at(11), settled: [10], refusedAgain: [again] });
      await everyWay(opened, async (storage) => {
        expect(storage.forwards.marked('a', 10)).toEqual([]);
        expect(all(storage, 'a')).toEqual([again, ids[2]]);
        expect(storage.forwards.countDeadLetters('b')).toBe(3);
      });
      expect(await opened.storage.forwards.mark('a', 'all')).toBe(2);
      expect(positionsOf(opened.storage.forwards.marked('a', 10))).toEqual([26, 27]);
    });

    it('forgets what is discarded, also when it is being sent again meanwhile', async () => {
      const opened = await fresh();
      const { forwards } = opened.storage;
      await forwards.keep('a', { cursor: at(4), refused: [letter(1), letter(2), letter(3)] });
      await forwards.keep('b', { cursor: at(4), refused: [letter(1)] });
      expect(await forwards.discard('a', [uuid(2), uuid(5)])).toBe(1);
      await forwards.keep('a', { cursor: at(4), refusedAgain: [letter(2, { attempts: 2 })] });
      await everyWay(opened, async (storage) => expect(positionsOf(all(storage, 'a'))).toEqual([1, 3]));
      expect(await opened.storage.forwards.discard('a', 'all')).toBe(2);
      await everyWay(opened, async (storage) => {
        expect(storage.forwards.countDeadLetters('a')).toBe(0);
        expect(storage.forwards.countDeadLetters('b')).toBe(1);
        expect(storage.forwards.cursor('a')).toEqual(at(4));
      });
    });
  });
};
