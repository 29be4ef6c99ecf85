import fc from 'fast-check';
import { cohorts as openCohorts } from '../../src/people/cohorts.ts';
import { DAY, dayStart } from '../../src/people/day.ts';
import { periodAdder } from '../../src/people/period.ts';
import { personDirectory } from '../../src/people/persons.ts';
import type { Requirement, RosterRow, SignedRecord } from '../../src/people/record.ts';
import { asksForDeeds } from '../../src/people/requirement-spans.ts';
import { requirements } from '../../src/people/requirements-in-force.ts';
import { roster as openRoster } from '../../src/people/roster.ts';
import type { Rule } from '../../src/people/rule.ts';
import { agentTerm } from '../../src/statements/terms.ts';

const identifier = { account: { homePage: 'https://hr.example.org', name: 'a' } };
const person = agentTerm(identifier) as string;

const day = fc.integer({ min: 1, max: 28 }).map((one) => `2026-02-${String(one).padStart(2, '0')}`);
const row = fc.record(
  { effectiveFrom: day, hired: day, left: fc.option(day), region: fc.constantFrom('EU', 'US') },
  { requiredKeys: [] },
);
const requirement = fc.record(
  { from: day, until: day, appliesTo: fc.constant({ attr: 'region', op: 'eq', value: 'EU' } as const) },
  { requiredKeys: [] },
);

const opened = () => {
  const directory = personDirectory();
  const roster = openRoster(directory);
  const cohorts = openCohorts(directory, roster);
  return { directory, roster, cohorts, required: requirements({ roster, cohorts, did: () => false }) };
};

describe('the spans of a requirement', () => {
  it('say at every moment what is said of that moment alone', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), requirement, (rows, rest) => {
        const { roster, required } = opened();
        const one: Requirement = { id: 'r', skill: 's', due: { days: 3, of: 'hire' }, ...rest };
        required.apply({ record: 'requirements', requirements: [one] });
        for (const some of rows)
          roster.apply({ record: 'roster', rows: [{ identifier, ...some }] }, dayStart('2026-02-10'));
        const [spans = []] = required.spansOf([one], person);
        for (let at = dayStart('2026-01-30'); at < dayStart('2026-03-03'); at += DAY / 2) {
          const span = spans.find(({ from, before }) => from <= at && at < before);
          const [expected] = required.inForce(person, at);
          expect([span !== undefined, span?.since]).toEqual([expected !== undefined, expected?.since]);
        }
      }),
    );
  });

  it('begin anew for who is hired again the day after', () => {
    const { roster, required } = opened();
    const say = (rest: Omit<RosterRow, 'identifier'>) =>
      roster.apply({ record: 'roster', rows: [{ identifier, ...rest }] }, 0);
    say({ hired: '2026-02-01', left: '2026-02-10' });
    say({ effectiveFrom: '2026-02-11', hired: '2026-02-11', left: null });
    const spans = required.spansOf([{ id: 'r', skill: 's' }], person)[0] ?? [];
    expect(spans.map(({ since }) => since)).toEqual([dayStart('2026-02-01'), dayStart('2026-02-11')]);
  });

  it('are not asked of rules that depend on what people did', () => {
    const { cohorts } = opened();
    cohorts.apply({ record: 'cohort', id: 'doers', rule: { not: { did: 'passed' } } });
    cohorts.apply({
      record: 'cohort',
      id: 'self',
      rule: { any: [{ cohort: 'self' }, { attr: 'a', op: 'eq', value: 'b' }] },
    });
    const asks = (rule?: Rule) => asksForDeeds(rule, cohorts);
    expect([asks(), asks({ all: [] }), asks({ cohort: 'self' }), asks({ cohort: 'none' })]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect([asks({ any: [{ cohort: 'doers' }] }), asks({ all: [{ did: 'passed' }] })]).toEqual([true, true]);
  });
});

describe('a list of persons', () => {
  it('means whoever has one of its identifiers, whenever it is asked', () => {
    const { directory, cohorts } = opened();
    const other = { account: { homePage: 'https://hr.example.org', name: 'z' } };
    cohorts.apply({ record: 'cohort', id: 'list', list: [other] });
    const has = () => cohorts.has('list', person, 0, () => false);
    expect(has()).toBe(false);
    directory.apply({ record: 'merge', identifiers: [identifier, other], why: 'w', by: 'b' }, 1, 1);
    expect(has()).toBe(true);
  });
});

describe('a roster', () => {
  it('knows a row that came while its identifier was another person’s', () => {
    const { directory, roster } = opened();
    const other = { account: { homePage: 'https://hr.example.org', name: 'z' } };
    const say = (record: 'merge' | 'split', position: number) =>
      directory.apply(
        { record, identifiers: [identifier, other], why: 'w', by: 'b' } as SignedRecord,
        position,
        1,
      );
    const term = agentTerm(other) as string;
    expect(roster.knows(term)).toBe(false);
    say('merge', 1);
    roster.apply({ record: 'roster', rows: [{ identifier: other, region: 'EU' }] }, 0);
    say('split', 2);
    expect(roster.attributesAt(term, 1).get('region')).toBe('EU');
  });
});

describe('a period', () => {
  const after = (from: string, duration: string) =>
    new Date(periodAdder(duration)?.(Date.parse(from)) ?? Number.NaN).toISOString();

  it.each([
    ['2024-02-29T12:00:00Z', 'P1Y', '2025-02-28T12:00:00.000Z'],
    ['2025-01-31T12:00:00Z', 'P1M', '2025-02-28T12:00:00.000Z'],
    ['2025-11-30T00:00:00Z', 'P3M', '2026-02-28T00:00:00.000Z'],
    ['2025-01-01T00:00:00Z', 'P1Y2M3DT4H5M6S', '2026-03-04T04:05:06.000Z'],
    ['2025-01-01T00:00:00Z', 'P2W', '2025-01-15T00:00:00.000Z'],
    ['2025-01-01T00:00:00Z', 'P0,5Y', '2025-07-01T00:00:00.000Z'],
  ])('from %s of %s ends on %s', (from, duration, end) => expect(after(from, duration)).toBe(end));

  it('is a duration', () => expect(periodAdder('1 year')).toBeUndefined());
});
