import { SIGNALS } from '../signal.ts';
import { addEffort, copyAgain, copyLearnt, EFFORT, type EffortTable, settleEffort } from './effort.ts';
import { FACT } from './fact-columns.ts';
import type { FactLog } from './fact-log.ts';
import type { Projection } from './fold.ts';
import { personRows } from './person-rows.ts';

const { answered, submitted, passed, failed, experienced, practised, attended, mentored, reviewed } = SIGNALS;
const TESTS = answered | submitted | passed | failed;
const EXPOSES = experienced | practised | attended | mentored | reviewed;

const pairRows = () =>
  personRows({
    /** The last success, and the next test: facts, plus one. */
    mastered: 'u32',
    tested: 'u32',
    /** The last time that the learner met it again in between, plus one; 0 for a clean pair. */
    exposed: 'u32',
    /** The first success from the test on, plus one: it has been learnt again. */
    relearned: 'u32',
    /** How many successes there were before, the one that mastered it included; in row 0: how many pairs there are. */
    successes: 'u16',
    pairs: 'u16',
    isSkill: 'u8',
    ...EFFORT,
  });

/**
 * What was mastered and when it was next tested (metrics.md §2.3), by item or skill (`a`) and number (`b`, from 1). A
 * failure ends it until the next success; every test begins another pair. The row numbered 0 is what a fold goes on from.
 */
export const retentionPairs = (log: FactLog, skillsOf: (fact: number) => readonly number[]) => {
  const { facts } = log;
  const rows = pairRows();
  const { table } = rows;
  const effort = table as unknown as EffortTable;

  const test = (person: number, item: number, fact: number, isSkill: number): void => {
    const track = rows.row(person, item, 0);
    if (table.mastered[track] !== 0 && (table.pairs[track] as number) < 65_535)
      pair(person, item, fact, track, isSkill);
    addEffort(log, effort, track, fact);
    const isSuccess = succeeded(log, fact) === true;
    table.mastered[track] = isSuccess ? fact + 1 : 0;
    table.exposed[track] = 0;
    if (!isSuccess) return;
    relearn(person, item, fact, track);
    table.successes[track] = Math.min(65_535, (table.successes[track] as number) + 1);
  };
  const pair = (person: number, item: number, fact: number, track: number, isSkill: number): void => {
    table.pairs[track] = (table.pairs[track] as number) + 1;
    const row = rows.row(person, item, table.pairs[track] as number);
    table.mastered[row] = table.mastered[track] as number;
    table.tested[row] = fact + 1;
    table.exposed[row] = table.exposed[track] as number;
    table.successes[row] = table.successes[track] as number;
    table.isSkill[row] = isSkill;
    copyLearnt(effort, track, row);
  };
  /** What a success took since the one before was relearning for the last pair, and is learning for the next. */
  const relearn = (person: number, item: number, fact: number, track: number): void => {
    const row = table.pairs[track] === 0 ? -1 : rows.find(person, item, table.pairs[track] as number);
    if (row !== -1 && table.relearned[row] === 0) {
      table.relearned[row] = fact + 1;
      copyAgain(effort, track, row);
    }
    settleEffort(effort, track);
  };
  const expose = (person: number, item: number, fact: number): void => {
    const track = rows.find(person, item, 0);
    if (track !== -1 && table.mastered[track] !== 0) table.exposed[track] = fact + 1;
  };

  const forEachItem = (fact: number, visit: (item: number, isSkill: number) => void): void => {
    const activity = facts.activity[fact] as number;
    if (activity !== 0) visit(activity, 0);
    for (const skill of skillsOf(fact)) if (skill !== activity) visit(skill, 1);
  };
  const projection: Projection = {
    forget: rows.forget,
    take: (person, fact) => {
      const signals = facts.signals[fact] as number;
      if ((signals & TESTS) !== 0 && succeeded(log, fact) !== undefined)
        forEachItem(fact, (item, isSkill) => test(person, item, fact, isSkill));
      else if ((signals & EXPOSES) !== 0) forEachItem(fact, (item) => expose(person, item, fact));
    },
  };
  return { ...rows, projection };
};

/** Whether a fact is a test of an item or a skill that tells how it went. */
export const isTestOf =
  (log: FactLog, skillsOf: (fact: number) => readonly number[]) =>
  (fact: number, item: number): boolean =>
    ((log.facts.signals[fact] as number) & TESTS) !== 0 &&
    succeeded(log, fact) !== undefined &&
    (log.facts.activity[fact] === item || skillsOf(fact).includes(item));

/** Whether a test went well: as its result says, or else its verb; undefined if neither does. */
export const succeeded = ({ facts }: FactLog, fact: number): boolean | undefined => {
  const flags = facts.flags[fact] as number;
  if ((flags & (FACT.success | FACT.noSuccess)) !== 0) return (flags & FACT.success) !== 0;
  const verdict = (facts.signals[fact] as number) & (passed | failed);
  return verdict === 0 ? undefined : verdict === passed;
};
