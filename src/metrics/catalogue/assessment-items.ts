import { oneOf, optional, wholeFrom } from '../../xapi/json-reader.ts';
import { excluding, personsOf } from '../cells.ts';
import { EVENT } from '../grains/event-grain.ts';
import { keyHash } from '../key-hash.ts';
import { type Measuring, metric } from '../metric.ts';
import { fewestFor } from '../query/as-told.ts';
import { type Classes, classesOfFacts } from '../query/classes-of-facts.ts';
import { bitsOf, rowsWhere, wholesOf } from '../query/over-rows.ts';
import { columnOver } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import { scratchBytes, scratchWholes } from '../scratch.ts';
import { SIGNALS } from '../signal.ts';
import { FACT } from '../state/fact-columns.ts';
import { factOrder } from '../state/fact-order.ts';
import { denseNumbers } from '../statistics/dense-numbers.ts';
import { analyseItems } from '../statistics/items.ts';
import type { ListCell } from '../views.ts';
import { MOST_ITEMS } from './list-cell.ts';

type Params = { readonly answers?: 'first' | 'last'; readonly limit?: number };

const DEFAULTS: Required<Params> = { answers: 'first', limit: 200 };
const MOST_RESPONSES = 20;

/** M06: which questions are too easy, too hard, or do not tell good from weak learners. */
export const assessmentItems = metric<Params>({
  id: 'assessment.items',
  version: 1,
  label: 'Item analysis',
  description:
    'Each question with how many answered it rightly (facility), how well it tells good from weak learners (discrimination), and what was answered (distractors). One answer of each person to each question counts, the first or the last. The value is the reliability of all questions together (KR-20). Discrimination and reliability are told from 30 persons on who answered every question: ask for the questions of one test.',
  formula:
    'facility = right / answered; discrimination = r(item, score on the other items); KR-20 = k/(k − 1) · (1 − Σ pq / σ²)',
  numerator: 'Persons whose answer was right.',
  denominator: 'Persons who answered, where it is known whether rightly.',
  kind: 'list',
  unit: 'KR-20',
  minN: 30,
  grain: EVENT,
  params: { answers: optional(oneOf(['first', 'last'])), limit: optional(wholeFrom(1, MOST_ITEMS)) },
  paramsInWords: {
    answers: 'Which answer of a person to a question counts, if there are several.',
    limit:
      'How many questions are told at most, those with most answers; `beside.questions` says how many there are.',
  },
  defaults: DEFAULTS,
  counted: (of) => answersIn(of).answers,
  measure: (of) => analysed(of),
});

const analysed = (of: Measuring<Params>): ListCell => {
  const { scope, grain } = of;
  const { facts, activities } = scope.world.log;
  const { answers, excluded } = answersIn(of);
  const { flags } = facts;
  const item = columnOver(answers, facts.activity);
  const correct = bitsOf(answers, (row) => isRight(flags[row] as number));
  const person = wholesOf(answers, grain.person);
  const { items, completeResponders, kr20 } = analyseItems({ person, item, correct });
  // A person answers each question once.
  const fewest = fewestFor(scope.access);
  const { limit } = { ...DEFAULTS, ...of.params };
  const enough = items
    .filter(({ answered }) => answered >= fewest)
    .sort((a, b) => b.answered - a.answered || (activities.text(a.item) < activities.text(b.item) ? -1 : 1));
  const some = enough.slice(0, limit);
  const responses = responsesOf(of, answers, new Set(some.map(({ item: number }) => number)), fewest);
  const told = some.map(({ item: number, ...figures }) => ({
    item: { id: activities.text(number) },
    ...figures,
    completeResponders: completeResponders >= fewest ? completeResponders : null,
    responses: responses.get(number) ?? [],
  }));
  told.sort((a, b) => (a.item.id < b.item.id ? -1 : 1));
  const beside = { questions: enough.length };
  return { value: kr20, items: told, persons: personsOf(grain, answers), beside, ...excluding(excluded) };
};

const isRight = (flags: number): boolean => (flags & FACT.success) !== 0;

/** One answer of each person to each question. */
const answersIn = ({ scope, rows, params }: Measuring<Params>) => {
  const { facts } = scope.world.log;
  const wanted = { ...DEFAULTS, ...params }.answers;
  const excluded = { unjudged: 0, repeatedAnswers: 0 };
  const { flags, signals } = facts;
  const answered = rowsWhere(rows, (row) => {
    if (((signals[row] as number) & SIGNALS.answered) === 0) return false;
    if (((flags[row] as number) & FACT.isTeam) !== 0) return false;
    const isJudged = ((flags[row] as number) & (FACT.success | FACT.noSuccess)) !== 0;
    if (!isJudged) excluded.unjudged += 1;
    return isJudged;
  });
  const { numbers, count } = denseNumbers(columnOver(answered, personsAndActivities(scope).numbers));
  const order = factOrder(facts);
  const answers = scratchWholes(count);
  const isThere = scratchBytes(count);
  for (let at = 0; at < answered.length; at += 1) {
    const [key, row] = [numbers[at] as number, answered[at] as number];
    const isBetter = isThere[key] === 0 || order(row, answers[key] as number) < 0 === (wanted === 'first');
    if (isBetter) answers[key] = row;
    isThere[key] = 1;
  }
  excluded.repeatedAnswers = answered.length - count;
  return { answers, excluded };
};

/** Events of one person about one activity. */
const personsAndActivities = (scope: Scope): Classes =>
  classesOfFacts(scope, 'persons and activities', (person) => {
    const { activity } = scope.world.log.facts;
    return {
      hash: (fact) => keyHash(person(fact), activity[fact] as number, 0),
      isSame: (a, b) => activity[a] === activity[b] && person(a) === person(b),
    };
  });

type Told = { readonly response: string; readonly count: number; readonly correct: number };

/** What was answered to each of some questions by at least so many persons, the commonest first. */
const responsesOf = (
  { scope }: Measuring<Params>,
  answers: Uint32Array,
  some: ReadonlySet<number>,
  fewest: number,
): ReadonlyMap<number, readonly Told[]> => {
  const { facts, details, words, activities } = scope.world.log;
  const found = new Map<number, Map<number, { count: number; correct: number }>>();
  const isMeant = scratchBytes(activities.size());
  for (const item of some) isMeant[item] = 1;
  for (const row of rowsWhere(answers, (one) => isMeant[facts.activity[one] as number] === 1)) {
    const detail = facts.detail[row] as number;
    const response = detail === 0 ? 0 : (details.response[detail - 1] as number);
    if (response === 0) continue;
    const item = facts.activity[row] as number;
    const ofItem = found.get(item) ?? new Map<number, { count: number; correct: number }>();
    const told = ofItem.get(response) ?? { count: 0, correct: 0 };
    told.count += 1;
    if (isRight(facts.flags[row] as number)) told.correct += 1;
    found.set(item, ofItem.set(response, told));
  }
  const lists = [...found].map(([item, ofItem]) => {
    const list = [...ofItem]
      .filter(([, { count }]) => count >= fewest)
      .map(([response, told]): Told => ({ response: words.text(response), ...told }));
    list.sort((a, b) => b.count - a.count || (a.response < b.response ? -1 : 1));
    return [item, list.slice(0, MOST_RESPONSES)] as const;
  });
  return new Map(lists);
};
