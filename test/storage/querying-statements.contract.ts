import { closedAfterEach, everyWay, type Open, type Opened } from './opened.ts';
import { account, activity, agent, found, statement, store, uuid, verb } from './sample-statements.ts';

const GROUP = { objectType: 'Group', mbox: 'mailto:team@example.org' };
const crew = (...names: readonly string[]) => ({
  objectType: 'Group',
  member: names.map((name) => agent(name)),
});
const REGISTRATION = 'ABCDEFab-0000-4000-8000-0000000000Ff';

/** One statement for each place in which an agent, an activity or a registration may stand. */
const PLACES: readonly object[] = [
  statement(1, { actor: agent('x') }),
  statement(2, { object: { objectType: 'Agent', ...agent('x') } }),
  statement(3, { actor: crew('ada', 'x') }),
  statement(4, { actor: { ...GROUP, member: [agent('x')] } }),
  statement(5, { context: { instructor: agent('x') } }),
  statement(6, { context: { instructor: crew('x') } }),
  statement(7, { context: { team: { ...GROUP, member: [agent('x')] } } }),
  statement(8, {
    object: { objectType: 'SubStatement', actor: agent('x'), verb: verb('y'), object: activity('x') },
  }),
  statement(9, {
    object: {
      objectType: 'SubStatement',
      actor: agent('ada'),
      verb: verb('x'),
      object: { objectType: 'Agent', ...agent('x') },
      context: { registration: REGISTRATION, contextActivities: { category: activity('x') } },
    },
  }),
  statement(10, { object: activity('x') }),
  statement(11, { context: { contextActivities: { parent: activity('x') } } }),
  statement(12, { context: { contextActivities: { grouping: [activity('b'), activity('x')] } } }),
  statement(13, { context: { contextActivities: { other: [activity('x')], category: [] } } }),
  statement(14, { verb: verb('x') }),
  statement(15, { context: { registration: REGISTRATION } }),
  statement(16, { context: { statement: { objectType: 'StatementRef', id: uuid(1) } } }),
];

const placed = async (open: Open): Promise<Opened> => {
  const opened = await open();
  await store(opened.storage, PLACES);
  const contextAgents = [{ objectType: 'contextAgent', agent: agent('x') }];
  const contextGroups = [{ objectType: 'contextGroup', group: crew('x') }];
  const batch = [
    statement(17, { context: { contextAgents } }),
    statement(18, { context: { contextGroups } }),
  ];
  await store(opened.storage, batch, { rules: { family: '2.0.0' } });
  return opened;
};

const HOME_OF_OTHERS = 'https://lrs.example.org/others';

const singleFilters = (open: Open): void => {
  it('finds an agent as actor and object, and as a member of them (F-1), or anywhere (F-2)', async () => {
    await everyWay(await placed(open), async (storage) => {
      expect(await found(storage, { agent: agent('x') })).toEqual([4, 3, 2, 1]);
      const related = [18, 17, 9, 8, 7, 6, 5, 4, 3, 2, 1];
      expect(await found(storage, { agent: agent('x'), relatedAgents: true })).toEqual(related);
      expect(await found(storage, { agent: agent('x'), relatedActivities: true })).toEqual([4, 3, 2, 1]);
      expect(await found(storage, { agent: { mbox: 'mailto:X@example.org' } })).toEqual([]);
    });
  });

  it('finds an identified group by its own identifier, not by its members', async () => {
    await everyWay(await placed(open), async (storage) => {
      expect(await found(storage, { agent: { mbox: GROUP.mbox } })).toEqual([4]);
      expect(await found(storage, { agent: { mbox: GROUP.mbox }, relatedAgents: true })).toEqual([7, 4]);
    });
  });

  it('finds every kind of identifier, each for itself', async () => {
    const opened = await open();
    const sha1 = 'abcdef0123abcdef0123abcdef0123abcdef0123';
    const agents = [
      account('ada'),
      { account: { homePage: `${HOME_OF_OTHERS}`, name: 'ada' } },
      { mbox_sha1sum: sha1.toUpperCase() },
      { openid: 'https://ada.example.org/' },
    ];
    await store(
      opened.storage,
      agents.map((actor, n) => statement(n + 1, { actor })),
    );
    await everyWay(opened, async (storage) => {
      expect(await found(storage, { agent: account('ada') })).toEqual([1]);
      expect(await found(storage, { agent: agents[1] ?? {} })).toEqual([2]);
      expect(await found(storage, { agent: { mbox_sha1sum: sha1 } })).toEqual([3]);
      expect(await found(storage, { agent: { openid: 'https://ada.example.org/' } })).toEqual([4]);
      expect(await found(storage, { agent: { openid: 'https://ada.example.org' } })).toEqual([]);
    });
  });

  it('tells agents apart that differ only in what text cannot hold', async () => {
    const opened = await open();
    const names = ['\ud800', '\ud801', 'a\u0000b', 'a\u0000c', 'a', '"', '\\"', '\\ud800'];
    await store(
      opened.storage,
      names.map((name, n) => statement(n + 1, { actor: account(name) })),
    );
    await everyWay(opened, async (storage) => {
      for (const [n, name] of names.entries())
        expect(await found(storage, { agent: account(name) })).toEqual([n + 1]);
    });
  });

  it('finds an activity as object, or anywhere (F-3)', async () => {
    await everyWay(await placed(open), async (storage) => {
      expect(await found(storage, { activity: activity('x').id })).toEqual([10]);
      const related = [13, 12, 11, 10, 9, 8];
      expect(await found(storage, { activity: activity('x').id, relatedActivities: true })).toEqual(related);
      expect(await found(storage, { activity: activity('x').id, relatedAgents: true })).toEqual([10]);
    });
  });

  it('finds the verb and the registration of the statement itself (F-4)', async () => {
    await everyWay(await placed(open), async (storage) => {
      expect(await found(storage, { verb: verb('x').id })).toEqual([14]);
      expect(await found(storage, { verb: verb('y').id })).toEqual([]);
      for (const registration of [REGISTRATION, REGISTRATION.toLowerCase(), REGISTRATION.toUpperCase()]) {
        expect(await found(storage, { registration })).toEqual([15]);
      }
    });
  });

  it('finds nothing for what no statement has', async () => {
    await everyWay(await placed(open), async (storage) => {
      expect(await found(storage, { agent: agent('nobody'), relatedAgents: true })).toEqual([]);
      expect(await found(storage, { verb: 'https://example.org/never', ascending: true })).toEqual([]);
      expect(await found(storage, { registration: uuid(99) })).toEqual([]);
    });
    expect(await found((await open()).storage)).toEqual([]);
  });

  it('finds statements by their authority, as related agent and for who may see only their own', async () => {
    const opened = await open();
    await store(opened.storage, [statement(1), statement(2)], { by: 'k1' });
    await store(opened.storage, [statement(3), statement(4, { actor: account('k1') })], { by: 'k2' });
    const both = { objectType: 'Group', member: [account('k1'), agent('user')] };
    const keep = { rules: { keep: { authority: true } } };
    await store(opened.storage, [statement(5, { authority: both }), statement(6)], { by: 'k2', ...keep });
    await everyWay(opened, async (storage) => {
      expect(await found(storage, { authority: account('k1') })).toEqual([5, 2, 1]);
      expect(await found(storage, { authority: account('k2') })).toEqual([6, 4, 3]);
      expect(await found(storage, { authority: account('k3') })).toEqual([]);
      expect(await found(storage, { authority: agent('user') })).toEqual([5]);
      expect(await found(storage, { agent: account('k1') })).toEqual([4]);
      expect(await found(storage, { agent: account('k1'), relatedAgents: true })).toEqual([5, 4, 2, 1]);
      expect(await found(storage, { agent: account('k1'), authority: account('k2') })).toEqual([4]);
    });
  });
};

export const keepsTheRulesOfQuerying = (open: Open): void => {
  describe('querying', () => {
    const fresh = closedAfterEach(open);
    singleFilters(fresh);
  });
};
