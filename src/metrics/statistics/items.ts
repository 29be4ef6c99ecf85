import { scratchNumbers } from '../scratch.ts';
import { denseNumbers } from './dense-numbers.ts';

/** Answers to items, at most one by a person to an item; `correct` is 0 or 1. */
export type Responses = {
  readonly person: ArrayLike<number>;
  readonly item: ArrayLike<number>;
  readonly correct: ArrayLike<number>;
};

export type Item = {
  /** As it was given. */
  readonly item: number;
  readonly answered: number;
  readonly correct: number;
  /** The share of correct answers among all. */
  readonly facility: number;
  /**
   * The correlation with the score on the other items, among those who answered all (corrected item-total
   * point-biserial); null with too few of them, or where either does not vary.
   */
  readonly discrimination: number | null;
};

export type ItemAnalysis = {
  readonly items: readonly Item[];
  /** Persons who answered every item. */
  readonly completeResponders: number;
  /** Kuder and Richardson's formula 20 among them; null with too few of them, one item, or scores that do not vary. */
  readonly kr20: number | null;
};

/** With fewer complete responders neither discrimination nor reliability is told. */
const ENOUGH_RESPONDERS = 30;

type Totals = { readonly answered: Float64Array; readonly correct: Float64Array };

const totalsBy = (numbers: Int32Array, count: number, correct: ArrayLike<number>): Totals => {
  const totals = { answered: scratchNumbers(count), correct: scratchNumbers(count) };
  for (let i = 0; i < numbers.length; i += 1) {
    const at = numbers[i] as number;
    totals.answered[at] = (totals.answered[at] as number) + 1;
    totals.correct[at] = (totals.correct[at] as number) + (correct[i] as number);
  }
  return totals;
};

/** Sums over the complete responders, all of them whole numbers: their scores, and their squares. */
type Scores = { readonly n: number; readonly sum: number; readonly squares: number };

const scoresOf = (persons: Totals, items: number): Scores => {
  let [n, sum, squares] = [0, 0, 0];
  for (let i = 0; i < persons.answered.length; i += 1) {
    if (persons.answered[i] !== items) continue;
    const score = persons.correct[i] as number;
    n += 1;
    sum += score;
    squares += score * score;
  }
  return { n, sum, squares };
};

/** The correlation of an item (x, 0 or 1) with the score on the others, from Σ x and Σ x · score. */
const discriminationOf = ({ n, sum, squares }: Scores, x: number, xScore: number): number | null => {
  const rest = sum - x;
  const restSquares = squares - 2 * xScore + x;
  const covariance = n * (xScore - x) - x * rest;
  const spread = (n * x - x * x) * (n * restSquares - rest * rest);
  return n < ENOUGH_RESPONDERS || spread === 0 ? null : covariance / Math.sqrt(spread);
};

const kr20Of = ({ n, sum, squares }: Scores, correct: Float64Array): number | null => {
  const k = correct.length;
  const variance = (squares - (sum * sum) / n) / n;
  if (n < ENOUGH_RESPONDERS || k < 2 || n * squares === sum * sum) return null;
  let within = 0;
  for (const right of correct) within += (right / n) * (1 - right / n);
  return (k / (k - 1)) * (1 - within / variance);
};

/** Facility, discrimination and reliability of the items of one test, in ascending order of the items. */
export const analyseItems = ({ person, item, correct }: Responses): ItemAnalysis => {
  const persons = denseNumbers(person);
  const items = denseNumbers(item);
  const ofPersons = totalsBy(persons.numbers, persons.count, correct);
  const ofItems = totalsBy(items.numbers, items.count, correct);
  const scores = scoresOf(ofPersons, items.count);
  const [right, rightScore] = [scratchNumbers(items.count), scratchNumbers(items.count)];
  const given = scratchNumbers(items.count);
  for (let i = 0; i < person.length; i += 1) {
    const [who, at] = [persons.numbers[i] as number, items.numbers[i] as number];
    given[at] = item[i] as number;
    if (ofPersons.answered[who] !== items.count) continue;
    right[at] = (right[at] as number) + (correct[i] as number);
    rightScore[at] = (rightScore[at] as number) + (correct[i] as number) * (ofPersons.correct[who] as number);
  }
  const analysed = Array.from(given, (number, i): Item => {
    const [answered, good] = [ofItems.answered[i] as number, ofItems.correct[i] as number];
    const discrimination = discriminationOf(scores, right[i] as number, rightScore[i] as number);
    return { item: number, answered, correct: good, facility: good / answered, discrimination };
  }).sort((a, b) => a.item - b.item);
  return { items: analysed, completeResponders: scores.n, kr20: kr20Of(scores, right) };
};
