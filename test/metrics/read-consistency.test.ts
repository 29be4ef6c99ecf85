import { waitOf } from '../../src/metrics/read-consistency.ts';

describe('what a question waits for', () => {
  it.each([
    [{}, { atLeast: 100, patience: 100, isNamed: false }],
    [{ consistency: {} }, { atLeast: 100, patience: 100, isNamed: false }],
    [{ consistency: { atLeastSeq: 40 } }, { atLeast: 40, patience: 100, isNamed: true }],
    // Nobody waits for what has not been stored.
    [{ consistency: { atLeastSeq: 400, waitMs: 0 } }, { atLeast: 100, patience: 0, isNamed: true }],
    // Who says how long they wait want all that there is.
    [{ consistency: { waitMs: 5000 } }, { atLeast: 100, patience: 5000, isNamed: true }],
    [{ consistency: 'soon' }, { atLeast: 100, patience: 100, isNamed: false }],
    [null, { atLeast: 100, patience: 100, isNamed: false }],
  ])('of %j is %j', (query, expected) => {
    expect(waitOf(query, 100)).toEqual(expected);
  });
});
