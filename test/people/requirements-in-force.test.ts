import { type Did, cohorts as openCohorts } from '../../src/people/cohorts.ts';
import { DAY, dayStart as day, dayEnd } from '../../src/people/day.ts';
import { personDirectory } from '../../src/people/persons.ts';
import type { Requirement, RosterRow, SignedRecord } from '../../src/people/record.ts';
import { type Assigned, requirements } from '../../src/people/requirements-in-force.ts';
import { roster as openRoster } from '../../src/people/roster.ts';
import type { Rule } from '../../src/people/rule.ts';
import { agentTerm } from '../../src/statements/terms.ts';
import type { Identifier } from '../../src/xapi/statement.ts';

/** From the first to the last millisecond of a day. */
const LAST = DAY - 1;

const id = (name: string): Identifier => ({ account: { homePage: 'https://hr.example.org', name } });
const term = (name: string): string => agentTerm(id(name)) as string;

const opened = (rows: Readonly<Record<string, Omit<RosterRow, 'identifier'>>>, did: Did = () => false) => {
  const directory = personDirectory();
  const roster = openRoster(directory);
  for (const [name, rest] of Object.entries(rows))
    roster.apply({ record: 'roster', rows: [{ identifier: id(name), ...rest }] }, day('2026-01-01'));
  const cohorts = openCohorts(directory, roster);
  const required = requirements({ roster, cohorts, did });
  const holds = (rule: Rule, name: string, when = '2026-06-01') =>
    cohorts.holds(rule, term(name), day(when), did);
  const require = (one: Omit<Requirement, 'id' | 'skill'>) =>
    required.apply({ record: 'requirements', requirements: [{ id: 'r', skill: 's', ...one }] });
  const inForce = (name: string, when: string, assigned?: Assigned) =>
    required.inForce(term(name), day(when), assigned).map(({ since, due }) => ({ since, due }));
  const merge = (...names: string[]) =>
    directory.apply({ record: 'merge', identifiers: names.map(id), why: 'w', by: 'b' } as SignedRecord, 1, 1);
  return { cohorts, required, holds, require, inForce, roster, merge };
};

describe('cohorts', () => {
  const people = {
    eu: { hired: '2020-01-01', region: 'EU', attributes: { grade: '9' } },
    us: { hired: '2020-01-01', region: 'US', attributes: { grade: '10' } },
    none: { hired: '2020-01-01' },
  };

  it.each<[Rule, readonly string[]]>([
    [{ all: [] }, ['eu', 'us', 'none']],
    [{ attr: 'region', op: 'eq', value: 'EU' }, ['eu']],
    [{ attr: 'region', op: 'ne', value: 'EU' }, ['us', 'none']],
    [{ attr: 'region', op: 'in', value: ['EU', 'US'] }, ['eu', 'us']],
    [{ attr: 'region', op: 'notIn', value: ['EU'] }, ['us', 'none']],
    [{ attr: 'grade', op: 'lt', value: '10' }, ['eu']],
    [{ attr: 'grade', op: 'ge', value: '9' }, ['eu', 'us']],
    [{ attr: 'hired', op: 'le', value: '2020-01-01' }, ['eu', 'us', 'none']],
    [{ attr: 'hired', op: 'gt', value: '2020-01-01' }, []],
    [{ not: { attr: 'region', op: 'eq', value: 'EU' } }, ['us', 'none']],
    [{ any: [{ attr: 'region', op: 'eq', value: 'EU' }, { cohort: 'list' }] }, ['eu', 'none']],
    [{ all: [{ cohort: 'europe' }, { not: { cohort: 'list' } }] }, ['eu']],
    [{ cohort: 'nothing' }, []],
    [{ did: 'completed', object: 'https://example.org/c' }, ['us']],
  ])('%j', (rule, expected) => {
    const { cohorts, holds } = opened(
      people,
      ({ did, object }, person) =>
        `${did} ${object}` === 'completed https://example.org/c' && person === term('us'),
    );
    cohorts.apply({ record: 'cohort', id: 'list', list: [id('none')] });
    cohorts.apply({ record: 'cohort', id: 'europe', rule: { attr: 'region', op: 'eq', value: 'EU' } });
    expect(['eu', 'us', 'none'].filter((name) => holds(rule, name))).toEqual(expected);
  });

  it('have those of a list under any of their identifiers, change with the roster, and can be taken away', () => {
    const { cohorts, holds, merge, roster } = opened(people);
    cohorts.apply({
      record: 'cohort',
      id: 'c',
      list: [id('alias')],
      rule: { attr: 'region', op: 'eq', value: 'EU' },
    });
    expect(holds({ cohort: 'c' }, 'us')).toBe(false);
    merge('us', 'alias');
    expect(holds({ cohort: 'c' }, 'us')).toBe(true);
    const moved = { identifier: id('eu'), effectiveFrom: '2026-06-01', region: 'US' };
    roster.apply({ record: 'roster', rows: [moved] }, day('2026-01-01'));
    expect([holds({ cohort: 'c' }, 'eu', '2026-05-31'), holds({ cohort: 'c' }, 'eu')]).toEqual([true, false]);
    cohorts.apply({ record: 'cohort', id: 'c', remove: true });
    expect([cohorts.all(), holds({ cohort: 'c' }, 'us')]).toEqual([[], false]);
  });

  it('end where they are defined by each other', () => {
    const { cohorts, holds } = opened(people);
    cohorts.apply({ record: 'cohort', id: 'a', rule: { any: [{ cohort: 'b' }, { all: [] }] } });
    cohorts.apply({ record: 'cohort', id: 'b', rule: { cohort: 'a' } });
    expect([holds({ cohort: 'a' }, 'eu'), holds({ cohort: 'b' }, 'eu')]).toEqual([true, true]);
  });
});

describe('requirements in force', () => {
  const welder = { appliesTo: { attr: 'role', op: 'eq', value: 'Welder' } } as const;

  it('apply to everybody who is employed, and to nobody of whom the roster says nothing', () => {
    const { require, inForce } = opened({ a: { hired: '2026-02-01', left: '2026-04-30' } });
    require({ due: { days: 30, of: 'hire' } });
    expect(inForce('a', '2026-01-31')).toEqual([]);
    expect(inForce('a', '2026-03-01')).toEqual([
      { since: day('2026-02-01'), due: day('2026-02-01') + 30 * DAY + LAST },
    ]);
    expect(inForce('a', '2026-05-01')).toEqual([]);
    expect(inForce('stranger', '2026-03-01')).toEqual([]);
  });

  it('apply from the day on which a person comes to be meant, and are never due before', () => {
    const { require, inForce, roster } = opened({ a: { hired: '2020-01-01', role: 'Clerk' } });
    const change = (effectiveFrom: string, role: string) =>
      roster.apply(
        { record: 'roster', rows: [{ identifier: id('a'), effectiveFrom, role }] },
        day('2026-01-01'),
      );
    change('2026-02-01', 'Welder');
    change('2026-03-01', 'Clerk');
    change('2026-04-01', 'Welder');
    roster.apply(
      { record: 'roster', rows: [{ identifier: id('a'), effectiveFrom: '2026-05-01', region: 'EU' }] },
      day('2026-01-01'),
    );
    require({ ...welder, due: { days: 10, of: 'hire' } });
    expect(inForce('a', '2026-03-15')).toEqual([]);
    expect(inForce('a', '2026-06-01')).toEqual([
      { since: day('2026-04-01'), due: day('2026-04-01') + 10 * DAY + LAST },
    ]);
  });

  it('are in force from their first day to their last', () => {
    const { require, inForce } = opened({ a: { hired: '2020-01-01' } });
    require({ from: '2026-02-01', until: '2026-02-28', due: { on: '2026-02-15' } });
    expect(inForce('a', '2026-01-31')).toEqual([]);
    expect(inForce('a', '2026-02-28')).toEqual([{ since: day('2026-02-01'), due: dayEnd('2026-02-15') }]);
    expect(inForce('a', '2026-03-01')).toEqual([]);
  });

  it('are due after an assignment, if there is one, and begin anew with another employment', () => {
    const { require, inForce, roster } = opened({ a: { hired: '2020-01-01', left: '2021-01-01' } });
    roster.apply(
      { record: 'roster', rows: [{ identifier: id('a'), hired: '2026-02-01', left: null }] },
      day('2026-02-01'),
    );
    require({ due: { days: 10, of: 'assignment' } });
    expect(inForce('a', '2026-03-01')).toEqual([
      { since: day('2026-02-01'), due: day('2026-02-01') + 10 * DAY + LAST },
    ]);
    expect(inForce('a', '2026-03-01', () => day('2026-02-20'))).toEqual([
      { since: day('2026-02-01'), due: day('2026-02-20') + 10 * DAY + LAST },
    ]);
  });

  it('name people whom the roster does not know by lists, without a day that nobody knows', () => {
    const { require, inForce, cohorts } = opened({});
    cohorts.apply({ record: 'cohort', id: 'c', list: [id('guest')] });
    require({ appliesTo: { cohort: 'c' }, due: { days: 10, of: 'hire' } });
    expect(inForce('guest', '2026-03-01')).toEqual([{ since: undefined, due: undefined }]);
    expect(inForce('guest', '2026-03-01', () => 5)).toEqual([{ since: undefined, due: undefined }]);
  });

  it('are those of the last record of each id, without those that were taken away', () => {
    const { required, require } = opened({});
    require({ name: 'One' });
    require({ name: 'Two' });
    expect(required.all()).toEqual([{ id: 'r', skill: 's', name: 'Two' }]);
    required.apply({ record: 'requirements', remove: ['r'] });
    expect([required.all(), required.find('r')]).toEqual([[], undefined]);
  });
});
