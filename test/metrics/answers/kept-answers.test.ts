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
    const at = (minute: number) => minute * MINUTE;
    kept.put('a', 'A', 40, 0);
    kept.put('b', 'B', 40, 0);
    kept.get('a', at(1));
    kept.put('c', 'C', 40, at(2));
    expect(['a', 'b', 'c'].map((key) => kept.get(key, at(3)))).toEqual(['A', undefined, 'C']);
    kept.put('d', 'D', 1000, at(4));
    expect(['a', 'c', 'd'].map((key) => kept.get(key, at(5)))).toEqual([undefined, undefined, 'D']);
    kept.put('e', 'E', 10, at(6));
    expect(['d', 'e'].map((key) => kept.get(key, at(7)))).toEqual([undefined, 'E']);
  });

  it('stay while they are being read, up to four times as much', () => {
    const kept = keptAnswers<string>(100);
    kept.put('large', 'L', 300, 0);
    for (let page = 1; page < 10; page += 1) {
      kept.put(`small ${page}`, 'S', 10, page * 50_000);
      expect(kept.get('large', page * 50_000)).toBe('L');
    }
    kept.put('another', 'A', 200, 450_000);
    expect(kept.get('large', 450_000)).toBeUndefined();
    expect(kept.get('another', 450_000)).toBe('A');
  });
});
