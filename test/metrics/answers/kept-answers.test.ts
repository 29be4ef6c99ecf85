import { keptAnswers } from '../../../src/metrics/answers/kept-answers.ts';

const MINUTE = 60_000;

describe('answers that are kept', () => {
  it('are there for a quarter of an hour', () => {
    const kept = keptAnswers<string>();
    kept.put('a', 'A', 10, 0);
    expect(kept.get('a', 15 * MINUTE - 1)).toBe('A');
    expect(kept.get('a', 15 * MINUTE)).toBeUndefined();
    expect(kept.get('a', 0)).toBeUndefined();
  });

  it('make room for others, the least recently used first, and the newest stays however large it is', () => {
    const kept = keptAnswers<string>(100);
    kept.put('a', 'A', 40, 0);
    kept.put('b', 'B', 40, 0);
    kept.get('a', 1);
    kept.put('c', 'C', 40, 2);
    expect(['a', 'b', 'c'].map((key) => kept.get(key, 3))).toEqual(['A', undefined, 'C']);
    kept.put('d', 'D', 1000, 4);
    expect(['a', 'c', 'd'].map((key) => kept.get(key, 5))).toEqual([undefined, undefined, 'D']);
    kept.put('e', 'E', 10, 6);
    expect(['d', 'e'].map((key) => kept.get(key, 7))).toEqual([undefined, 'E']);
  });
});
