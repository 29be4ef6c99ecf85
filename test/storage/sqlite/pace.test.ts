import { newPace } from '../../../src/storage/sqlite/pace.ts';

const times = (count: number, work: () => void): void => {
  for (let time = 0; time < count; time += 1) work();
};

describe('the pace of following', () => {
  it('is what it took lately', () => {
    const pace = newPace();
    times(20, () => pace.took(200, 10));
    expect(pace.needs(1000)).toBeCloseTo(50, 9);
    times(100, () => pace.took(200, 20));
    expect(pace.needs(1000)).toBeCloseTo(100, 1);
    // One that was slow says little.
    pace.took(200, 200);
    expect(pace.needs(1000)).toBeLessThan(200);
  });

  it('is not known by one long step of a single entry, as after a start', () => {
    const pace = newPace();
    pace.took(1, 2000);
    expect(pace.needs(1000)).toBe(0);
    times(30, () => pace.took(200, 10));
    expect(pace.needs(1000)).toBeLessThan(200);
  });

  it('is none where nothing was taken in, and nothing is needed for what is behind', () => {
    const pace = newPace();
    times(10, () => pace.took(0, 100));
    expect(pace.needs(1000)).toBe(0);
    times(10, () => pace.took(200, 10));
    expect(pace.needs(-5)).toBe(0);
  });
});
