import { periodAdder } from '../../people/period.ts';
import type { Requirement, Skill } from '../../people/record.ts';
import { dueOf } from '../../people/requirements-in-force.ts';
import type { Scope } from '../query/scope.ts';
import { factOrder } from '../state/fact-order.ts';
import type { InScope } from '../state/requirement-scopes.ts';
import { type Evidence, MEANS, requirementEvidence } from './requirement-evidence.ts';

const NEVER = Number.NEGATIVE_INFINITY;
const ALWAYS = Number.POSITIVE_INFINITY;

/**
 * How each person stands with each requirement at the query's moment. Moments in milliseconds since 1970, NaN for none;
 * of several completions that which holds longest counts.
 */
export type Standing = InScope & {
  readonly requirements: readonly Requirement[];
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

/** How long a requirement holds, and is tolerated after that. */
type Terms = {
  readonly until: (time: number) => number;
  readonly tolerated: (until: number) => number;
};

const opened = new WeakMap<Scope, Standing>();

/** Opened once a question. */
export const requirementStanding = (scope: Scope): Standing => {
  const known = opened.get(scope);
  if (known !== undefined) return known;
  const { scopes } = scope.world;
  const requirements = scopes.requirements();
  const inScope = scopes.at(scope.asOf);
  const standing = measure(scope, requirements, inScope);
  opened.set(scope, standing);
  return standing;
};

const forEver = (): number => ALWAYS;

const termsOf = ({ validFor, grace }: Requirement, skill: Skill | undefined): Terms => {
  const adders = [validFor, skill?.validFor].flatMap((period) => (period && periodAdder(period)) || []);
  const later = grace === undefined ? undefined : periodAdder(grace);
  return {
    until: adders.length === 0 ? forEver : (time) => Math.min(...adders.map((add) => add(time))),
    tolerated: (until) => (later === undefined || until === ALWAYS ? until : later(until)),
  };
};

const filled = (size: number, value: number): Float64Array => new Float64Array(size).fill(value);

const measure = (scope: Scope, requirements: readonly Requirement[], inScope: InScope): Standing => {
  const { size } = inScope;
  const { skills } = scope.world.people;
  const evidence = requirementEvidence(scope, requirements, inScope);
  const said = marksOf(scope, evidence, size);
  const terms = requirements.map((one) => termsOf(one, skills.get(one.skill ?? '')));
  const standing = {
    ...inScope,
    requirements,
    met: filled(size, Number.NaN),
    until: filled(size, Number.NaN),
    tolerated: filled(size, Number.NaN),
    waivedUntil: filled(size, NEVER),
    due: filled(size, Number.NaN),
    fact: new Uint32Array(size),
    waiver: new Uint32Array(size),
  };
  judgeAll(scope, evidence, standing, said, terms);
  finish(scope, standing, said, terms);
  return standing;
};

/** Takes in everything by which something may be met or excused. */
const judgeAll = (
  scope: Scope,
  evidence: Evidence,
  standing: Standing,
  said: Marks,
  terms: readonly Terms[],
): void => {
  const { facts } = scope.world.log;
  const order = factOrder(facts);
  const outweighed = failing(scope, evidence);
  for (let row = 0; row < evidence.rows; row += 1) {
    const [pair, fact, means] = rowOf(evidence, row);
    if ((means & (MEANS.met | MEANS.done | MEANS.waived)) === 0) continue;
    const time = facts.time[fact] as number;
    const holds = holdsUntil(scope, said, terms[standing.requirement[pair] as number] as Terms, pair, fact);
    if ((means & MEANS.waived) !== 0) waive(standing, said, { pair, fact, time, holds }, order);
    const isDone = (means & MEANS.done) !== 0 && !outweighed(pair, fact);
    if (isDone || (means & MEANS.met) !== 0) meet(standing, said, { pair, fact, time, holds }, order);
  }
};

const rowOf = ({ pair, fact, means }: Evidence, row: number): readonly [number, number, number] => [
  pair[row] as number,
  fact[row] as number,
  means[row] as number,
];

/** What is said of a pair beside how it was met: the last of each thing, and the first assignment. */
const marksOf = ({ world }: Scope, evidence: Evidence, size: number) => {
  const { facts } = world.log;
  const order = factOrder(facts);
  const marks = {
    back: filled(size, NEVER),
    begun: filled(size, NEVER),
    assigned: filled(size, ALWAYS),
    dated: new Uint32Array(size),
    due: new Uint32Array(size),
  };
  const last = (column: Uint32Array, pair: number, fact: number): void => {
    const before = column[pair] as number;
    if (before === 0 || order(before - 1, fact) < 0) column[pair] = fact + 1;
  };
  for (let row = 0; row < evidence.rows; row += 1) {
    const [pair, fact, means] = rowOf(evidence, row);
    const time = facts.time[fact] as number;
    if ((means & MEANS.back) !== 0) marks.back[pair] = Math.max(marks.back[pair] as number, time);
    if ((means & MEANS.begun) !== 0) {
      marks.begun[pair] = Math.max(marks.begun[pair] as number, time);
      marks.assigned[pair] = Math.min(marks.assigned[pair] as number, time);
    }
    if ((means & MEANS.dated) !== 0) last(marks.dated, pair, fact);
    if ((means & MEANS.due) !== 0) last(marks.due, pair, fact);
  }
  return marks;
};
type Marks = ReturnType<typeof marksOf>;

/**
 * Whether something done is outweighed by a failure: one in the same registration, or of those without one, after which
 * nothing was passed.
 */
const failing = ({ world }: Scope, evidence: Evidence): ((pair: number, fact: number) => boolean) => {
  const { facts } = world.log;
  const latest = { failed: new Map<number, number>(), passed: new Map<number, number>() };
  const key = (pair: number, fact: number): number => pair * 2 ** 32 + (facts.registration[fact] as number);
  const note = (name: keyof typeof latest, pair: number, fact: number): void => {
    const where = key(pair, fact);
    latest[name].set(where, Math.max(latest[name].get(where) ?? NEVER, facts.time[fact] as number));
  };
  for (let row = 0; row < evidence.rows; row += 1) {
    const [pair, fact, means] = rowOf(evidence, row);
    if ((means & MEANS.failed) !== 0) note('failed', pair, fact);
  }
  for (let row = 0; row < evidence.rows && latest.failed.size > 0; row += 1) {
    const [pair, fact, means] = rowOf(evidence, row);
    if ((means & MEANS.passed) !== 0) note('passed', pair, fact);
  }
  return (pair, fact) => {
    const failed = latest.failed.get(key(pair, fact));
    return failed !== undefined && failed > (latest.passed.get(key(pair, fact)) ?? NEVER);
  };
};

/** Until when a completion holds: as its statement says, or one about it that came later; and no longer than the rule allows. */
const holdsUntil = ({ world }: Scope, said: Marks, terms: Terms, pair: number, fact: number): number => {
  const { facts, details } = world.log;
  const time = facts.time[fact] as number;
  const toldBy = (one: number): number => {
    const detail = facts.detail[one] as number;
    return detail === 0 ? Number.NaN : (details.validUntil[detail - 1] as number);
  };
  const own = toldBy(fact);
  const dated = (said.dated[pair] as number) - 1;
  const later = dated >= 0 && (facts.time[dated] as number) >= time ? toldBy(dated) : ALWAYS;
  return Math.min(terms.until(time), Number.isNaN(own) ? later : own);
};

type Met = { readonly pair: number; readonly fact: number; readonly time: number; readonly holds: number };
type Open = { readonly [Name in keyof Standing]: Standing[Name] };

/** What is taken back holds until then. */
const meet = (
  { met, until, fact: by }: Open,
  said: Marks,
  { pair, fact, time, holds }: Met,
  order: (a: number, b: number) => number,
): void => {
  const back = said.back[pair] as number;
  const end = time <= back ? Math.min(holds, back) : holds;
  const before = until[pair] as number;
  if (end < before || (end === before && order((by[pair] as number) - 1, fact) <= 0)) return;
  met[pair] = time;
  until[pair] = end;
  by[pair] = fact + 1;
};

/** Whoever is assigned anew is excused no longer. */
const waive = (
  { waivedUntil, waiver }: Open,
  said: Marks,
  { pair, fact, time, holds }: Met,
  order: (a: number, b: number) => number,
): void => {
  if (time < (said.begun[pair] as number) || time <= (said.back[pair] as number)) return;
  const before = waivedUntil[pair] as number;
  if (holds < before || (holds === before && order((waiver[pair] as number) - 1, fact) <= 0)) return;
  waivedUntil[pair] = holds;
  waiver[pair] = fact + 1;
};

/** Dates that follow from the requirement, and courses of which nothing has to be done. */
const finish = ({ world }: Scope, standing: Standing, said: Marks, terms: readonly Terms[]): void => {
  const { facts, details, described, activities } = world.log;
  const { size, requirement, requirements, since, until, tolerated, due, waivedUntil } = standing;
  const activityOf = requirements.map(({ activity = '' }) => activities.known(activity) ?? 0);
  const isFree = activityOf.map((activity) => world.courses.isNotApplicable(activity));
  for (let pair = 0; pair < size; pair += 1) {
    const which = requirement[pair] as number;
    const isOver = until[pair] === said.back[pair];
    tolerated[pair] = isOver
      ? (until[pair] as number)
      : (terms[which] as Terms).tolerated(until[pair] as number);
    if (isFree[which] === true) waivedUntil[pair] = ALWAYS;
    const asked = said.due[pair] as number;
    const told =
      asked === 0
        ? described.of('due', activityOf[which] as number)
        : (details.due[(facts.detail[asked - 1] as number) - 1] as number);
    const begun = since[pair] as number;
    const assigned = said.assigned[pair] as number;
    due[pair] = dueAt(requirements[which] as Requirement, begun, assigned) ?? told;
  }
};

/** By the requirement's own rule; never before it applied. */
const dueAt = (requirement: Requirement, since: number, assigned: number): number | undefined => {
  const begun = Number.isNaN(since) ? undefined : since;
  const told = assigned === ALWAYS ? undefined : Math.max(assigned, begun ?? assigned);
  return dueOf(requirement, begun, told);
};
