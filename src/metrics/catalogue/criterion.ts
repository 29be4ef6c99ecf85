import {
  isObject,
  type JsonReader,
  lineOf,
  needed,
  numberFrom,
  objectOf,
  oneOf,
  optional,
} from '../../xapi/json-reader.ts';
import type { EnrolmentDates } from '../grains/enrolment-dates.ts';
import type { Moment } from '../grains/grain.ts';
import { oncePerScope } from '../query/once-per-scope.ts';
import type { Scope } from '../query/scope.ts';
import { scratchWholes } from '../scratch.ts';
import { SIGNALS } from '../signal.ts';
import { FACT } from '../state/fact-columns.ts';

/** When somebody who is enrolled counts as competent. */
export type Criterion =
  | { readonly reached: 'passed' | 'completed' }
  | { readonly score: number; readonly kind?: string }
  | { readonly skill: string; readonly level?: number };

const MOST_LEVEL = 1000;
const line = lineOf(2000);

const reached = objectOf<Extract<Criterion, { reached: unknown }>>({
  reached: needed(oneOf(['passed', 'completed'])),
});
const score = objectOf<Extract<Criterion, { score: unknown }>>({
  score: needed(numberFrom(-1, 1)),
  kind: optional(line),
});
const skill = objectOf<Extract<Criterion, { skill: unknown }>>({
  skill: needed(line),
  level: optional(numberFrom(0, MOST_LEVEL)),
});

export const criterionReader: JsonReader<Criterion> = (value, at, problems) => {
  if (isObject(value) && 'score' in value) return score(value, at, problems);
  if (isObject(value) && 'skill' in value) return skill(value, at, problems);
  return reached(value, at, problems);
};

export const CRITERION_IN_WORDS =
  '{"reached": "passed" or "completed"}: the course itself. {"score": 0.8, "kind": "TMA"}: the first score of at least that much (scaled, -1 to 1) in anything that belongs to the course, of that kind if one is given, not carried over from before. {"skill": IRI, "level": 2}: the first evidence of the skill at that level (1 unless given), wherever it came from.';

/** When an enrolment's person met the criterion: milliseconds since 1970, NaN for never. */
export const criterionMoment = (scope: Scope, criterion: Criterion, dates: EnrolmentDates): Moment => {
  if ('reached' in criterion) return dates[criterion.reached];
  const { time } = scope.world.log.facts;
  const met = criterionFact(scope, criterion);
  return (row) => (met(row) === 0 ? Number.NaN : (time[met(row) - 1] as number));
};

/** The fact by which an enrolment's person met a score or had a skill, plus one; 0 if none did. */
export const criterionFact = (scope: Scope, criterion: Criterion): ((row: number) => number) => {
  if ('reached' in criterion) return () => 0;
  if ('score' in criterion) {
    const { score: least, kind } = criterion;
    const found = oncePerScope(scope, `first scores ${JSON.stringify([least, kind])}`, () =>
      firstScores(scope, least, kind),
    );
    return (row) => found[row] as number;
  }
  const { skill: name, level = 1 } = criterion;
  const found = oncePerScope(scope, `first at level ${JSON.stringify([name, level])}`, () =>
    firstAtLevel(scope, name, level),
  );
  const { person } = scope.world.enrolments.table;
  return (row) => found[person[row] as number] as number;
};

/** By enrolment, the first fact with a score of at least so much, plus one. */
const firstScores = ({ world, asOf }: Scope, least: number, kind: string | undefined): Uint32Array => {
  const { facts, details, described, words } = world.log;
  const { placed, table } = world.enrolments;
  const { time } = facts;
  const found = scratchWholes(table.rows);
  const wanted = kind === undefined ? 0 : (words.known(kind) ?? -1);
  const isEnough = (fact: number): boolean => {
    const detail = facts.detail[fact] as number;
    return detail !== 0 && (details.scaled[detail - 1] as number) >= least;
  };
  const isOwnResult = (fact: number): boolean =>
    ((facts.signals[fact] as number) & SIGNALS.submitted) !== 0 &&
    ((facts.flags[fact] as number) & FACT.carriedOver) === 0;
  const isWanted = (fact: number): boolean =>
    wanted === 0 || described.of('kind', facts.activity[fact] as number) === wanted;
  const counts = (fact: number): boolean =>
    isEnough(fact) &&
    isOwnResult(fact) &&
    (facts.time[fact] as number) <= asOf &&
    isWanted(fact) &&
    world.isEffective(fact);
  for (let fact = 0; fact < placed.rows; fact += 1) {
    const row = (placed.row[fact] as number) - 1;
    if (row >= 0 && counts(fact) && isEarlier(time, fact, found[row] as number)) found[row] = fact + 1;
  }
  return found;
};

/** By person, the first fact that showed a skill at a level, plus one. */
const firstAtLevel = ({ world, asOf }: Scope, skill: string, level: number): Uint32Array => {
  const { table } = world.skills;
  const { facts, activities, identifiers } = world.log;
  const wanted = activities.known(skill) ?? -1;
  const found = scratchWholes(identifiers.size());
  for (let row = 0; row < table.rows; row += 1) {
    if (table.a[row] !== wanted || table.fact[row] === 0 || (table.level[row] as number) < level) continue;
    const fact = (table.fact[row] as number) - 1;
    const person = table.person[row] as number;
    const isFirst = isEarlier(facts.time, fact, found[person] as number);
    if ((facts.time[fact] as number) <= asOf && isFirst) found[person] = fact + 1;
  }
  return found;
};

const isEarlier = (time: Float64Array, fact: number, than: number): boolean =>
  than === 0 || (time[fact] as number) < (time[than - 1] as number);
