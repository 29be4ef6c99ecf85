import { isAllPast } from '../query/kept-columns.ts';
import { oncePerScope } from '../query/once-per-scope.ts';
import { type WholeColumn, type WholeOf, wholeColumn } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import { roughWholes } from '../scratch.ts';
import { enrolments, TOLD_LAST, type Told } from '../state/enrolments.ts';
import { folding } from '../state/fold.ts';
import { lastBefore } from '../state/last-before.ts';

/** The columns of enrolments that later facts take away or write over: outcomes, and what the last to say it tells. */
const OUTCOMES = ['completed', 'passed', 'withdrawn', 'reversed'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export const LATEST = [...OUTCOMES, ...TOLD_LAST] as const;
export type Latest = (typeof LATEST)[number];

/** By column, the fact that an enrolment named at the query's moment, plus one; 0 for none. */
export type EnrolmentFacts = Readonly<Record<Latest, WholeOf>>;

/** Made once for a question. */
export const enrolmentFacts = (scope: Scope): EnrolmentFacts =>
  oncePerScope(scope, 'enrolment facts', () => {
    const outcome = outcomesAt(scope);
    return Object.fromEntries([
      ...OUTCOMES.map((name) => [name, outcome(name)]),
      ...TOLD_LAST.map((name) => [name, toldAt(scope, name)]),
    ]) as EnrolmentFacts;
  });

const toldAt = (scope: Scope, name: Told): WholeColumn => {
  const { world, asOf } = scope;
  const { enrolments: state } = world;
  const then = (): Uint32Array =>
    lastBefore(world, state, asOf, { column: state.table[name], tells: (fact) => state.tells(name, fact) });
  return wholeColumn(() => (isAllPast(scope) ? state.table[name] : then()));
};

/** Of so many enrolments persons are folded again for everybody; of more, only for those that are asked about. */
const FEW = 1000;

/** Whether outcomes can be reckoned for all enrolments: few were written over after the query's moment. */
export const areOutcomesPlain = (scope: Scope): boolean => rewrittenSince(scope).length <= FEW;

/** The enrolments of which an outcome was written over after the query's moment; some of them, if there are many. */
const rewrittenSince = (scope: Scope): readonly number[] =>
  oncePerScope(scope, 'rewritten', () => {
    const found: number[] = [];
    if (isAllPast(scope)) return found;
    const { rewritten, rows } = scope.world.enrolments.table;
    const { time } = scope.world.log.facts;
    for (let row = 0; row < rows && found.length <= FEW; row += 1) {
      const fact = rewritten[row] as number;
      if (fact !== 0 && (time[fact - 1] as number) > scope.asOf) found.push(row);
    }
    return found;
  });

/** The facts that outcomes named at the query's moment where they were written over since, which may be asked for while outcomes are plain. */
export const rewrittenOutcomes = (scope: Scope, name: Outcome): readonly (readonly [number, number])[] => {
  const before = enrolmentsBefore(scope);
  return rewrittenSince(scope).map((row) => [row, before(name, row)] as const);
};

/** Where something was written over after the query's moment, the person's facts up to it are folded again. */
const outcomesAt = (scope: Scope): ((name: Outcome) => WholeOf) => {
  const { world, asOf } = scope;
  const { table } = world.enrolments;
  if (isAllPast(scope)) return (name) => wholeColumn(() => table[name]);
  const { time } = world.log.facts;
  const isLater = (named: number): boolean => named !== 0 && (time[named - 1] as number) > asOf;
  const before = enrolmentsBefore(scope);
  if (!areOutcomesPlain(scope))
    return (name) => (row) => {
      if (isLater(table.rewritten[row] as number)) return before(name, row);
      const named = table[name][row] as number;
      return isLater(named) ? 0 : named;
    };
  return (name) =>
    wholeColumn(() => {
      const [column, found] = [table[name], roughWholes(table.rows)];
      for (let row = 0; row < found.length; row += 1) {
        const named = column[row] as number;
        found[row] = isLater(named) ? 0 : named;
      }
      for (const [row, named] of rewrittenOutcomes(scope, name)) found[row] = named;
      return found;
    });
};

/** Enrolments as they were at the query's moment, person by person as they are asked for. */
const enrolmentsBefore = (scope: Scope) =>
  oncePerScope(scope, 'enrolments before', () => foldedBefore(scope));

const foldedBefore = ({ world, asOf }: Scope) => {
  const { log, persons, courses, isEffective } = world;
  const { table } = world.enrolments;
  const { time } = log.facts;
  const past = enrolments(log, courses);
  const isSeen = (fact: number): boolean => (time[fact] as number) <= asOf && isEffective(fact);
  const fold = folding(log, persons, [past.projection], isSeen);
  const folded = new Set<number>();
  return (name: Outcome, row: number): number => {
    const person = table.person[row] as number;
    if (!folded.has(person)) {
      folded.add(person);
      fold.upset([person]);
      fold.settle();
    }
    const found = past.find(person, table.a[row] as number, table.b[row] as number);
    return found === -1 ? 0 : (past.table[name][found] as number);
  };
};
