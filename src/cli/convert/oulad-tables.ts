import type { Row } from './row.ts';

/** The tables of the dataset that statements are made of, in the order in which they are read. */
export const TABLES = {
  courses: ['code_module', 'code_presentation', 'module_presentation_length'],
  assessments: ['code_module', 'code_presentation', 'id_assessment', 'assessment_type', 'date'],
  studentInfo: ['code_module', 'code_presentation', 'id_student', 'final_result'],
  studentRegistration: [
    'code_module',
    'code_presentation',
    'id_student',
    'date_registration',
    'date_unregistration',
  ],
  studentAssessment: ['id_assessment', 'id_student', 'date_submitted', 'is_banked', 'score'],
} as const;

export type TableName = keyof typeof TABLES;

/** A run of a module; days are counted from its first. */
export type Presentation = {
  readonly module: string;
  readonly code: string;
  /** In milliseconds since 1970 (UTC). */
  readonly start: number;
  readonly end: number;
};

export type Assessment = {
  readonly id: string;
  readonly kind: string;
  readonly presentation: Presentation;
  /** In milliseconds since 1970 (UTC), where the table has a date. */
  readonly due?: number;
};

const DAY = 86_400_000;

/** The day that a presentation of a year begins with: of `B` in February, of `J` in October. */
const MONTHS: Readonly<Record<string, number>> = { B: 1, J: 9 };
const KINDS: readonly string[] = ['TMA', 'CMA', 'Exam'];

/** Both ways in which the dataset says that it has no value. */
const isMissing = (cell: string): boolean => cell === '' || cell === '?';

export const dayOf = ({ start }: Presentation, day: number): number => start + day * DAY;

/** A whole number of days; undefined without one, and when the row has been refused for it. */
export const readDay = (row: Row, column: string): number | undefined => {
  const cell = row.cell(column);
  if (isMissing(cell)) return undefined;
  if (/^-?\d{1,5}$/.test(cell)) return Number(cell);
  row.refuse(column, `Expected a whole number of days, not ${JSON.stringify(cell)}.`);
  return undefined;
};

/** Between 0 and 100; undefined without one, and when the row has been refused for it. */
export const readScore = (row: Row): number | undefined => {
  const cell = row.cell('score');
  if (isMissing(cell)) return undefined;
  if (/^\d{1,3}(\.\d+)?$/.test(cell) && Number(cell) <= 100) return Number(cell);
  row.refuse('score', `Expected a score from 0 to 100, not ${JSON.stringify(cell)}.`);
  return undefined;
};

/** One of several words; undefined when the row has been refused for another. */
export const readWord = (row: Row, column: string, words: readonly string[]): string | undefined => {
  const cell = row.cell(column);
  if (words.includes(cell)) return cell;
  row.refuse(column, `Expected ${words.join(', ')}, not ${JSON.stringify(cell)}.`);
  return undefined;
};

/** A row of `courses`. */
export const readPresentation = (row: Row): Presentation | undefined => {
  const code = row.cell('code_presentation');
  const [, year, month = ''] = /^(\d{4})([BJ])$/.exec(code) ?? [];
  if (year === undefined)
    row.refuse('code_presentation', `Expected a year and B or J, not ${JSON.stringify(code)}.`);
  const length = readDay(row, 'module_presentation_length');
  if (length === undefined) row.refuse('module_presentation_length', 'Expected a number of days.');
  if (row.problems.length > 0) return undefined;
  const start = Date.UTC(Number(year), MONTHS[month] as number, 1);
  return { module: row.cell('code_module'), code, start, end: start + (length as number) * DAY };
};

/** A row of `assessments`. */
export const readAssessment = (row: Row, presentation: Presentation | undefined): Assessment | undefined => {
  const kind = readWord(row, 'assessment_type', KINDS);
  const day = readDay(row, 'date');
  if (row.problems.length > 0 || kind === undefined || presentation === undefined) return undefined;
  const due = day === undefined ? {} : { due: dayOf(presentation, day) };
  return { id: row.cell('id_assessment'), kind, presentation, ...due };
};
