import { isAllPast } from '../query/kept-columns.ts';
import { oncePerScope } from '../query/once-per-scope.ts';
import { type WholeOf, wholeColumn } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import { enrolments } from '../state/enrolments.ts';
import { folding } from '../state/fold.ts';

/** The columns of enrolments that later facts take away or write over: outcomes, and what the last to say it tells. */
const OUTCOMES = ['completed', 'passed', 'withdrawn', 'reversed'] as const;
const TOLD = ['due', 'valid', 'graded'] as const;
export const LATEST = [...OUTCOMES, ...TOLD] as const;
export type Latest = (typeof LATEST)[number];

/** By column, the fact that an enrolment named at the query's moment, plus one; 0 for none. */
export type EnrolmentFacts = Readonly<Record<Latest, WholeOf>>;

const opened = new WeakMap<Scope, EnrolmentFacts>();

/**
 * Made once for a question. Where something was written over after the query's moment, the person's facts up to it are
 * folded again.
 */
export const enrolmentFacts = (scope: Scope): EnrolmentFacts => {
  const known = opened.get(scope);
  if (known !== undefined) return known;
  const facts = openFacts(scope);
  opened.set(scope, facts);
  return facts;
};

const openFacts = (scope: Scope): EnrolmentFacts => {
  const { world, asOf } = scope;
  const { table } = world.enrolments;
  const { time } = world.log.facts;
  const isLater = (named: number): boolean => named !== 0 && (time[named - 1] as number) > asOf;
  const before = enrolmentsBefore(scope);
  /** Only of the rows that are asked about: folding persons again takes its time. */
  const asItWas = (name: Latest) => {
    const column = table[name];
    const rewritten = TOLD.some((one) => one === name) ? table.retold : table.rewritten;
    return (row: number): number => {
      if (isLater(rewritten[row] as number)) return before(name, row);
      const named = column[row] as number;
      return isLater(named) ? 0 : named;
    };
  };
  const of = (name: Latest): WholeOf => (isAllPast(scope) ? wholeColumn(() => table[name]) : asItWas(name));
  return Object.fromEntries(LATEST.map((name) => [name, of(name)])) as EnrolmentFacts;
};

/** Whether no outcome was written over after the query's moment, so that no person has to be folded again to know of any. */
export const areOutcomesPlain = (scope: Scope): boolean =>
  oncePerScope(scope, 'plain outcomes', () => {
    if (isAllPast(scope)) return true;
    const { rewritten, rows } = scope.world.enrolments.table;
    const { time } = scope.world.log.facts;
    for (let row = 0; row < rows; row += 1) {
      const fact = rewritten[row] as number;
      if (fact !== 0 && (time[fact - 1] as number) > scope.asOf) return false;
    }
    return true;
  });

/** Enrolments as they were at the query's moment, person by person as they are asked for. */
const enrolmentsBefore = ({ world, asOf }: Scope) => {
  const { log, persons, courses, isEffective } = world;
  const { table } = world.enrolments;
  const { time } = log.facts;
  const past = enrolments(log, courses);
  const isSeen = (fact: number): boolean => (time[fact] as number) <= asOf && isEffective(fact);
  const fold = folding(log, persons, [past.projection], isSeen);
  const folded = new Set<number>();
  return (name: Latest, row: number): number => {
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
