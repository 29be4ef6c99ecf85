import { type DemoFiles, rowsOf } from './demo-folder.ts';
import { type Trial, trial } from './deviations.ts';
import { DAY, departmentsOf, END, groupBy, type Told } from './told.ts';

const DUE = 'https://w3id.org/xapi/tla/extensions/due_date';
const MANDATORY = /\/course\/(loto|forklift|first-aid|data-protection)$/;
const lastPart = (iri: string): string => iri.split('/').at(-1) as string;

export type Enrolment = {
  readonly person: string;
  readonly department: string;
  readonly course: string;
  readonly platform: string | undefined;
  readonly assigned: number;
  readonly due: number;
  /** Infinite if never. */
  readonly completed: number;
};

const enrolmentOf = (
  own: readonly Told[],
  departmentOf: (person: string, at: number) => string,
): Enrolment[] => {
  const first = (verb: string) => own.find((one) => one.verb === verb && MANDATORY.test(one.object));
  const assigned = first('was-assigned');
  if (assigned === undefined || first('waived') !== undefined) return [];
  return [
    {
      person: assigned.person,
      department: departmentOf(assigned.person, assigned.at),
      course: assigned.object,
      platform: assigned.platform,
      assigned: assigned.at,
      due: Date.parse(assigned.extensions[DUE] as string),
      completed: first('satisfied')?.at ?? Number.POSITIVE_INFINITY,
    },
  ];
};

const byRegistration = (told: readonly Told[]): Told[][] => [
  ...groupBy(
    told.filter(({ registration }) => registration !== undefined),
    ({ registration }) => registration as string,
  ).values(),
];

/** Those of the four mandatory courses that were not waived, one for each registration. */
export const enrolmentsOf = (files: DemoFiles, told: readonly Told[]): Enrolment[] => {
  const departmentOf = departmentsOf(files);
  return byRegistration(told).flatMap((own) => enrolmentOf(own, departmentOf));
};

/** The first attempt at a test in each registration. */
export const firstAttemptsOf = (told: readonly Told[]): Told[] =>
  byRegistration(
    told.filter(({ verb, object }) => /^(passed|failed)$/.test(verb) && object.endsWith('/au/test')),
  ).map(([first]) => first as Told);

export type Pair = Trial & { readonly days: number; readonly at: number };

/** Answers after a delay, counted from the last right one. */
export const pairsOf = (told: readonly Told[]): Pair[] => {
  const answers = told.filter(({ verb }) => verb === 'answered');
  return [...groupBy(answers, ({ person, object }) => `${person} ${object}`).values()].flatMap((own) =>
    own.flatMap(({ person, at, success }, index) => {
      const before = own[index - 1];
      if (before?.success !== true) return [];
      return [{ ...trial(person, success === true), days: (at - before.at) / DAY, at }];
    }),
  );
};

export type Application = Trial & { readonly skill: string; readonly practised: boolean };

/** Whether what was trained was seen to be used within 60 days. */
export const applicationsOf = (
  files: DemoFiles,
  told: readonly Told[],
  enrolments: readonly Enrolment[],
): Application[] => {
  const log = groupBy(
    rowsOf(files, 'observations.csv').filter(({ result }) => result === 'ok'),
    ({ employee_id, competency = '' }) => `${employee_id} ${lastPart(competency)}`,
  );
  const inVr = ({ verb, platform }: Told): boolean => verb === 'performed' && platform === 'SafeSim VR';
  const practised = new Set(told.filter(inVr).map(({ person, object }) => `${person} ${lastPart(object)}`));
  return enrolments
    .filter(({ course, completed }) => !course.endsWith('/data-protection') && completed < END)
    .map(({ person, course, completed }) => {
      const skill = lastPart(course);
      const isApplied = (log.get(`${person} ${skill}`) ?? []).some(({ date, time }) => {
        const days = (Date.parse(`${date}T${time}:00+01:00`) - completed) / DAY;
        return days > 0 && days <= 60;
      });
      return { ...trial(person, isApplied), skill, practised: practised.has(`${person} ${skill}`) };
    });
};

export type Path = { readonly person: string; readonly assigned: number; readonly days: number };

/** Paths to the competency: days until it was reached, infinite if it was not. */
export const pathsOf = (told: readonly Told[]): Path[] => {
  const reached = new Map(
    told.filter(({ verb }) => verb === 'asserted').map((one) => [one.registration, one.at]),
  );
  return told
    .filter(({ verb, object }) => verb === 'was-assigned' && object.endsWith('/operator-qualification'))
    .map(({ person, at, registration }) => {
      const days = ((reached.get(registration) ?? Number.POSITIVE_INFINITY) - at) / DAY;
      return { person, assigned: at, days };
    });
};

/** What the test after the workshop is above the one before. */
export const gainsOf = (told: readonly Told[]): Trial[] => {
  const tests = told.filter(({ verb, object }) => verb === 'scored' && object.includes('/safe-lifting/'));
  return [...groupBy(tests, ({ person }) => person)].flatMap(([person, [pre, post]]) =>
    pre?.scaled === undefined || post?.scaled === undefined ? [] : [trial(person, post.scaled - pre.scaled)],
  );
};

/** Whether what was handed in was late. */
export const reportsOf = (told: readonly Told[]): Trial[] =>
  told
    .filter(({ verb, object }) => verb === 'scored' && object.includes('/toolbox-report/'))
    .map(({ person, at, extensions }) => trial(person, at > Date.parse(extensions[DUE] as string)));

const VALID = 180 * DAY;

/** Learners of a department who are there at the end: whether they completed data protection within 180 days of it. */
export const currencyOf = (
  files: DemoFiles,
  enrolments: readonly Enrolment[],
  department: string,
): Trial[] => {
  const current = new Set(
    enrolments
      .filter(({ course, completed }) => course.endsWith('/data-protection') && completed < END)
      .filter(({ completed }) => completed + VALID > END)
      .map(({ person }) => person),
  );
  return [...groupBy(rowsOf(files, 'roster.csv'), (row) => row['employee_id'] as string)]
    .map(([person, rows]) => ({ person, row: rows.at(-1) as Record<string, string> }))
    .filter(({ row }) => row['leave_date'] === '' && row['role'] !== 'team lead')
    .filter(({ row }) => row['department'] === department)
    .map(({ person }) => trial(person, current.has(person)));
};
