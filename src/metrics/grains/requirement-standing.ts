import type { Requirement } from '../../people/record.ts';
import { oncePerScope } from '../query/once-per-scope.ts';
import type { Scope } from '../query/scope.ts';
import { roughNumbers, roughWholes, scratchWholes } from '../scratch.ts';
import type { InScope, Pairs } from '../state/requirement-scopes.ts';
import type { World } from '../state/world.ts';
import { dueAt } from './enrolment-due.ts';
import { type Evidence, MEANS, requirementEvidence } from './requirement-evidence.ts';
import { type Terms, termsOf } from './requirement-terms.ts';

const NEVER = Number.NEGATIVE_INFINITY;
const ALWAYS = Number.POSITIVE_INFINITY;

/**
 * How each person stands with each requirement at the query's moment. Moments in milliseconds since 1970, NaN for none;
 * of several completions that which holds longest counts.
 */
export type Standing = Pairs &
  InScope & {
    /** When it was met, until when that holds, and until when that is tolerated; Infinity if it holds for ever. */
    readonly met: Float64Array;
    readonly until: Float64Array;
    readonly tolerated: Float64Array;
    /** Excused, until then. */
    readonly waivedUntil: Float64Array;
    readonly due: Float64Array;
    /** The fact by which it was met, and that by which it was waived, plus one; 0 for none. */
    readonly fact: Uint32Array;
    readonly waiver: Uint32Array;
  };

export const requirementStanding = (scope: Scope): Standing =>
  oncePerScope(scope, 'requirement standing', () => measure(scope));

const filled = (size: number, value: number): Float64Array => roughNumbers(size).fill(value);

const measure = (scope: Scope): Standing => {
  const { world } = scope;
  const pairs = world.scopes.pairs();
  const { size } = pairs;
  const standing = {
    ...pairs,
    ...world.scopes.at(scope.asOf),
    met: filled(size, Number.NaN),
    until: filled(size, Number.NaN),
    tolerated: filled(size, Number.NaN),
    waivedUntil: filled(size, NEVER),
    due: filled(size, Number.NaN),
    fact: scratchWholes(size),
    waiver: scratchWholes(size),
  };
  const evidence = requirementEvidence(world);
  const rows = rowsUntil(scope, evidence, standing);
  const said = marksOf(world, evidence, rows, size);
  judgeAll(world, evidence, rows, standing, said);
  finish(world, standing, said);
  return standing;
};

/** The evidence of what is in scope that had happened by the query's moment, without what has been voided. */
const rowsUntil = (
  { world, asOf }: Scope,
  { rows, pair, fact, time }: Evidence,
  { is }: InScope,
): Uint32Array => {
  const found = roughWholes(rows);
  let count = 0;
  for (let row = 0; row < rows; row += 1) {
    if (is[pair[row] as number] === 0 || !((time[row] as number) <= asOf)) continue;
    if (!world.isEffective(fact[row] as number)) continue;
    found[count] = row;
    count += 1;
  }
  return found.subarray(0, count);
};

/** At the same moment that of the smaller hash comes first: which has come first must not decide. */
const isBefore = ({ log }: World, one: number, other: number): boolean => {
  const { time, hash } = log.facts;
  const [a, b] = [time[one] as number, time[other] as number];
  return a < b || (a === b && (hash[one] as number) < (hash[other] as number));
};

type Marks = ReturnType<typeof marksOf>;

/** What is said of a pair beside how it was met: the last of each thing, and the first assignment. */
const marksOf = (world: World, { pair, fact, means, time }: Evidence, rows: Uint32Array, size: number) => {
  const marks = {
    back: filled(size, NEVER),
    begun: filled(size, NEVER),
    assigned: filled(size, Number.NaN),
    dated: scratchWholes(size),
    due: scratchWholes(size),
  };
  const last = (column: Uint32Array, of: number, one: number): void => {
    const before = column[of] as number;
    if (before === 0 || isBefore(world, before - 1, one)) column[of] = one + 1;
  };
  const begin = (of: number, at: number): void => {
    marks.begun[of] = Math.max(marks.begun[of] as number, at);
    if (!((marks.assigned[of] as number) <= at)) marks.assigned[of] = at;
  };
  const mark = (row: number, meant: number): void => {
    const [of, at] = [pair[row] as number, time[row] as number];
    if ((meant & MEANS.back) !== 0) marks.back[of] = Math.max(marks.back[of] as number, at);
    if ((meant & MEANS.begun) !== 0) begin(of, at);
    if ((meant & MEANS.dated) !== 0) last(marks.dated, of, fact[row] as number);
    if ((meant & MEANS.due) !== 0) last(marks.due, of, fact[row] as number);
  };
  for (const row of rows) {
    const meant = means[row] as number;
    if ((meant & MARKING) !== 0) mark(row, meant);
  }
  return marks;
};

const MARKING = MEANS.back | MEANS.begun | MEANS.dated | MEANS.due;

/**
 * Whether something done is outweighed by a failure: one in the same registration, or of those without one, after which
 * nothing was passed.
 */
const failing = (
  { log }: World,
  { pair, fact, means, time }: Evidence,
  rows: Uint32Array,
): ((row: number) => boolean) => {
  const { registration } = log.facts;
  const latest = { failed: new Map<number, number>(), passed: new Map<number, number>() };
  const key = (row: number): number =>
    (pair[row] as number) * 2 ** 32 + (registration[fact[row] as number] as number);
  const note = (name: keyof typeof latest): void => {
    for (const row of rows)
      if (((means[row] as number) & MEANS[name]) !== 0)
        latest[name].set(key(row), Math.max(latest[name].get(key(row)) ?? NEVER, time[row] as number));
  };
  note('failed');
  if (latest.failed.size === 0) return () => false;
  note('passed');
  return (row) => {
    const failed = latest.failed.get(key(row));
    return failed !== undefined && failed > (latest.passed.get(key(row)) ?? NEVER);
  };
};

const HOLDING = MEANS.met | MEANS.done | MEANS.waived;

/** Takes in everything by which something may be met or excused. */
const judgeAll = (
  world: World,
  evidence: Evidence,
  rows: Uint32Array,
  standing: Standing,
  said: Marks,
): void => {
  const { pair, means, fact } = evidence;
  const outweighed = failing(world, evidence, rows);
  for (const row of rows) {
    const meant = means[row] as number;
    if ((meant & HOLDING) === 0) continue;
    const one = {
      pair: pair[row] as number,
      fact: fact[row] as number,
      time: evidence.time[row] as number,
      holds: holdsBy(world, evidence, said, row),
    };
    if ((meant & MEANS.waived) !== 0) waive(world, standing, said, one);
    if ((meant & MEANS.met) !== 0 || ((meant & MEANS.done) !== 0 && !outweighed(row)))
      meet(world, standing, said, one);
  }
};

/** Until when something holds: no longer than a later certificate about it says, if its own statement says nothing. */
const holdsBy = (
  { log }: World,
  { pair, means, time, holds }: Evidence,
  said: Marks,
  row: number,
): number => {
  const own = holds[row] as number;
  const dated = (said.dated[pair[row] as number] as number) - 1;
  if (dated < 0 || ((means[row] as number) & MEANS.dated) !== 0) return own;
  const { facts, details } = log;
  if ((facts.time[dated] as number) < (time[row] as number)) return own;
  return Math.min(own, details.validUntil[(facts.detail[dated] as number) - 1] as number);
};

type Met = { readonly pair: number; readonly fact: number; readonly time: number; readonly holds: number };

/** What is taken back holds until then. */
const meet = (world: World, standing: Standing, said: Marks, { pair, fact, time, holds }: Met): void => {
  const { met, until, fact: by } = standing;
  const back = said.back[pair] as number;
  const end = time <= back ? Math.min(holds, back) : holds;
  const before = until[pair] as number;
  if (end < before || (end === before && isBefore(world, (by[pair] as number) - 1, fact))) return;
  met[pair] = time;
  until[pair] = end;
  by[pair] = fact + 1;
};

/** Whoever is assigned anew is excused no longer. */
const waive = (
  world: World,
  { waivedUntil, waiver }: Standing,
  said: Marks,
  { pair, fact, time, holds }: Met,
): void => {
  if (time < (said.begun[pair] as number) || time <= (said.back[pair] as number)) return;
  const before = waivedUntil[pair] as number;
  if (holds < before || (holds === before && isBefore(world, (waiver[pair] as number) - 1, fact))) return;
  waivedUntil[pair] = holds;
  waiver[pair] = fact + 1;
};

/** Dates that follow from the requirement, and courses of which nothing has to be done. */
const finish = (world: World, standing: Standing, said: Marks): void => {
  const { described, activities } = world.log;
  const { size, is, requirement, requirements, since, until, tolerated, due, waivedUntil } = standing;
  const terms = requirements.map((one) => termsOf(one, world.people.skills.get(one.skill ?? '')));
  const numbers = requirements.map(({ activity = '' }) => activities.known(activity) ?? 0);
  const dues = numbers.map((activity) => described.of('due', activity));
  const isFree = numbers.map((activity) => world.courses.isNotApplicable(activity));
  for (let pair = 0; pair < size; pair += 1) {
    if (is[pair] === 0) continue;
    const which = requirement[pair] as number;
    const end = until[pair] as number;
    tolerated[pair] = end === said.back[pair] ? end : (terms[which] as Terms).tolerated(end);
    if (isFree[which] === true) waivedUntil[pair] = ALWAYS;
    const own = dueAt(
      requirements[which] as Requirement,
      since[pair] as number,
      said.assigned[pair] as number,
    );
    due[pair] = Number.isNaN(own) ? toldDue(world, said.due[pair] as number, dues[which] as number) : own;
  }
};

/** As the last statement says, else as the course does. */
const toldDue = ({ log }: World, named: number, ofCourse: number): number =>
  named === 0 ? ofCourse : (log.details.due[(log.facts.detail[named - 1] as number) - 1] as number);
