import { CATALOGUE } from '../../src/metrics/catalogue.ts';
import { preparing } from '../../src/metrics/preparing.ts';
import { fed, roster, stated, who } from './fed-world.ts';

describe('what is made before anybody asks', () => {
  it('is made part by part, and again only when who people are has changed', () => {
    const { world, add, ask } = fed([
      roster('ann', { hired: '2020-01-01', department: 'Plant', manager: who('boss') }),
      roster('bob', { hired: '2020-01-01', department: 'Sales' }),
      stated('ann', 'registered', 'safety', '2026-01-10'),
      stated('bob', 'registered', 'safety', '2026-01-11'),
    ]);
    const quiet = preparing();
    const parts = (): number => {
      let made = 0;
      while (quiet.make(world)) made += 1;
      return made;
    };
    quiet.asked({ kind: 'freshness' });
    const ofRoster = parts();
    expect(ofRoster).toBeGreaterThan(5);
    expect(parts()).toBe(0);
    // What metrics keep is made once somebody wants any.
    quiet.asked({ kind: 'dimension-values' });
    const ofMetrics = parts();
    // Each alone and by month, and the order of persons.
    expect(ofMetrics).toBe(2 * CATALOGUE.ids.length + 1);
    const all = ofRoster + ofMetrics;
    expect(parts()).toBe(0);
    add(stated('ann', 'passed', 'safety', '2026-02-10'));
    expect(parts()).toBe(0);
    const departments = () =>
      ask({ metrics: ['enrolments.count'], dimensions: ['department'] }).rows.map(([name]) => name);
    expect(departments()).toEqual(['Plant', 'Sales']);
    add(roster('bob', { department: 'Works', effectiveFrom: '2020-01-01' }));
    expect(parts()).toBe(all);
    expect(departments()).toEqual(['Plant', 'Works']);
    // Another world has nothing of it, as after a new table of signals.
    const other = fed([roster('ann', { hired: '2020-01-01' }), roster('bob', { hired: '2020-01-01' })]);
    let made = 0;
    while (quiet.make(other.world)) made += 1;
    expect(made).toBe(all);
  });
});
