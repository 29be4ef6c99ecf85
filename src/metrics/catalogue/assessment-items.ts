import { oneOf, optional, wholeFrom } from '../../xapi/json-reader.ts';
import { excluding, personsOf } from '../cells.ts';
import { EVENT } from '../grains/event-grain.ts';
import { keyHash } from '../key-hash.ts';
import { type Measuring, metric } from '../metric.ts';
import { fewestFor } from '../query/as-told.ts';
import { type Classes, classesOfFacts } from '../query/classes-of-facts.ts';
import { bitsOf, wholesOf } from '../query/over-rows.ts';
import { columnOver } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import { roughWholes, scratchBytes, scratchWholes } from '../scratch.ts';
import { SIGNALS } from '../signal.ts';
import { FACT } from '../state/fact-columns.ts';
import { factOrder } from '../state/fact-order.ts';
import { denseKeys } from '../statistics/dense-keys.ts';
import { numberingTable } from '../statistics/dense-numbers.ts';
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
const answersIn = (of: Measuring<Params>) => {
  const { facts } = of.scope.world.log;
  const isFirst = { ...DEFAULTS, ...of.params }.answers === 'first';
  const order = factOrder(facts);
  const { judged, unjudged } = judgedAnswers(of);
  const { numbers, count } = personsAndActivities(of.scope);
  const most = Math.min(judged.length, count);
  const { base, slots } = numberingTable(count, most);
  const answers = roughWholes(most);
  let n = 0;
  for (let at = 0; at < judged.length; at += 1) {
    const row = judged[at] as number;
    const number = numbers[row] as number;
    if ((slots[number] as number) < base) {
      slots[number] = base + n;
      answers[n] = row;
      n += 1;
      continue;
    }
    const place = (slots[number] as number) - base;
    if (order(row, answers[place] as number) < 0 === isFirst) answers[place] = row;
  }
  return { answers: answers.subarray(0, n), excluded: { unjudged, repeatedAnswers: judged.length - n } };
};

const JUDGED = FACT.success | FACT.noSuccess;

/** What single learners answered, where it is known whether rightly. */
const judgedAnswers = ({ scope, rows }: Measuring<Params>) => {
  const { flags, signals } = scope.world.log.facts;
  const judged = roughWholes(rows.length);
  let [n, unjudged] = [0, 0];
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] as number;
    if (((signals[row] as number) & SIGNALS.answered) === 0) continue;
    const told = flags[row] as number;
    if ((told & FACT.isTeam) !== 0) continue;
    if ((told & JUDGED) === 0) unjudged += 1;
    else {
      judged[n] = row;
      n += 1;
    }
  }
  return { judged: judged.subarray(0, n), unjudged };
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
  const { flags } = scope.world.log.facts;
  const { words } = scope.world.log;
  const { rows, item, response } = responded(scope, answers, some);
  const { numbers, count } = denseKeys(item, response);
  const [one, sizes, correct] = [roughWholes(count), scratchWholes(count), scratchWholes(count)];
  for (let at = 0; at < rows.length; at += 1) {
    const number = numbers[at] as number;
    one[number] = at;
    sizes[number] = (sizes[number] as number) + 1;
    if (isRight(flags[rows[at] as number] as number)) correct[number] = (correct[number] as number) + 1;
  }
  const lists = new Map<number, Told[]>();
  for (let number = 0; number < count; number += 1) {
    const size = sizes[number] as number;
    if (size < fewest) continue;
    const of = item[one[number] as number] as number;
    const list = lists.get(of) ?? [];
    const text = words.text(response[one[number] as number] as number);
    list.push({ response: text, count: size, correct: correct[number] as number });
    lists.set(of, list);
  }
  for (const [of, list] of lists) {
    list.sort((a, b) => b.count - a.count || (a.response < b.response ? -1 : 1));
    lists.set(of, list.slice(0, MOST_RESPONSES));
  }
  return lists;
};

/** The answers to some questions that say what was answered, with both. */
const responded = ({ world }: Scope, answers: Uint32Array, some: ReadonlySet<number>) => {
  const { facts, details, activities } = world.log;
  const isMeant = scratchBytes(activities.size());
  for (const item of some) isMeant[item] = 1;
  const [rows, item, response] = [
    roughWholes(answers.length),
    roughWholes(answers.length),
    roughWholes(answers.length),
  ];
  let n = 0;
  for (let at = 0; at < answers.length; at += 1) {
    const row = answers[at] as number;
    const activity = facts.activity[row] as number;
    const detail = facts.detail[row] as number;
    if (isMeant[activity] === 0 || detail === 0) continue;
    const told = details.response[detail - 1] as number;
    if (told === 0) continue;
    rows[n] = row;
    item[n] = activity;
    response[n] = told;
    n += 1;
  }
  return { rows: rows.subarray(0, n), item: item.subarray(0, n), response: response.subarray(0, n) };
};
