import { closedAfterEach, everyWay, type Open, type Opened } from './opened.ts';
import {
  account,
  activity,
  agent,
  found,
  referring,
  statement,
  store,
  uuid,
  verb,
  voiding,
} from './sample-statements.ts';

/** Every order in which the items can come. */
const orders = <Item>(items: readonly Item[]): Item[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, at) =>
        orders([...items.slice(0, at), ...items.slice(at + 1)]).map((rest) => [item, ...rest]),
      );

const storeEach = async (opened: Opened, statements: readonly object[]): Promise<void> => {
  for (const one of statements) await store(opened.storage, [one]);
};

const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);

const closure = (open: Open): void => {
  const target = statement(1, {
    actor: agent('target'),
    verb: verb('aimed'),
    object: activity('goal'),
    context: {
      registration: uuid(77),
      instructor: agent('teacher'),
      contextActivities: { parent: [activity('course')] },
    },
  });
  const byTarget = [
    { agent: agent('target') },
    { verb: verb('aimed').id },
    { activity: activity('goal').id },
    { registration: uuid(77) },
    { agent: agent('teacher'), relatedAgents: true },
    { activity: activity('course').id, relatedActivities: true },
    { agent: account('key'), relatedAgents: true },
  ];

  it.each([
    ['before', [target, referring(2, 1), referring(3, 2)]],
    ['between', [referring(2, 1), target, referring(3, 2)]],
    ['after', [referring(3, 2), referring(2, 1), target]],
    ['after, the far one first', [referring(2, 1), referring(3, 2), target]],
  ])('finds what refers to a match when the target comes %s them (F-5)', async (_, statements) => {
    const opened = await open();
    await storeEach(opened, statements);
    await everyWay(opened, async (storage) => {
      for (const query of byTarget) expect(sorted(await found(storage, query))).toEqual([1, 2, 3]);
      expect(await found(storage, { agent: agent('teacher') })).toEqual([]);
      expect(await found(storage, { activity: activity('course').id })).toEqual([]);
      expect(sorted(await found(storage, { agent: agent('referrer') }))).toEqual([2, 3]);
    });
  });

  it('follows chains of five, whichever of them comes last', async () => {
    for (let last = 1; last <= 5; last += 1) {
      const opened = await open();
      const chain = [target, ...[2, 3, 4, 5].map((n) => referring(n, n - 1, { verb: verb(`v${n}`) }))];
      const [late] = chain.splice(last - 1, 1);
      await storeEach(opened, [...chain, late as object]);
      await everyWay(opened, async (storage) => {
        expect(sorted(await found(storage, { agent: agent('target') }))).toEqual([1, 2, 3, 4, 5]);
        expect(sorted(await found(storage, { verb: verb('v3').id }))).toEqual([3, 4, 5]);
        expect(sorted(await found(storage, { verb: verb('v3').id, agent: agent('target') }))).toEqual([
          3, 4, 5,
        ]);
      });
    }
  });

  it('answers the same in every order of arrival', async () => {
    const opened = await open();
    const all = orders([1, 2, 3, 4]);
    for (const [index, order] of all.entries()) {
      const base = 10 * index;
      const own = (name: string) => ({ verb: verb(`${name}${index}`) });
      const four = [
        statement(base + 1, own('aimed')),
        referring(base + 2, base + 1, own('referred')),
        referring(base + 3, base + 2, own('referred')),
        referring(base + 4, base + 2),
      ];
      await storeEach(
        opened,
        order.map((n) => four[n - 1] as object),
      );
    }
    await everyWay(opened, async (storage) => {
      for (const index of all.keys()) {
        const numbers = async (name: string) =>
          sorted(await found(storage, { verb: verb(`${name}${index}`).id })).map((n) => n - 10 * index);
        expect([await numbers('aimed'), await numbers('referred')]).toEqual([
          [1, 2, 3, 4],
          [2, 3, 4],
        ]);
      }
    });
  });

  it('ends at cycles and at statements that refer to themselves', async () => {
    const opened = await open();
    const circle = [referring(1, 3, { verb: verb('one') }), referring(2, 1, { verb: verb('two') })];
    await storeEach(opened, [
      ...circle,
      referring(3, 2, { verb: verb('three') }),
      referring(4, 4),
      referring(5, 4),
    ]);
    await everyWay(opened, async (storage) => {
      for (const name of ['one', 'two', 'three']) {
        expect(await found(storage, { verb: verb(name).id })).toEqual([3, 2, 1]);
      }
      expect(await found(storage, { verb: verb('referred').id })).toEqual([5, 4]);
    });
  });

  it('works condition by condition: one from the referrer, one from its target (F-6)', async () => {
    const opened = await open();
    await storeEach(opened, [referring(2, 1), target, referring(3, 1, { verb: verb('aimed') })]);
    await everyWay(opened, async (storage) => {
      const both = { agent: agent('target'), verb: verb('referred').id };
      expect(await found(storage, both)).toEqual([2]);
      const own = { agent: agent('referrer'), activity: activity('goal').id };
      expect(await found(storage, own)).toEqual([3, 2]);
      expect(await found(storage, { ...own, registration: uuid(78) })).toEqual([]);
    });
  });

  it('bounds the referrer by its own moment, and pages it by its own position', async () => {
    const opened = await open();
    await storeEach(opened, [referring(2, 1), statement(9), target, referring(3, 1)]);
    const [first] = await opened.storage.statements.after(0, 1);
    await everyWay(opened, async (storage) => {
      const until = first?.stored ?? 0;
      expect(await found(storage, { agent: agent('target'), until })).toEqual([2]);
      expect(await found(storage, { agent: agent('target'), since: until })).toEqual([3, 1]);
      expect(await found(storage, { agent: agent('target'), limit: 1 })).toEqual([3, 1, 2]);
      expect(await found(storage, { agent: agent('target'), limit: 1, ascending: true })).toEqual([2, 1, 3]);
    });
  });

  it('asks nothing of the target for who may see only their own', async () => {
    const opened = await open();
    await store(opened.storage, [referring(2, 1)], { by: 'k1' });
    await store(opened.storage, [target], { by: 'k2' });
    await store(opened.storage, [referring(3, 1)], { by: 'k1' });
    await everyWay(opened, async (storage) => {
      expect(await found(storage, { authority: account('k1') })).toEqual([3, 2]);
      expect(await found(storage, { authority: account('k2') })).toEqual([1]);
      expect(await found(storage, { authority: account('k1'), agent: agent('target') })).toEqual([3, 2]);
      expect(await found(storage, { agent: account('k2'), relatedAgents: true })).toEqual([3, 1, 2]);
    });
  });

  it('does not count references in the context or inside a SubStatement', async () => {
    const opened = await open();
    const sub = { objectType: 'SubStatement', actor: agent('ada'), verb: verb('did') };
    await storeEach(opened, [
      statement(2, { context: { statement: { objectType: 'StatementRef', id: uuid(1) } } }),
      statement(3, { object: { ...sub, object: { objectType: 'StatementRef', id: uuid(1) } } }),
      target,
    ]);
    await everyWay(opened, async (storage) => {
      for (const query of byTarget.slice(0, 6)) expect(await found(storage, query)).toEqual([1]);
    });
  });

  it('finds what refers to a voided statement, but not the voided one, in every order', async () => {
    const opened = await open();
    const all = orders([0, 1, 2]);
    for (const [index, order] of all.entries()) {
      const base = 10 * index;
      const aimed = statement(base + 1, { verb: verb(`aimed${index}`) });
      const three = [aimed, referring(base + 2, base + 1), voiding(base + 3, base + 1)];
      await storeEach(
        opened,
        order.map((at) => three[at] as object),
      );
    }
    await everyWay(opened, async (storage) => {
      for (const index of all.keys()) {
        const expected = [10 * index + 2, 10 * index + 3];
        expect(sorted(await found(storage, { verb: verb(`aimed${index}`).id }))).toEqual(expected);
      }
    });
  });

  it('lets a target that comes within the same batch count', async () => {
    const opened = await open();
    await store(opened.storage, [referring(3, 2), referring(2, 1), target, referring(4, 3)]);
    await everyWay(opened, async (storage) => {
      expect(await found(storage, { verb: verb('aimed').id })).toEqual([4, 1, 2, 3]);
    });
  });

  it('lists a referrer once, by however many ways it matches', async () => {
    const opened = await open();
    const same = { actor: agent('same'), verb: verb('same') };
    await storeEach(
      opened,
      [3, 4].flatMap((n) => [referring(n * 10, 2, same), referring(n * 10 + 1, 1, same)]),
    );
    await storeEach(opened, [referring(2, 1, same), statement(1, same), referring(5, 2, same)]);
    await everyWay(opened, async (storage) => {
      const all = [5, 1, 2, 41, 40, 31, 30];
      expect(await found(storage, { agent: agent('same'), limit: 2 })).toEqual(all);
      expect(await found(storage, { agent: agent('same'), relatedAgents: true, limit: 2 })).toEqual(all);
      expect(await found(storage, { agent: account('key'), relatedAgents: true, limit: 2 })).toEqual(all);
    });
  });
};

export const keepsTheRulesOfReferences = (open: Open): void => {
  describe('StatementRefs', () => {
    closure(closedAfterEach(open));
  });
};
