import { isSelfObserved } from '../../src/metrics/state/is-self-observed.ts';
import { leftAt } from '../../src/metrics/state/left-at.ts';
import { fed, roster, stated, who } from './fed-world.ts';

const observed = stated('learner', 'https://w3id.org/xapi/dod-isd/verbs/performed', 'c', '2026-02-01', {
  context: { instructor: { ...who('mentor'), objectType: 'Agent' } },
});

describe('an observation', () => {
  it('is one of oneself once observer and observed are known to be one person', () => {
    const identifiers = [who('learner'), who('mentor')];
    const merge = { record: 'merge', identifiers, why: 'w' } as const;
    const split = { record: 'split', identifiers, why: 'w' } as const;
    const isOwn = (...entries: Parameters<typeof fed>[0]) => {
      const { world, ask } = fed([observed, ...entries]);
      ask({ metrics: ['enrolments.count'] });
      return isSelfObserved(world, 0);
    };
    expect([isOwn(), isOwn(merge), isOwn(merge, split)]).toEqual([false, true, false]);
  });

  it('is nobody’s where nobody is named', () => {
    const { world, ask } = fed([stated('learner', 'completed', 'c', '2026-02-01')]);
    ask({ metrics: ['enrolments.count'] });
    expect(isSelfObserved(world, 0)).toBe(false);
  });
});

describe('who has left', () => {
  const { world } = fed([
    roster('gone', { hired: '2025-01-01', left: '2025-03-31' }),
    roster('gone', { effectiveFrom: '2026-01-01', hired: '2026-01-01', left: null }),
    roster('stays', { hired: '2025-01-01' }),
    stated('stranger', 'completed', 'c', '2026-02-01'),
  ]);
  const left = (name: string, day: string) => {
    const person = world.log.identifiers.known(`gaccount https://hr.example ${name}`) ?? 0;
    return leftAt(world)(world.persons.personOf(person), Date.parse(day));
  };
  const end = Date.parse('2025-03-31T23:59:59.999Z');

  it('is censored at the end of the employment of that time', () => {
    expect([left('gone', '2025-02-01'), left('gone', '2025-06-01')]).toEqual([end, end]);
    expect([left('gone', '2026-02-01'), left('stays', '2025-02-01'), left('stranger', '2025-02-01')]).toEqual(
      [Number.NaN, Number.NaN, Number.NaN],
    );
  });
});
