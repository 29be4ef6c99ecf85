import { follower } from '../../src/metrics/follower.ts';
import { didIn } from '../../src/metrics/state/did.ts';
import { ADL, LEARNER, LEARNER_TERM, said } from './facts-of.ts';

/** Named by nobody but a merge, and smaller than the one that statements have. */
const UNSEEN = { account: { homePage: 'https://hr.example', name: 'a-0' } };

describe('what somebody did', () => {
  it('is found by an identifier that only a merge names', () => {
    const { world, take } = follower(() => undefined);
    const text = JSON.stringify({ id: '00000000-0000-4000-8000-000000000001', ...said(`${ADL}completed`) });
    const merge = { record: 'merge', identifiers: [LEARNER, UNSEEN], why: 'the same', by: 'key' };
    const common = { stored: Date.UTC(2026, 2, 3) * 1000, voidsOnlyOwn: false };
    take({ ...common, position: 1, kind: 'statement', text });
    take({ ...common, position: 2, kind: 'record', text: JSON.stringify(merge) });
    world.settle();
    const person = world.people.directory.personOf(LEARNER_TERM);
    const did = didIn(world.log, world.persons, world.isEffective, () => undefined);
    expect(person).toBe('gaccount https://hr.example a-0');
    expect(did({ did: 'completed' }, person, Date.UTC(2026, 2, 3))).toBe(true);
    expect(did({ did: 'completed' }, person, Date.UTC(2026, 2, 1))).toBe(false);
    expect(did({ did: 'passed' }, person, Date.UTC(2026, 2, 3))).toBe(false);
  });

  it('is within years and months by the calendar', () => {
    const { world, take } = follower(() => undefined);
    const one = said(`${ADL}completed`, { timestamp: '2024-02-01T00:00:00Z' });
    const text = JSON.stringify({ id: '00000000-0000-4000-8000-000000000001', ...one });
    take({
      stored: Date.UTC(2026, 2, 3) * 1000,
      voidsOnlyOwn: false,
      position: 1,
      kind: 'statement',
      text,
    });
    world.settle();
    const hired = Date.UTC(2022, 0, 1);
    const did = didIn(world.log, world.persons, world.isEffective, () => hired);
    const completed = (within: string, day: number, of?: 'hire') =>
      did({ did: 'completed', within, ...(of === undefined ? {} : { of }) }, LEARNER_TERM, day);
    expect(completed('P2Y', Date.UTC(2026, 1, 1))).toBe(true);
    expect(completed('P2Y', Date.UTC(2026, 1, 2))).toBe(false);
    expect(completed('P1M', Date.UTC(2024, 2, 1))).toBe(true);
    expect(completed('P1M', Date.UTC(2024, 2, 2))).toBe(false);
    expect(completed('P3Y', Date.UTC(2026, 1, 2), 'hire')).toBe(true);
    expect(completed('P25M', Date.UTC(2026, 1, 2), 'hire')).toBe(true);
    expect(completed('P24M', Date.UTC(2026, 1, 2), 'hire')).toBe(false);
  });
});
