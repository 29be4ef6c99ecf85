import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DATA } from './golden.ts';

type Row = Readonly<Record<string, string>>;

/** A table of the Open University's data set; missing values are `?` or empty there, and empty here. */
const table = (name: string): readonly Row[] => {
  const text = gunzipSync(readFileSync(join(DATA, `oulad/${name}.csv.gz`))).toString('utf8');
  const [head = [], ...lines] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(',').map((cell) => cell.replace(/^"(.*)"$/, '$1').replace(/^\?$/, '')));
  return lines.map((cells) => Object.fromEntries(head.map((name, i) => [name, cells[i] ?? ''])));
};

const presentationOf = (row: Row): string => `${row['code_module']}-${row['code_presentation']}`;

export type Enrolment = {
  readonly presentation: string;
  readonly student: number;
  readonly result: string;
  /** Days after day 0. */
  readonly end: number;
  /** The day of the withdrawal; if it has no date, there is none. */
  readonly withdrawn: number | undefined;
};

/** Every enrolment, by presentation and student; the date of a Fail is no withdrawal. */
export const enrolments = (): ReadonlyMap<string, Enrolment> => {
  const ends = new Map(
    table('courses').map((row) => [presentationOf(row), Number(row['module_presentation_length'])]),
  );
  const left = new Map(
    table('studentRegistration').map((row) => [
      `${presentationOf(row)}|${row['id_student']}`,
      row['date_unregistration'] ?? '',
    ]),
  );
  return new Map(
    table('studentInfo').map((row) => {
      const presentation = presentationOf(row);
      const key = `${presentation}|${row['id_student']}`;
      const [result = '', date = ''] = [row['final_result'], left.get(key)];
      const withdrawn = result === 'Withdrawn' && date !== '' ? Number(date) : undefined;
      const end = ends.get(presentation) ?? 0;
      return [key, { presentation, student: Number(row['id_student']), result, end, withdrawn }];
    }),
  );
};

export type Submission = {
  readonly enrolment: string;
  readonly day: number;
  readonly isBanked: boolean;
  /** Out of 100. */
  readonly score: number | undefined;
};

export const submissions = (): readonly Submission[] => {
  const presentations = new Map(
    table('assessments').map((row) => [row['id_assessment'], presentationOf(row)]),
  );
  return table('studentAssessment').map((row) => ({
    enrolment: `${presentations.get(row['id_assessment'])}|${row['id_student']}`,
    day: Number(row['date_submitted']),
    isBanked: row['is_banked'] === '1',
    score: row['score'] === '' ? undefined : Number(row['score']),
  }));
};
