import { type DemoFiles, rowsOf } from './demo-folder.ts';
import { clustered, offDifference, offMean, offRate, trial } from './deviations.ts';
import type { Planted } from './planted.ts';
import {
  applicationsOf,
  currencyOf,
  type Enrolment,
  enrolmentsOf,
  firstAttemptsOf,
  gainsOf,
  pairsOf,
  pathsOf,
  reportsOf,
} from './streams-of.ts';
import { DAY, departmentsOf, END, readTold, type Told } from './told.ts';

/** How to tell, in standard deviations, how far the streams are from a truth. */
type Judges = Readonly<Record<string, (entry: Planted) => number>>;

const lastNumber = ({ id }: Planted): number => Number(id.split('-').at(-1));

const within30 = ({ person, assigned, completed }: Enrolment) =>
  trial(person, completed <= assigned + 30 * DAY);

const completionJudges = (files: DemoFiles, enrolments: readonly Enrolment[]): Judges => {
  const of = ({ group }: Planted) => enrolments.filter(({ department }) => department === group);
  const on = (platform: string) =>
    enrolments
      .filter((one) => one.platform === platform && /first-aid|data-protection/.test(one.course))
      .map(within30);
  const inTime = ({ person, due, completed }: Enrolment) => trial(person, completed <= due);
  return {
    'completion.rate': (entry) => {
      const isDue = 'window' in entry.params && entry.params.window === 'due';
      return offRate(of(entry).map(isDue ? inTime : within30), entry.value);
    },
    'skill.coverage': ({ group, value }) => offRate(currencyOf(files, enrolments, group as string), value),
    'phone-against-lms': ({ value }) => offDifference(on('Hartwerk Go'), on('Hartwerk Academy'), value),
  };
};

const assessmentJudges = (told: readonly Told[]): Judges => {
  const firsts = firstAttemptsOf(told);
  const of = ({ group }: Planted) => firsts.filter(({ object }) => object === group);
  return {
    'assessment.first_time_pass': (entry) =>
      offRate(
        of(entry).map(({ person, success }) => trial(person, success === true)),
        entry.value,
      ),
    'assessment.score': (entry) =>
      offMean(
        of(entry).map(({ person, scaled = 0 }) => trial(person, scaled)),
        entry.value,
      ),
    'learning.gain': ({ value }) => offMean(gainsOf(told), value),
    'submissions.late': ({ value }) => offRate(reportsOf(told), value),
  };
};

const competencyJudges = (told: readonly Told[]): Judges => {
  const paths = pathsOf(told);
  /** Of those that have been under way for so long. */
  const reachedBy = (limit: number, share: number): number =>
    offRate(
      paths
        .filter(({ assigned }) => assigned + limit * DAY < END)
        .map(({ person, days }) => trial(person, days <= limit)),
      share,
    );
  return {
    'competency.time': (entry) => reachedBy(lastNumber(entry), entry.value),
    'competent-median': ({ value }) => reachedBy(value, 0.5),
  };
};

const retentionJudges = (
  files: DemoFiles,
  told: readonly Told[],
  curve: { m: number; a: number },
): Judges => {
  const pairs = pairsOf(told);
  const departmentOf = departmentsOf(files);
  const at = (wanted: number) => pairs.filter(({ days }) => Math.abs(days / wanted - 1) <= 0.3);
  const of = (department: string) =>
    at(30).filter((pair) => departmentOf(pair.person, pair.at) === department);
  const rate = (days: number) => curve.m * (1 + days) ** -curve.a;
  /** The slope of the log-likelihood at the truth, whose mean is 0; `slope` is that of the logarithm of the rate. */
  const likelihood = (slope: (days: number) => number) =>
    clustered(
      pairs.map(({ person, value, days }) =>
        trial(person, ((value - rate(days)) / (1 - rate(days))) * slope(days)),
      ),
    );
  return {
    'retention.rate_at': (entry) => offRate(at(lastNumber(entry)), entry.value),
    'retention-m': () => likelihood(() => 1 / curve.m),
    'retention-a': () => likelihood((days) => -Math.log(1 + days)),
    'retention-assembly-against-warehouse': ({ value }) =>
      offDifference(of('Assembly'), of('Warehouse'), value),
  };
};

const applicationJudges = (
  files: DemoFiles,
  told: readonly Told[],
  enrolments: readonly Enrolment[],
): Judges => {
  const all = applicationsOf(files, told, enrolments);
  const [firstAid, others] = [true, false].map((isFirstAid) =>
    all.filter(({ skill }) => (skill === 'first-aid') === isFirstAid),
  ) as [typeof all, typeof all];
  const vr = (wanted: boolean) => others.filter(({ practised }) => practised === wanted);
  return {
    application: ({ value }) => offRate(others, value),
    'application-after-vr': ({ value }) => offRate(vr(true), value),
    'application-without-vr': ({ value }) => offRate(vr(false), value),
    'application-vr-effect': ({ value }) => offDifference(vr(true), vr(false), value),
    'application-first-aid': ({ value }) => offRate(firstAid, value),
  };
};

const attendanceJudges = (files: DemoFiles): Judges => {
  const expected = rowsOf(files, 'attendance.csv').map(({ employee_id = '', status }) => ({
    person: employee_id,
    status,
  }));
  const are = (wanted: string, among: typeof expected) =>
    among.map(({ person, status }) => trial(person, status === wanted));
  const unexcused = expected.filter(({ status }) => status !== 'excused');
  return {
    'attendance.rate': ({ value }) => offRate(are('attended', unexcused), value),
    'attendance.no_show': ({ value }) => offRate(are('no-show', unexcused), value),
  };
};

/**
 * How far the streams are from each truth, in standard deviations: what chance leaves of a model that is as it says.
 * Reckoned from the files alone, with nothing of the generator's or of Cairn's.
 */
export const deviationsOf = (files: DemoFiles, truth: readonly Planted[]): Record<string, number> => {
  const told = readTold(files);
  const enrolments = enrolmentsOf(files, told);
  const truthOf = (id: string): number => truth.find((entry) => entry.id === id)?.value as number;
  const judges: Judges = {
    ...completionJudges(files, enrolments),
    ...assessmentJudges(told),
    ...competencyJudges(told),
    ...retentionJudges(files, told, { m: truthOf('retention-m'), a: truthOf('retention-a') }),
    ...applicationJudges(files, told, enrolments),
    ...attendanceJudges(files),
  };
  return Object.fromEntries(
    truth.map((entry) => [entry.id, (judges[entry.id] ?? judges[entry.metric])?.(entry) ?? Number.NaN]),
  );
};
