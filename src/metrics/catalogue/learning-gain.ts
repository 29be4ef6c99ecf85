import { lineOf, oneOf, optional } from '../../xapi/json-reader.ts';
import { excluding, interval } from '../cells.ts';
import { ATTEMPT } from '../grains/attempt-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import { rowsWhere } from '../query/over-rows.ts';
import { scratchNumbers, scratchWholes } from '../scratch.ts';
import { denseNumbers } from '../statistics/dense-numbers.ts';
import { pairedGain } from '../statistics/paired.ts';
import type { GainCell } from '../views.ts';
import { CHOICES, type Choice, scoredValues } from './scored-values.ts';

type Params = { readonly pre?: string; readonly post?: string; readonly attempts?: Choice };

const DEFAULTS: Required<Params> = { pre: 'pretest', post: 'posttest', attempts: 'first' };

/** M07: how much people know after that they did not know before. */
export const learningGain = metric<Params>({
  id: 'learning.gain',
  version: 1,
  label: 'Learning gain',
  description:
    'How much better the same people do in one assessment (post) than in another (pre): the mean of the differences of scores, in parts of the best score. Who has only one of the two is left out and counted. The assessments have to be the same, or equally hard; nothing here can check that. normalisedGain (Hake’s g) is the share of what could be gained, on the means of the group.',
  formula: 'Σ (post − pre) / n; g = (mean post − mean pre) / (1 − mean pre)',
  numerator: 'The sum of differences, one for each person with both.',
  denominator: 'Persons with a score in both.',
  interval: 'Student’s t of the differences',
  kind: 'mean',
  unit: '1',
  minN: 30,
  grain: ATTEMPT,
  params: { pre: optional(lineOf(4000)), post: optional(lineOf(4000)), attempts: optional(oneOf(CHOICES)) },
  paramsInWords: {
    pre: 'The IRI of the activity before, or the kind of such activities.',
    post: 'The IRI of the activity after, or the kind of such activities.',
    attempts:
      'Which scores of a person in one activity count: all, the first, the best, the last, or their mean. A person’s scores in several activities are averaged.',
  },
  defaults: DEFAULTS,
  counted: (of) => {
    const [before, after] = bothIn(of);
    const [one, other] = [new Set(before.person), new Set(after.person)];
    const scored = new Set([...before.some, ...after.some]);
    const isInBoth = (person: number): boolean => one.has(person) && other.has(person);
    return of.rows.filter((row) => scored.has(row) && isInBoth(of.grain.person(row)));
  },
  measure: (of) => gainCell(pair(...bothIn(of))),
});

/** `some` are the attempts that it is made of. */
type ByPerson = { readonly values: Float64Array; readonly person: Uint32Array; readonly some: Uint32Array };

const bothIn = (of: Measuring<Params>): readonly [ByPerson, ByPerson] => {
  const { pre, post, attempts } = { ...DEFAULTS, ...of.params };
  return [scoresIn(of, pre, attempts), scoresIn(of, post, attempts)];
};

/** The mean score of each person in what is meant by an IRI or a kind. */
const scoresIn = (of: Measuring<Params>, meant: string, attempts: Choice): ByPerson => {
  const { a } = of.scope.world.attempts.table;
  const isMeant = activitiesOf(of, meant);
  const rows = rowsWhere(of.rows, (row) => isMeant(a[row] as number));
  const { values, person, some } = scoredValues({
    ...of,
    rows,
    params: { attempts, includeCarriedOver: false },
  });
  const { numbers, count } = denseNumbers(person);
  const [sums, counts, persons] = [scratchNumbers(count), scratchWholes(count), scratchWholes(count)];
  for (let at = 0; at < values.length; at += 1) {
    const who = numbers[at] as number;
    sums[who] = (sums[who] as number) + (values[at] as number);
    counts[who] = (counts[who] as number) + 1;
    persons[who] = person[at] as number;
  }
  return { values: sums.map((sum, who) => sum / (counts[who] as number)), person: persons, some };
};

const activitiesOf = ({ scope }: Measuring<Params>, meant: string): ((activity: number) => boolean) => {
  const { activities, words, described } = scope.world.log;
  const number = activities.known(meant);
  if (number !== undefined) return (activity) => activity === number;
  const kind = words.known(meant) ?? -1;
  return (activity) => described.of('kind', activity) === kind;
};

/** Persons with both, in the order of the first. */
const pair = (before: ByPerson, after: ByPerson) => {
  const places = new Map<number, number>();
  for (let at = 0; at < after.person.length; at += 1) places.set(after.person[at] as number, at);
  const first: number[] = [];
  const second: number[] = [];
  for (let at = 0; at < before.person.length; at += 1) {
    const place = places.get(before.person[at] as number);
    if (place === undefined) continue;
    first.push(before.values[at] as number);
    second.push(after.values[place] as number);
  }
  const excluded = { noPost: before.values.length - first.length, noPre: after.values.length - first.length };
  return { first, second, excluded };
};

const gainCell = ({ first, second, excluded }: ReturnType<typeof pair>): GainCell => {
  const gain = pairedGain(first, second);
  const rest = excluding(excluded);
  if (gain === undefined)
    return {
      value: null,
      n: 0,
      ci: null,
      persons: 0,
      before: null,
      after: null,
      normalisedGain: null,
      cohensD: null,
      ...rest,
    };
  const { n, value, lo, hi, before, after, normalisedGain, cohensD } = gain;
  return {
    value,
    n,
    ci: lo === null || hi === null ? null : interval(lo, hi, 'student-t-of-differences'),
    before,
    after,
    normalisedGain,
    cohensD,
    persons: n,
    ...(n < 30 ? { lowN: true as const } : {}),
    ...rest,
  };
};
