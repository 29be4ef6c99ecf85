import { launchesByAuth, launchesByFetch, tokensOfLearners, tokensOfServices } from './matrix/principals.ts';
import { strangers } from './matrix/strangers.ts';
import { walkAll } from './matrix/walk.ts';

jest.setTimeout(120_000);

describe('who may what: the table written by hand', () => {
  it.each([
    ['tokens of services', tokensOfServices, 8_300],
    ['tokens of learners', tokensOfLearners, 8_300],
    ['launches by fetch', launchesByFetch, 3_600],
    ['launches by auth', launchesByAuth, 3_600],
    ['those who are nobody here, whatever they have been', strangers, 9_300],
  ] as const)('holds for %s', async (_name, make, least) => {
    const { cells, wrong } = await walkAll(make);
    expect(wrong).toEqual([]);
    expect(cells).toBeGreaterThan(least);
  });
});
