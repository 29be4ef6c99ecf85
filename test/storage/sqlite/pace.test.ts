import { newPace } from '../../../src/storage/sqlite/pace.ts';

describe('the pace of following', () => {
  it('is what it took lately', () => {
    const pace = newPace();
    expect(pace.needs(1000)).toBe(0);
    pace.took(200, 10);
    expect(pace.needs(1000)).toBeCloseTo(50, 9);
    for (let times = 0; times < 50; times += 1) pace.took(200, 20);
    expect(pace.needs(1000)).toBeCloseTo(100, 2);
    // One that was slow says little.
    pace.took(200, 200);
    expect(pace.needs(1000)).toBeLessThan(300);
  });

  it('is none where nothing was taken in, and nothing is needed for what is behind', () => {
    const pace = newPace();
    pace.took(0, 100);
    expect(pace.needs(1000)).toBe(0);
    pace.took(1, 1);
    expect(pace.needs(-5)).toBe(0);
  });
});
