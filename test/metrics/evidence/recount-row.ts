import {
  isCarriedOver,
  isCompleted,
  isFailed,
  isPassed,
  isScored,
  nameOf,
  type Plain,
  rootOf,
  scaledOf,
  timeOf,
  verbOf,
} from './plain.ts';

/** A row of evidence with its statements, oldest first. */
export type Row = {
  readonly person: { readonly id: string } | null;
  readonly values: Readonly<Record<string, unknown>>;
  readonly statements: readonly Plain[];
  readonly inNumerator?: boolean;
  readonly num?: number;
  readonly den?: number;
};

const idIn = (value: unknown): string =>
  typeof value === 'object' && value !== null ? (value as { id: string }).id : String(value ?? '');

/** What the row's course (or activity) is, and what was said of it alone. */
const courseOf = ({ values }: Row): string => idIn(values['course']);
const ofCourse = (row: Row): readonly Plain[] =>
  row.statements.filter(({ object }) => object.id === courseOf(row));
const first = (some: readonly Plain[], is: (one: Plain) => boolean): number => {
  const found = some.find(is);
  return found === undefined ? Number.NaN : timeOf(found);
};

const has =
  (...verbs: readonly string[]) =>
  (one: Plain): boolean =>
    verbs.includes(verbOf(one));

/** How course C is made: the first unit has to be completed and passed, the second one completed or excused. */
const partsAt = (row: Row): number => {
  const of = (unit: string, ...verbs: readonly string[]) =>
    first(
      row.statements.filter(({ object }) => object.id === `${courseOf(row)}/${unit}`),
      has(...verbs),
    );
  return Math.max(of('1', 'completed'), of('1', 'passed'), of('2', 'completed', 'waived'));
};

const standing = (row: Row, at: number): number =>
  first(ofCourse(row), has('revoked')) >= at ? Number.NaN : at;

export const completedAt = (row: Row): number =>
  courseOf(row).endsWith('course-c') ? partsAt(row) : standing(row, first(ofCourse(row), isCompleted));
export const passedAt = (row: Row): number => standing(row, first(ofCourse(row), isPassed));
export const failedAt = (row: Row): number => first(ofCourse(row), isFailed);
export const waivedAt = (row: Row): number => first(ofCourse(row), has('waived'));
export const withdrawnAt = (row: Row): number => first(ofCourse(row), has('unregistered'));
/** Registered or assigned; else first heard of. */
export const beginOf = (row: Row): number => {
  const assigned = first(ofCourse(row), has('registered', 'was-assigned'));
  return Number.isNaN(assigned) ? first(row.statements, () => true) : assigned;
};

const BOOKKEEPING = [
  'registered',
  'was-assigned',
  'unregistered',
  'waived',
  'missed',
  'revoked',
  'launched',
  'terminated',
];
/** Anything that a learner does in a course, but for opening it and leaving it. */
export const startedAt = (row: Row): number => {
  const isWork = (one: Plain): boolean =>
    !BOOKKEEPING.includes(verbOf(one)) || (verbOf(one) === 'launched' && one.object.id !== courseOf(row));
  return first(row.statements, (one) => isWork(one) && verbOf(one) !== 'pondered');
};

const isVerdict = (one: Plain): boolean => isPassed(one) || isFailed(one);
/** Of an attempt: whether its last verdict is good; undefined without any. */
export const verdictOf = ({ statements }: Row): boolean | undefined => {
  const last = statements.filter(isVerdict).at(-1);
  return last === undefined ? undefined : isPassed(last);
};
export const scoreOf = ({ statements }: Row): number => {
  const last = statements.filter(isScored).at(-1);
  return last === undefined ? Number.NaN : scaledOf(last);
};

/** Whether anything was sat in the enrolment that was not carried over from before. */
export const isSat = ({ statements }: Row): boolean =>
  statements.some(
    (one) => (isVerdict(one) || one.result?.score !== undefined || has('scored')(one)) && !isCarriedOver(one),
  );

/** How many cycles of courses some statements are of. */
export const cyclesIn = ({ statements }: Row): number =>
  new Set(statements.map((one) => `${rootOf(one)} ${one.context?.registration ?? ''}`)).size;

/** Mastered, and tested next: whether that went well, and how many days later it was. */
export const retentionOf = ({ statements }: Row): { readonly isKept: boolean; readonly days: number } => {
  const tests = statements.filter(has('answered', 'passed', 'failed', 'scored', 'completed'));
  const [mastered, tested] = tests as [Plain, Plain];
  const isKept = tested.result?.success ?? isPassed(tested);
  return { isKept, days: (timeOf(tested) - timeOf(mastered)) / 86_400_000 };
};

const DAY = 86_400_000;
/** When a person was trained in the skill, and when they used it at work as somebody else saw. */
export const skillOf = ({ statements }: Row) => {
  const trained = first(statements, has('passed'));
  const used = statements.filter(has('performed', 'observed')).filter((one) => {
    const who = verbOf(one) === 'observed' ? one.object : one.actor;
    const observer = verbOf(one) === 'observed' ? one.actor : (one.context?.instructor ?? {});
    return nameOf(who) !== nameOf(observer);
  });
  const isUsed = (from: number, to: number): boolean =>
    used.some((one) => timeOf(one) > from && timeOf(one) <= to);
  const levels = statements
    .filter(has('passed', 'performed', 'observed'))
    .map((one) => Number(one.context?.extensions?.['urn:cairn:level'] ?? 1));
  return {
    trained,
    level: Math.max(0, ...levels),
    isAfter: isUsed(trained, trained + 60 * DAY),
    isBefore: used.some((one) => timeOf(one) < trained && timeOf(one) >= trained - 60 * DAY),
    isEver: isUsed(trained, Number.POSITIVE_INFINITY),
  };
};
