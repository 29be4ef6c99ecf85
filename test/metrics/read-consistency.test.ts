import { waitOf } from '../../src/metrics/read-consistency.ts';

describe('what a question waits for', () => {
  it.each([
    [{}, { atLeast: 100, patience: 100 }],
    [{ consistency: {} }, { atLeast: 100, patience: 100 }],
    [{ consistency: { atLeastSeq: 40 } }, { atLeast: 40, patience: 100 }],
    // Nobody waits for what has not been stored.
    [{ consistency: { atLeastSeq: 400, waitMs: 0 } }, { atLeast: 100, patience: 0 }],
    [{ consistency: { waitMs: 5000 } }, { atLeast: 100, patience: 5000 }],
    [{ consistency: 'soon' }, { atLeast: 100, patience: 100 }],
    [null, { atLeast: 100, patience: 100 }],
  ])('of %j is %j', (query, expected) => {
    expect(waitOf(query, 100)).toEqual(expected);
  });
});
