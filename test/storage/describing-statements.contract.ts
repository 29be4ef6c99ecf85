import { closedAfterEach, everyWay, type Open, reasonOf } from './opened.ts';
import { account, activity, agent, found, statement, store, uuid, verb } from './sample-statements.ts';

const described = (definition: object, name = 'a') => ({ ...activity(name), definition });
const TYPE = 'https://example.org/types/course';

const definitions = (open: Open): void => {
  it('unites what is said of an activity, the later winning, wherever it is said (AC-1, AC-2)', async () => {
    const opened = await open();
    const extension = 'https://example.org/x';
    const sub = { objectType: 'SubStatement', actor: agent('ada'), verb: verb('did') };
    const parent = described({ name: { fr: 'Cours' }, extensions: { [extension]: { b: [1], a: null } } });
    await store(opened.storage, [
      statement(1, { object: described({ name: { en: 'Cuorse', de: 'Kurs' } }) }),
      statement(2, { object: described({ name: { en: 'Course' }, description: { en: 'About it' } }) }),
      statement(3, { object: activity('b'), context: { contextActivities: { parent } } }),
      statement(4, { object: { ...sub, object: described({ type: TYPE }) } }),
      statement(5, { object: activity('a') }),
    ]);
    await everyWay(opened, async ({ statements }) => {
      expect(await statements.definition(activity('a').id)).toEqual({
        name: { en: 'Course', de: 'Kurs', fr: 'Cours' },
        description: { en: 'About it' },
        type: TYPE,
        extensions: { [extension]: { b: [1], a: null } },
      });
      expect(await statements.definition(activity('b').id)).toBeUndefined();
      expect(await statements.definition('https://example.org/never')).toBeUndefined();
    });
  });

  it('lets only the first authority change a type that was given', async () => {
    const opened = await open();
    const typed = (n: number, type: string) => [statement(n, { object: described({ type }) })];
    const type = async () => (await opened.storage.statements.definition(activity('a').id))?.type;
    await store(opened.storage, [statement(1, { object: described({ name: { en: 'A' } }) })], {
      by: 'first',
    });
    await store(opened.storage, typed(2, `${TYPE}/2`), { by: 'second' });
    expect(await type()).toBe(`${TYPE}/2`);
    await opened.reopen();
    await store(opened.storage, typed(3, `${TYPE}/3`), { by: 'second' });
    expect(await type()).toBe(`${TYPE}/2`);
    await store(opened.storage, typed(4, `${TYPE}/4`), { by: 'first' });
    await everyWay(opened, async () => expect(await type()).toBe(`${TYPE}/4`));
  });

  it('learns nothing from a credential that may not define, yet stores what it says', async () => {
    const opened = await open();
    const object = described({ name: { en: 'Mine' } });
    await store(opened.storage, [statement(1, { object })], { mayDefine: false });
    await everyWay(opened, async ({ statements }) => {
      expect(await statements.definition(activity('a').id)).toBeUndefined();
      expect((await statements.find(uuid(1)))?.text).toContain('Mine');
    });
    await store(opened.storage, [statement(2, { object: described({ name: { en: 'Ours' } }) })]);
    await everyWay(opened, async ({ statements }) => {
      expect(await statements.definition(activity('a').id)).toEqual({ name: { en: 'Ours' } });
    });
  });
};

const names = (open: Open): void => {
  it('keeps every name that an agent or group was called by, in the order of their first use (AG-2)', async () => {
    const opened = await open();
    const called = (name: string) => ({ ...agent('ada'), name });
    const group = (name: string, members: readonly object[]) => ({
      objectType: 'Group',
      ...account('team'),
      name,
      member: members,
    });
    const sub = { objectType: 'SubStatement', verb: verb('did'), object: activity('a') };
    await store(opened.storage, [
      statement(1, { actor: called('Ada') }),
      statement(2, { actor: agent('ada'), context: { instructor: called('Lovelace') } }),
      statement(3, { actor: called('Ada'), object: { ...sub, actor: called('A.\u0000L.\ud800') } }),
    ]);
    await store(opened.storage, [
      statement(4, { actor: group('Team', [called('Countess'), { ...agent('bo'), name: 'Bo' }]) }),
      statement(5, {
        object: { ...called('Enchantress'), objectType: 'Agent' },
        context: { team: group('Crew', []) },
      }),
    ]);
    await everyWay(opened, async ({ statements }) => {
      const all = ['Ada', 'Lovelace', 'A.\u0000L.\ud800', 'Countess', 'Enchantress'];
      expect(await statements.names(agent('ada'))).toEqual(all);
      expect(await statements.names(agent('bo'))).toEqual(['Bo']);
      expect(await statements.names(account('team'))).toEqual(['Team', 'Crew']);
      expect(await statements.names(agent('nobody'))).toEqual([]);
      expect(await statements.names({})).toEqual([]);
    });
  });
};

const keptStored = (open: Open): void => {
  const at = (time: string, fraction = '') => ({ stored: `2020-01-01T00:00:${time}${fraction}Z` });
  const keep = { rules: { keep: { stored: true } } } as const;

  it('keeps stored where it ascends and comes after all that is stored', async () => {
    const opened = await open();
    await store(opened.storage, [statement(1, at('01')), statement(2, at('01', '.000001'))], keep);
    await store(opened.storage, [statement(3, at('02', '.5'))], keep);
    await everyWay(opened, async (storage) => {
      const all = await storage.statements.after(0, 10);
      const first = Date.parse('2020-01-01T00:00:01Z') * 1000;
      expect(all.map(({ stored }) => stored)).toEqual([first, first + 1, first + 1_500_000]);
      expect(all[2]?.text).toMatch(/"stored":"2020-01-01T00:00:02.5Z","timestamp":"2020-01-01T00:00:02.5Z"/);
      expect(await found(storage, { since: first, until: first + 1 })).toEqual([2]);
    });
    await store(opened.storage, [statement(4)]);
    const [last] = await opened.storage.statements.after(3, 1);
    expect(last?.stored).toBeGreaterThan(Date.parse('2026-01-01') * 1000);
  });

  it.each([
    ['that is not after the last stored', [statement(9, at('02'))], 0],
    ['that does not ascend', [statement(8, at('05')), statement(9, at('04'))], 1],
    ['that differs below the microsecond', [statement(8, at('05', '.0000001')), statement(9, at('05'))], 1],
    ['before one that has none', [statement(7, at('05')), statement(8), statement(9, at('06'))], 2],
  ])('refuses a moment %s, with all of its batch', async (_, batch, index) => {
    const opened = await open();
    await store(opened.storage, [statement(1, at('02'))], keep);
    const refused = store(opened.storage, batch, keep);
    await expect(refused).rejects.toMatchObject({
      reason: 'statement-invalid',
      problems: [{ index, pointer: '/stored' }],
    });
    await everyWay(opened, async (storage) => expect(await found(storage)).toEqual([1]));
  });

  it('refuses a moment that has not come yet, after which no time could be told', async () => {
    const opened = await open();
    const future = [statement(1, { stored: '2999-01-01T00:00:00Z' })];
    expect(await reasonOf(store(opened.storage, future, keep))).toBe('statement-invalid');
    expect(await found(opened.storage)).toEqual([]);
  });

  it('refuses a moment at or before one that Consistent-Through has told', async () => {
    const opened = await open();
    await opened.storage.proveWritable();
    const told = opened.storage.statements.consistentThrough();
    await everyWay(opened, async (storage) => {
      expect(told).toBeGreaterThan(0);
      expect(await reasonOf(store(storage, [statement(1, at('59'))], keep))).toBe('statement-invalid');
    });
  });

  it('does not look at the moment of a statement that is known', async () => {
    const opened = await open();
    await store(opened.storage, [statement(1, at('02'))], keep);
    await store(opened.storage, [statement(1, at('01')), statement(2, at('03'))], keep);
    await everyWay(opened, async (storage) => expect(await found(storage)).toEqual([2, 1]));
  });
};

export const keepsTheRulesOfDescribing = (open: Open): void => {
  const fresh = closedAfterEach(open);
  describe('activities and agents', () => {
    definitions(fresh);
    names(fresh);
  });
  describe('keeping stored', () => {
    keptStored(fresh);
  });
};
