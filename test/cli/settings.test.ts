import { readSettings } from '../../src/cli/settings.ts';

describe('CAIRN_MAX_DEPTH', () => {
  it.each([
    [undefined, 100],
    ['10', 10],
    ['1000', 1000],
  ])('%s is %d', (given, depth) => {
    expect(readSettings({ CAIRN_MAX_DEPTH: given }).maxDepth).toBe(depth);
  });

  it.each(['9', '1001', '-1', '1e2', 'deep'])('is not %s', (given) => {
    expect(() => readSettings({ CAIRN_MAX_DEPTH: given })).toThrow(
      `CAIRN_MAX_DEPTH is a whole number from 10 to 1000, not ${given}.`,
    );
  });
});
