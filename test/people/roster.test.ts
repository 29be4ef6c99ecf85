import fc from 'fast-check';
import { dayEnd, dayStart } from '../../src/people/day.ts';
import { personDirectory } from '../../src/people/persons.ts';
import type { RosterRow, SignedRecord } from '../../src/people/record.ts';
import { roster } from '../../src/people/roster.ts';
import { agentTerm } from '../../src/statements/terms.ts';
import type { Identifier } from '../../src/xapi/statement.ts';

const id = (name: string): Identifier => ({ account: { homePage: 'https://hr.example.org', name } });
const term = (name: string): string => agentTerm(id(name)) as string;
const row = (name: string, rest: Omit<RosterRow, 'identifier'> = {}): RosterRow => ({
  identifier: id(name),
  ...rest,
});
const day = dayStart;

const opened = () => {
  const directory = personDirectory();
  const known = roster(directory);
  const say = (at: string, ...rows: RosterRow[]) => known.apply({ record: 'roster', rows }, day(at));
  const ledger = (record: 'merge' | 'split', ...names: string[]) =>
    directory.apply({ record, identifiers: names.map(id), why: 'w', by: 'b' } as SignedRecord, 1, 1);
  const at = (name: string, when: string) => Object.fromEntries(known.attributesAt(term(name), day(when)));
  const employed = (name: string, ...days: string[]) =>
    days.map((one) => known.isEmployedAt(term(name), day(one)));
  return { known, say, ledger, at, employed };
};

describe('the roster', () => {
  it('holds from the day that a row says, for each attribute up to the next that speaks of it', () => {
    const { say, at } = opened();
    say('2026-05-01', row('a', { effectiveFrom: '2026-01-01', department: 'Sales', role: 'Rep' }));
    say(
      '2026-05-02',
      row('a', { effectiveFrom: '2026-03-01', department: 'Law', attributes: { site: 'X' } }),
    );
    say('2026-05-03', row('a', { effectiveFrom: '2026-02-01', department: 'Ops', role: null }));
    expect(at('a', '2025-12-31')).toEqual({});
    expect(at('a', '2026-01-31')).toEqual({ department: 'Sales', role: 'Rep' });
    expect(at('a', '2026-02-01')).toEqual({ department: 'Ops' });
    expect(at('a', '2026-03-01')).toEqual({ department: 'Law', site: 'X' });
    expect(at('nobody', '2026-03-01')).toEqual({});
  });

  it('begins with the day of hiring at first, and with the import for what is new after that', () => {
    const { say, at, known } = opened();
    say('2026-05-01', row('a', { hired: '2020-01-01', department: 'Sales' }), row('b', { role: 'Rep' }));
    say('2026-06-01', row('a', { hired: '2020-01-01', department: 'Law' }));
    expect(at('a', '2020-01-01')).toEqual({ hired: '2020-01-01', department: 'Sales' });
    expect(at('a', '2026-06-01')).toEqual({ hired: '2020-01-01', department: 'Law' });
    expect(known.changesOf(term('b'))).toEqual([day('2026-05-01')]);
  });

  it('is not changed by rows that come again', () => {
    const { say, known } = opened();
    const rows = [
      row('a', { hired: '2020-01-01', department: 'Sales', region: null }),
      row('b', { effectiveFrom: '2026-01-01', role: 'Rep', manager: id('a') }),
    ];
    for (const at of ['2026-05-01', '2026-06-01', '2026-07-01']) say(at, ...rows);
    expect(known.changesOf(term('a'))).toEqual([day('2020-01-01')]);
    expect(known.changesOf(term('b'))).toEqual([day('2026-01-01')]);
  });

  it('keeps a row of its own day, though it says what is so already, against a later correction', () => {
    const { say, at } = opened();
    say('2026-05-01', row('a', { effectiveFrom: '2026-01-01', role: 'Rep' }));
    say('2026-05-01', row('a', { effectiveFrom: '2026-03-01', role: 'Rep' }));
    say('2026-05-01', row('a', { effectiveFrom: '2026-02-01', role: 'Chief' }));
    expect([at('a', '2026-02-28'), at('a', '2026-03-01')]).toEqual([{ role: 'Chief' }, { role: 'Rep' }]);
  });

  it('knows who is employed, from the first day to the last, whenever that came to be known', () => {
    const { say, employed } = opened();
    say('2026-05-01', row('a', { hired: '2026-02-01' }));
    expect(employed('a', '2026-01-31', '2026-02-01', '2026-12-31')).toEqual([false, true, true]);
    say('2026-06-01', row('a', { hired: '2026-02-01', left: '2026-04-30' }));
    expect(employed('a', '2026-04-30', '2026-05-01', '2026-05-15')).toEqual([true, false, false]);
    say('2026-07-01', row('a', { hired: '2026-06-15', left: null }));
    expect(employed('a', '2026-03-01', '2026-05-15', '2026-06-15', '2027-01-01')).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect(employed('nobody', '2026-05-01')).toEqual([false]);
  });

  it('takes another day of hiring for a correction unless the employment had ended', () => {
    const { say, employed, known } = opened();
    say('2026-05-01', row('a', { hired: '2026-01-01' }));
    say('2026-06-01', row('a', { hired: '2026-02-01', left: '2026-08-31' }));
    expect(employed('a', '2026-01-15', '2026-02-01', '2026-09-01')).toEqual([false, true, false]);
    expect(known.employmentAt(term('a'), day('2030-01-01'))).toEqual({
      hired: day('2026-02-01'),
      left: dayEnd('2026-08-31'),
    });
  });

  it('joins what is known of a person when identifiers are merged, and parts it again', () => {
    const { say, ledger, at } = opened();
    say('2026-05-01', row('a', { effectiveFrom: '2026-01-01', role: 'Rep' }));
    say('2026-05-01', row('b', { effectiveFrom: '2026-02-01', region: 'EU' }));
    const before = [at('a', '2026-03-01'), at('b', '2026-03-01')];
    ledger('merge', 'a', 'b');
    expect(at('a', '2026-03-01')).toEqual({ role: 'Rep', region: 'EU' });
    expect(at('b', '2026-01-15')).toEqual({ role: 'Rep' });
    ledger('split', 'b');
    expect([at('a', '2026-03-01'), at('b', '2026-03-01')]).toEqual(before);
  });

  it('knows who reports to whom at a moment, through others and in circles', () => {
    const { say, known, ledger } = opened();
    const under = (name: string, manager: string, rest = {}) =>
      row(name, { effectiveFrom: '2026-01-01', manager: id(manager), ...rest });
    say('2026-01-01', under('b', 'a'), under('c', 'b'), under('d', 'c'), under('x', 'y'), under('y', 'x'));
    say('2026-01-01', under('gone', 'b', { left: '2026-01-31' }));
    say('2026-02-01', row('d', { effectiveFrom: '2026-02-01', manager: null }));
    const below = (name: string, when: string) => known.reportsOf(term(name), day(when));
    expect(below('a', '2026-01-15')).toEqual(['b', 'c', 'd', 'gone'].map(term));
    expect(below('a', '2026-02-15')).toEqual(['b', 'c'].map(term));
    expect(below('x', '2026-01-15')).toEqual([term('y')]);
    ledger('merge', 'a', 'alias');
    expect(below('alias', '2026-02-15')).toEqual(['b', 'c'].map(term));
  });

  it('lists persons and the names of attributes', () => {
    const { say, known } = opened();
    say('2026-01-01', row('b', { role: 'Rep', attributes: { site: 'X' } }), row('a', { name: 'Ada' }));
    expect(known.attributeNames()).toEqual(['name', 'role', 'site']);
    expect([...known.persons()].sort()).toEqual(['a', 'b'].map(term));
    expect(known.knows(term('c'))).toBe(false);
  });

  it('says of dated rows the same in whichever order those of different days come', () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(days, fc.infiniteStream(fc.nat(1000)), (some, random) => {
        const rows = some.map((one) => {
          const date = `2026-01-${String(one).padStart(2, '0')}`;
          return row('a', {
            effectiveFrom: date,
            [one % 2 ? 'role' : 'region']: one % 3 ? `v${one % 5}` : null,
          });
        });
        const [one, other] = [opened(), opened()];
        one.say('2026-05-01', ...rows);
        const keys = new Map(rows.map((each) => [each, random.next().value]));
        other.say('2026-05-01', ...[...rows].sort((a, b) => Number(keys.get(a)) - Number(keys.get(b))));
        for (
          let at = day('2025-12-31');
          at < day('2026-02-01');
          at = dayEnd(new Date(at).toISOString().slice(0, 10)) + 1
        )
          expect(one.known.attributesAt(term('a'), at)).toEqual(other.known.attributesAt(term('a'), at));
      }),
    );
  });
});
