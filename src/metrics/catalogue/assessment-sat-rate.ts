import { lineOf, optional, orNull } from '../../xapi/json-reader.ts';
import { attemptFacts } from '../grains/attempt-facts.ts';
import { ENROLMENT } from '../grains/enrolment-grain.ts';
import { judgeRows } from '../judged.ts';
import { metric } from '../metric.ts';
import { oncePerScope } from '../query/once-per-scope.ts';
import type { Scope } from '../query/scope.ts';
import { scratchBytes, scratchWholes } from '../scratch.ts';

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
  judge: ({ scope, grain, rows, params }) => {
    const { isGiven, sat } = sittings(scope, { ...DEFAULTS, ...params });
    const { a } = scope.world.enrolments.table;
    return judgeRows({ grain, rows }, (row) =>
      isGiven[a[row] as number] === 1 ? sat[row] !== 0 : 'notGiven',
    );
  },
  proof: ({ scope, params }) => {
    const { sat } = sittings(scope, { ...DEFAULTS, ...params });
    const { telling, handedIn, judged } = attemptFacts(scope);
    return (row) => {
      const attempt = (sat[row] as number) - 1;
      if (attempt < 0) return [];
      return [telling(attempt), handedIn(attempt), judged(attempt)]
        .filter((named) => named !== 0)
        .map((named) => named - 1);
    };
  },
});

/** By enrolment, an attempt of it, plus one; by number of a course, whether it has any. */
type Sittings = { readonly sat: Uint32Array; readonly isGiven: Uint8Array };

const sittings = (scope: Scope, params: Required<Params>): Sittings =>
  oncePerScope(scope, `sittings ${JSON.stringify([params.activity, params.kind])}`, () =>
    findSittings(scope, params),
  );

/** Which enrolments have a sitting, and which courses (by number) any. */
const findSittings = (scope: Scope, params: Required<Params>): Sittings => {
  const { attempts, enrolments, log } = scope.world;
  const { table } = attempts;
  const sat = scratchWholes(enrolments.table.rows);
  const isGiven = scratchBytes(log.activities.size());
  const isMeant = meant(scope, params);
  const { handedIn, judged, isCarriedOver } = attemptFacts(scope);
  const { a, number, rows } = table;
  for (let row = 0; row < rows; row += 1) {
    if (number[row] === 0 || !isMeant(a[row] as number)) continue;
    const fact = handedIn(row) || judged(row);
    // An attempt belongs to the enrolment that what was handed in was taken for, in whichever cycle that was.
    const enrolment = fact === 0 || isCarriedOver(row) ? 0 : (enrolments.placed.row[fact - 1] as number);
    if (enrolment === 0) continue;
    isGiven[enrolments.table.a[enrolment - 1] as number] = 1;
    sat[enrolment - 1] = row + 1;
  }
  return { sat, isGiven };
};

const meant = ({ world }: Scope, { activity, kind }: Required<Params>): ((activity: number) => boolean) => {
  const { activities, words, described } = world.log;
  const number = activity === null ? undefined : (activities.known(activity) ?? -1);
  const word = kind === null ? undefined : (words.known(kind) ?? -1);
  return (one) =>
    (number === undefined || one === number) && (word === undefined || described.of('kind', one) === word);
};
