import type { Requirement } from '../../people/record.ts';
import { SIGNALS } from '../signal.ts';
import { columns } from '../state/columns.ts';
import { FACT } from '../state/fact-columns.ts';
import type { Pairs } from '../state/requirement-scopes.ts';
import type { World } from '../state/world.ts';
import { type Terms, termsOf } from './requirement-terms.ts';

/** What a fact means for a requirement: met, done (met unless it was failed), and so on; a fact may mean several. */
export const MEANS = {
  met: 1 << 0,
  done: 1 << 1,
  failed: 1 << 2,
  passed: 1 << 3,
  back: 1 << 4,
  waived: 1 << 5,
  begun: 1 << 6,
  dated: 1 << 7,
  due: 1 << 8,
} as const;

const MEANT: readonly (readonly [signals: number, meaning: number])[] = [
  [SIGNALS.passed | SIGNALS.satisfied | SIGNALS.certified | SIGNALS.asserted, MEANS.met],
  [SIGNALS.completed, MEANS.done],
  [SIGNALS.failed, MEANS.failed],
  [SIGNALS.passed, MEANS.passed],
  [SIGNALS.revoked | SIGNALS.expired, MEANS.back],
  [SIGNALS.waived, MEANS.waived],
  [SIGNALS.assigned | SIGNALS.registered, MEANS.begun],
];
const ASKED = MEANT.reduce((all, [signals]) => all | signals, 0);

/**
 * What people did that has to do with their requirements, whenever that was: by pair, with the fact, when it happened
 * and until when it holds. In no order.
 */
export type Evidence = ReturnType<typeof evidenceColumns>;
const evidenceColumns = () => columns({ pair: 'u32', fact: 'u32', means: 'u16', time: 'f64', holds: 'f64' });

type Kept = { readonly evidence: Evidence; scanned: number; plain: number; seq: number };
const kept = new WeakMap<Pairs, Kept>();

type Add = (person: number, requirement: number, fact: number, means: number) => void;

/** Kept as long as pairs are the same: then only new facts are looked at. A fact may have been voided since. */
export const requirementEvidence = (world: World): Evidence => {
  const pairs = world.scopes.pairs();
  const known = kept.get(pairs) ?? { evidence: evidenceColumns(), scanned: 0, plain: 0, seq: -1 };
  kept.set(pairs, known);
  if (known.seq === world.upto()) return known.evidence;
  const { evidence } = known;
  const wanted = wantedBy(world, pairs.requirements);
  const add = adder(world, pairs, evidence);
  evidence.rows = known.plain;
  addFacts(world, wanted.activities, known.scanned, add);
  known.scanned = world.log.facts.rows;
  known.plain = evidence.rows;
  addCourses(world, wanted.courses, add);
  addSkills(world, wanted.skills, add);
  known.seq = world.upto();
  return evidence;
};

const adder = ({ log, people }: World, pairs: Pairs, evidence: Evidence): Add => {
  const { facts, details } = log;
  const terms = pairs.requirements.map((one) => termsOf(one, people.skills.get(one.skill ?? '')));
  /** As its statement says, and no longer than the requirement does. */
  const holds = (requirement: number, fact: number, means: number): number => {
    const most = (terms[requirement] as Terms).until(facts.time[fact] as number);
    if ((means & MEANS.dated) === 0) return most;
    return Math.min(most, details.validUntil[(facts.detail[fact] as number) - 1] as number);
  };
  return (person, requirement, fact, means) => {
    const pair = pairs.find(person, requirement);
    if (pair === -1) return;
    const row = evidence.add();
    evidence.pair[row] = pair;
    evidence.fact[row] = fact;
    evidence.means[row] = means;
    evidence.time[row] = facts.time[fact] as number;
    evidence.holds[row] = (means & HOLDING) === 0 ? Number.NaN : holds(requirement, fact, means);
  };
};

/** What something can hold by. */
const HOLDING = MEANS.met | MEANS.done | MEANS.waived;

type Wanted = Map<number, number[]>;

const wantIn = (where: Wanted, activity: number, requirement: number): void => {
  where.set(activity, [...(where.get(activity) ?? []), requirement]);
};

/** Requirements by what they are about: courses that are made of parts, other activities, and skills. */
const wantedBy = ({ courses, log }: World, requirements: readonly Requirement[]) => {
  const wanted = {
    activities: new Map() as Wanted,
    courses: new Map() as Wanted,
    skills: new Map() as Wanted,
  };
  const wantActivity = (activity: number, at: number): void => {
    const course = courses.courseOf(activity)?.activity;
    if (course !== undefined) wantIn(wanted.courses, course, at);
    else for (const name of courses.namesOf(activity)) wantIn(wanted.activities, name, at);
  };
  const numberOf = (id: string): number => log.activities.known(id) ?? 0;
  requirements.forEach(({ activity, skill = '' }, at) => {
    if (activity === undefined) wantIn(wanted.skills, numberOf(skill), at);
    else wantActivity(numberOf(activity), at);
  });
  for (const some of Object.values(wanted)) some.delete(0);
  return wanted;
};

/** Where requirements about an activity are looked up without a map: 0 for most. */
const slots = (wanted: Wanted, size: number) => {
  const slot = new Uint8Array(size);
  for (const activity of wanted.keys()) slot[activity] = 1;
  return slot;
};

const addFacts = (world: World, wanted: Wanted, from: number, add: Add): void => {
  if (wanted.size === 0) return;
  const { facts, details, activities } = world.log;
  const { activity, signals, flags, subject, detail } = facts;
  const isWanted = slots(wanted, activities.size());
  for (let fact = from; fact < facts.rows; fact += 1) {
    if (isWanted[activity[fact] as number] === 0) continue;
    const dates = datesIn(details, detail[fact] as number);
    if (dates === 0 && ((signals[fact] as number) & ASKED) === 0) continue;
    const means = meaningOf(signals[fact] as number, flags[fact] as number) | dates;
    const person = world.persons.personOf(subject[fact] as number);
    for (const requirement of wanted.get(activity[fact] as number) as number[])
      add(person, requirement, fact, means);
  }
};

/** Done without success is failed, whatever else is said. */
const meaningOf = (signals: number, flags: number): number => {
  let means = 0;
  for (const [some, meaning] of MEANT) if ((signals & some) !== 0) means |= meaning;
  const isBad = (means & MEANS.failed) !== 0 || (flags & FACT.noSuccess) !== 0;
  return isBad && (means & MEANS.done) !== 0 ? (means & ~MEANS.done) | MEANS.failed : means;
};

const datesIn = (
  { due, validUntil }: { readonly due: Float64Array; readonly validUntil: Float64Array },
  detail: number,
): number => {
  if (detail === 0) return 0;
  const isDue = Number.isNaN(due[detail - 1] as number) ? 0 : MEANS.due;
  return Number.isNaN(validUntil[detail - 1] as number) ? isDue : isDue | MEANS.dated;
};

const OF_COURSES = [
  ['completed', MEANS.met],
  ['reversed', MEANS.back],
  ['waived', MEANS.waived],
  ['assigned', MEANS.begun],
  ['registered', MEANS.begun],
  ['due', MEANS.due],
  ['valid', MEANS.dated],
] as const;

/** Courses that are made of parts are met when they are completed, not when a statement says so. */
const addCourses = (world: World, wanted: Wanted, add: Add): void => {
  if (wanted.size === 0) return;
  const { table } = world.enrolments;
  const isWanted = slots(wanted, world.log.activities.size());
  const addRow = (row: number, requirement: number): void => {
    for (const [name, means] of OF_COURSES) {
      const named = table[name][row] as number;
      if (named !== 0) add(table.person[row] as number, requirement, named - 1, means);
    }
  };
  for (let row = 0; row < table.rows; row += 1) {
    const course = table.a[row] as number;
    if (isWanted[course] === 0 || table.facts[row] === 0) continue;
    for (const requirement of wanted.get(course) as number[]) addRow(row, requirement);
  }
};

const addSkills = (world: World, wanted: Wanted, add: Add): void => {
  if (wanted.size === 0) return;
  const { facts, details, activities } = world.log;
  const { table } = world.skills;
  const isWanted = slots(wanted, activities.size());
  for (let row = 0; row < table.rows; row += 1) {
    const skill = table.a[row] as number;
    if (isWanted[skill] === 0 || table.fact[row] === 0) continue;
    const fact = (table.fact[row] as number) - 1;
    const means = meaningForSkill(facts.signals[fact] as number, table.level[row] as number);
    const dates = datesIn(details, facts.detail[fact] as number) & MEANS.dated;
    for (const requirement of wanted.get(skill) as number[])
      add(table.person[row] as number, requirement, fact, means | dates);
  }
};

const SHOWS = MEANT.slice(0, 2).reduce((all, [signals]) => all | signals, 0);

/** A skill is shown by what trains it, at any level above none. */
const meaningForSkill = (signals: number, level: number): number => {
  if ((signals & (SIGNALS.revoked | SIGNALS.expired)) !== 0) return MEANS.back;
  return (signals & SHOWS) !== 0 && level > 0 ? MEANS.met : 0;
};
