import { closedAfterEach, type Open } from './opened.ts';
import { numbersOf, statement, store } from './sample-statements.ts';

/** Followers (the stream, forwarding) read on from a position whenever they are told. */
export const tellsOfWhatIsStored = (open: Open): void => {
  const opening = closedAfterEach(open);

  describe('watching', () => {
    it('tells that the head has moved on, so that a follower misses nothing', async () => {
      const { storage } = await opening();
      const { statements } = storage;
      const seen: number[] = [];
      let at = statements.head();
      let reading: Promise<void> = Promise.resolve();
      const readOn = async () => {
        let next = await statements.after(at, 3);
        while (next.length > 0) {
          at = next.at(-1)?.position ?? at;
          seen.push(...numbersOf(next));
          next = await statements.after(at, 3);
        }
      };
      const stop = statements.watch(() => {
        reading = reading.then(readOn);
      });
      const numbers = Array.from({ length: 60 }, (_, index) => index + 1);
      await Promise.all(numbers.map((n) => store(storage, [statement(n)])));
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
      await reading;
      stop();
      expect(seen.toSorted((one, other) => one - other)).toEqual(numbers);
      expect(at).toBe(statements.head());
    });

    it('tells no more once it has been stopped', async () => {
      const { storage } = await opening();
      let told = 0;
      const stop = storage.statements.watch(() => {
        told += 1;
      });
      await store(storage, [statement(1)]);
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
      expect(told).toBe(1);
      stop();
      await store(storage, [statement(2)]);
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
      expect(told).toBe(1);
    });

    it('has its head where the last acknowledged statement is, also when opened again', async () => {
      const opened = await opening();
      const before = opened.storage.statements.head();
      await store(opened.storage, [statement(1), statement(2)]);
      const [last] = (await opened.storage.statements.after(before, 2)).slice(-1);
      expect(opened.storage.statements.head()).toBe(last?.position);
      await opened.reopen();
      expect(opened.storage.statements.head()).toBe(last?.position);
    });
  });
};
