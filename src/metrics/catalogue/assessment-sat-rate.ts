import { lineOf, optional, orNull } from '../../xapi/json-reader.ts';
import { excluding, rateCell, successesOf } from '../cells.ts';
import { attemptFacts } from '../grains/attempt-facts.ts';
import { ENROLMENT } from '../grains/enrolment-grain.ts';
import { metric } from '../metric.ts';
import type { Scope } from '../query/scope.ts';

type Params = { readonly activity?: string | null; readonly kind?: string | null };

const DEFAULTS: Required<Params> = { activity: null, kind: null };

/** M06: how many of those who were enrolled sat the assessment: whose scores a mean leaves out. */
export const assessmentSatRate = metric<Params>({
  id: 'assessment.sat_rate',
  version: 1,
  label: 'Sat / enrolled',
  description:
    'Of all enrolments in courses in which an assessment was given, in how many it was sat (handed in, scored, passed or failed). Beside a mean score: those who did not sit it have none, and when weak learners leave, the mean of the others rises (survivor bias). Results that were carried over are no sitting. Courses in which nobody at all has sat it are left out.',
  formula: '#{enrolments with an attempt} / #{enrolments in courses where somebody has one}',
  numerator: 'Enrolments in which it was sat.',
  denominator: 'Enrolments in courses in which anybody has sat it; who withdrew stays in.',
  interval: 'Wilson 1927; effective n by design effect where persons have several enrolments',
  kind: 'rate',
  unit: '1',
  minN: 30,
  grain: ENROLMENT,
  params: { activity: optional(orNull(lineOf(4000))), kind: optional(orNull(lineOf(200))) },
  paramsInWords: {
    activity: 'The IRI of the assessment; null for any.',
    kind: 'The kind of the assessment, such as Exam; null for any.',
  },
  defaults: DEFAULTS,
  measure: ({ scope, grain, rows, params }) => {
    const { isGiven, isSat } = sittings(scope, { ...DEFAULTS, ...params });
    const { a } = scope.world.enrolments.table;
    const excluded = { notGiven: 0 };
    const found = successesOf(grain, rows, (row) => {
      if (isGiven[a[row] as number] === 1) return isSat[row] === 1;
      excluded.notGiven += 1;
      return undefined;
    });
    return rateCell(found, excluding(excluded).excluded);
  },
});

type Sittings = { readonly isSat: Uint8Array; readonly isGiven: Uint8Array };

/** Made once for all groups of a question. */
const made = new WeakMap<Scope, Map<string, Sittings>>();

const sittings = (scope: Scope, params: Required<Params>): Sittings => {
  const known = made.get(scope) ?? new Map<string, Sittings>();
  made.set(scope, known);
  const key = JSON.stringify([params.activity, params.kind]);
  const there = known.get(key) ?? findSittings(scope, params);
  known.set(key, there);
  return there;
};

/** Which enrolments have a sitting, and which courses (by number) any. */
const findSittings = (scope: Scope, params: Required<Params>): Sittings => {
  const { attempts, enrolments, log } = scope.world;
  const { table } = attempts;
  const isSat = new Uint8Array(enrolments.table.rows);
  const isGiven = new Uint8Array(log.activities.size());
  const isMeant = meant(scope, params);
  const { handedIn, judged, isCarriedOver } = attemptFacts(scope);
  const { a, number, root, rows } = table;
  for (let row = 0; row < rows; row += 1) {
    if (number[row] === 0 || !isMeant(a[row] as number)) continue;
    if ((handedIn(row) === 0 && judged(row) === 0) || isCarriedOver(row)) continue;
    isGiven[root[row] as number] = 1;
    const enrolment = enrolmentOf(scope, row);
    if (enrolment !== -1) isSat[enrolment] = 1;
  }
  return { isSat, isGiven };
};

/** The enrolment of an attempt: that of its registration or, without one, the cycle that was current. */
const enrolmentOf = ({ world }: Scope, row: number): number => {
  const { enrolments, attempts } = world;
  const { person, root, registration } = attempts.table;
  const found = enrolments.find(person[row] as number, root[row] as number, registration[row] as number);
  if (found === -1 || registration[row] !== 0) return found;
  const current = enrolments.table.current[found] as number;
  return current === 0 ? found : current - 1;
};

const meant = ({ world }: Scope, { activity, kind }: Required<Params>): ((activity: number) => boolean) => {
  const { activities, words, described } = world.log;
  const number = activity === null ? undefined : (activities.known(activity) ?? -1);
  const word = kind === null ? undefined : (words.known(kind) ?? -1);
  return (one) =>
    (number === undefined || one === number) && (word === undefined || described.of('kind', one) === word);
};
