import { analyseItems, type Responses } from '../../../src/metrics/statistics/items.ts';

/** So many persons answer 4 items: item 10 nearly all, 11 the better ones, 12 nobody, 13 the worse ones. */
const answers = (persons: number): Responses => {
  const rows = Array.from({ length: persons }, (_, who) =>
    [who % 10 === 0 ? 0 : 1, who < persons / 2 ? 1 : 0, 0, who % 3 === 0 && who >= persons / 2 ? 1 : 0].map(
      (correct, i) => ({ person: who, item: 10 + i, correct }),
    ),
  ).flat();
  return {
    person: rows.map(({ person }) => person),
    item: rows.map(({ item }) => item),
    correct: rows.map(({ correct }) => correct),
  };
};

const joined = (a: Responses, b: Responses): Responses => ({
  person: [...Array.from(a.person), ...Array.from(b.person)],
  item: [...Array.from(a.item), ...Array.from(b.item)],
  correct: [...Array.from(a.correct), ...Array.from(b.correct)],
});

const mean = (list: readonly number[]): number => list.reduce((sum, x) => sum + x, 0) / list.length;
const covariance = (a: readonly number[], b: readonly number[]): number =>
  mean(a.map((x, i) => (x - mean(a)) * ((b[i] ?? 0) - mean(b))));

describe('the analysis of items', () => {
  const given = answers(40);
  const matrix = [0, 1, 2, 3].map((i) => Array.from(given.correct).filter((_, row) => row % 4 === i));
  const scores = (matrix[0] ?? []).map((_, who) => matrix.reduce((sum, item) => sum + (item[who] ?? 0), 0));

  it('has the share of correct answers', () => {
    const { items } = analyseItems(given);
    expect(items.map(({ item, facility }) => [item, facility])).toEqual([
      [10, 0.9],
      [11, 0.5],
      [12, 0],
      [13, 0.175],
    ]);
  });

  it('correlates an item with the score on the others', () => {
    const known = matrix.map((item) => {
      const rest = scores.map((score, who) => score - (item[who] ?? 0));
      return covariance(item, rest) / Math.sqrt(covariance(item, item) * covariance(rest, rest));
    });
    const { items } = analyseItems(given);
    expect(items[0]?.discrimination).toBeCloseTo(known[0] ?? 0, 12);
    expect(items[1]?.discrimination).toBeCloseTo(known[1] ?? 0, 12);
    expect(items[3]?.discrimination).toBeCloseTo(known[3] ?? 0, 12);
    expect(items[2]?.discrimination).toBeNull();
    // Items that go against each other: with the item left in, it would be above 0.
    expect(items[1]?.discrimination).toBeLessThan(0);
  });

  it("has Kuder and Richardson's formula 20", () => {
    const within = matrix.reduce((sum, item) => sum + mean(item) * (1 - mean(item)), 0);
    expect(analyseItems(given).kr20).toBeCloseTo((4 / 3) * (1 - within / covariance(scores, scores)), 12);
  });

  it('leaves out of all but the facility those who did not answer everything', () => {
    const more = analyseItems(joined(given, { person: [99, 100], item: [11, 11], correct: [1, 1] }));
    const { items, completeResponders, kr20 } = analyseItems(given);
    expect(more.items[1]).toMatchObject({ answered: 42, correct: 22, facility: 22 / 42 });
    expect(more.items.map(({ discrimination }) => discrimination)).toEqual(
      items.map(({ discrimination }) => discrimination),
    );
    expect([more.completeResponders, more.kr20]).toEqual([completeResponders, kr20]);
  });

  it('tells nothing but the facility of 29 persons, and everything of 30', () => {
    const few = analyseItems(answers(29));
    expect(few.completeResponders).toBe(29);
    expect([few.kr20, few.items[1]?.discrimination]).toEqual([null, null]);
    expect(few.items[0]?.facility).toBeCloseTo(26 / 29, 14);
    const enough = analyseItems(answers(30));
    expect(enough.kr20).not.toBeNull();
    expect(enough.items[1]?.discrimination).not.toBeNull();
  });

  it('does not depend on the order of answers', () => {
    const backwards = {
      person: Array.from(given.person).reverse(),
      item: Array.from(given.item).reverse(),
      correct: Array.from(given.correct).reverse(),
    };
    expect(analyseItems(backwards)).toEqual(analyseItems(given));
  });

  it('of one item, of answers that are all alike, and of nothing has no reliability', () => {
    const persons = Array.from({ length: 30 }, (_, i) => i);
    const one = analyseItems({
      person: persons,
      item: persons.map(() => 0),
      correct: persons.map((i) => i % 2),
    });
    expect([one.kr20, one.items[0]?.discrimination]).toEqual([null, null]);
    const alike = joined(
      { person: persons, item: persons.map(() => 0), correct: persons.map(() => 1) },
      { person: persons, item: persons.map(() => 1), correct: persons.map(() => 1) },
    );
    expect(analyseItems(alike).kr20).toBeNull();
    expect(analyseItems({ person: [], item: [], correct: [] })).toEqual({
      items: [],
      completeResponders: 0,
      kr20: null,
    });
  });
});
