import type { SourceElement } from '../source-element.ts';
import type { MakeStatements } from './convert-rows.ts';
import {
  type Enrolment,
  gradedStatement,
  registeredStatement,
  type Submission,
  scoredStatement,
  unregisteredStatement,
} from './oulad-statements.ts';
import {
  type Assessment,
  type Presentation,
  readAssessment,
  readDay,
  readPresentation,
  readScore,
  readWord,
  type TableName,
} from './oulad-tables.ts';
import { type Row, refusedRow, type Table } from './row.ts';

/** Makes the statements of all tables, in the order of `TABLES`, for each needs what those before it say. */
export type OuladRows = Readonly<Record<TableName, MakeStatements>> & {
  /** Who has withdrawn, but is not among the registrations; to be asked for behind those. */
  unregistrable(): readonly SourceElement[];
};

const RESULTS: readonly string[] = ['Pass', 'Distinction', 'Fail', 'Withdrawn'];

export const ouladRows = (): OuladRows => {
  const presentations = new Map<string, Presentation>();
  const assessments = new Map<string, Assessment>();
  const withdrawn = new Map<string, { readonly row: Row; readonly table: Table }>();

  const presentationOf = (row: Row): Presentation | undefined => {
    const presentation = presentations.get(keyOf(row));
    if (presentation === undefined) row.refuse('code_presentation', 'courses.csv has no such presentation.');
    return presentation;
  };
  const enrolmentOf = (row: Row): Enrolment | undefined => {
    const student = studentOf(row);
    const presentation = presentationOf(row);
    return student === undefined || presentation === undefined ? undefined : { presentation, student };
  };

  return {
    courses: (row) => {
      const presentation = readPresentation(row);
      if (presentation !== undefined) presentations.set(keyOf(row), presentation);
      return [];
    },
    assessments: (row) => {
      const assessment = readAssessment(row, presentationOf(row));
      if (assessment !== undefined) assessments.set(assessment.id, assessment);
      return [];
    },
    studentInfo: (row, table) => {
      const enrolment = enrolmentOf(row);
      const result = readWord(row, 'final_result', RESULTS);
      if (enrolment === undefined || result === undefined) return [];
      if (result !== 'Withdrawn') return [gradedStatement(enrolment, result)];
      withdrawn.set(enrolmentKey(row), { row, table });
      return [];
    },
    studentRegistration: (row) => {
      const enrolment = enrolmentOf(row);
      const first = readDay(row, 'date_registration');
      const last = readDay(row, 'date_unregistration');
      const hasWithdrawn = withdrawn.delete(enrolmentKey(row));
      if (enrolment === undefined) return [];
      return [
        ...(first === undefined ? [] : [registeredStatement(enrolment, first)]),
        ...(last === undefined && !hasWithdrawn ? [] : [unregisteredStatement(enrolment, last)]),
      ];
    },
    studentAssessment: (row) => {
      const assessment = assessments.get(row.cell('id_assessment'));
      if (assessment === undefined) row.refuse('id_assessment', 'assessments.csv has no such assessment.');
      const student = studentOf(row);
      const submission = submissionOf(row);
      if (assessment === undefined || student === undefined || submission === undefined) return [];
      return [scoredStatement(assessment, student, submission)];
    },
    unregistrable: () =>
      [...withdrawn.values()].map(({ row, table }) => {
        row.refuse('final_result', 'Withdrawn, but studentRegistration.csv has no row of this enrolment.');
        return refusedRow(row, table);
      }),
  };
};

const keyOf = (row: Row): string => `${row.cell('code_module')}|${row.cell('code_presentation')}`;

const enrolmentKey = (row: Row): string => `${keyOf(row)}|${row.cell('id_student')}`;

const submissionOf = (row: Row): Submission | undefined => {
  const day = readDay(row, 'date_submitted');
  if (day === undefined) row.refuse('date_submitted', 'Expected the day on which it was handed in.');
  const score = readScore(row);
  const isBanked = readWord(row, 'is_banked', ['0', '1']) === '1';
  return day === undefined ? undefined : { day, score, isBanked };
};

const studentOf = (row: Row): string | undefined => {
  const student = row.cell('id_student');
  if (student === '') row.refuse('id_student', 'Expected the number of a student.');
  return student === '' ? undefined : student;
};
