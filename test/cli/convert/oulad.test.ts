import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../../house/source-files.ts';
import { cairn, cleanUp, newFolder } from '../cairn.ts';
import { storedHere } from '../import-here.ts';
import { type Made, statementsOf, verbOf } from './oulad-statements.ts';

jest.setTimeout(120_000);
afterEach(cleanUp);

const SAMPLE = join(ROOT, 'test/fixtures/oulad');
const TABLES = ['courses', 'assessments', 'studentInfo', 'studentRegistration', 'studentAssessment'];

/** The sample in a folder of its own, gzipped, with a table changed. */
const changedSample = (table?: string, from = '', to = ''): string => {
  const folder = join(newFolder(), 'oulad');
  mkdirSync(folder);
  for (const name of TABLES) {
    const text = readFileSync(join(SAMPLE, `${name}.csv`), 'utf8');
    writeFileSync(join(folder, `${name}.csv.gz`), gzipSync(name === table ? text.replace(from, to) : text));
  }
  return folder;
};

const importOulad = (folder: string, path: string, ...options: string[]) =>
  cairn(join(folder, 'data'), 'import', '--as', 'oulad', ...options, path);

describe('cairn import --as oulad', () => {
  it('makes statements of all tables, the same from gzipped ones', async () => {
    const folder = newFolder();
    expect(await importOulad(folder, SAMPLE)).toEqual({
      code: 0,
      out: '14 read: 14 stored, 0 already there, 0 refused.\n',
      err: '',
    });
    expect((await importOulad(folder, changedSample())).out).toBe(
      '14 read: 0 stored, 14 already there, 0 refused.\n',
    );
    const stored = (await storedHere(folder)) as unknown as Made[];
    expect(stored.map((one) => `${one.timestamp} ${one.actor.account.name} ${verbOf(one)}`).sort()).toEqual([
      '2013-01-02T00:00:00Z 7 registered',
      '2013-01-31T00:00:00Z 8 scored',
      '2013-02-03T00:00:00Z 8 unregistered',
      '2013-02-11T00:00:00Z 9 registered',
      '2013-02-19T00:00:00Z 7 scored',
      '2013-02-22T00:00:00Z 9 scored',
      '2013-09-29T00:00:00Z 7 failed',
      '2013-09-29T00:00:00Z 9 unregistered',
      '2013-10-20T00:00:00Z 7 scored',
      '2013-11-05T00:00:00Z 10 unregistered',
      '2013-11-05T00:00:00Z 7 registered',
      '2014-06-26T00:00:00Z 10 failed',
      '2014-06-26T00:00:00Z 10 scored',
      '2014-06-26T00:00:00Z 7 passed',
    ]);
    const about = (name: string, verb: string) =>
      stored.find((one) => one.actor.account.name === name && verbOf(one) === verb);
    expect(about('9', 'unregistered')?.context.extensions).toEqual({ 'urn:cairn:date-unknown': true });
    expect(about('8', 'unregistered')?.context).not.toHaveProperty('extensions');
    expect(about('8', 'scored')?.context.extensions).toEqual({ 'urn:cairn:carried-over': true });
    expect(about('9', 'scored')).not.toHaveProperty('result');
    expect(about('10', 'scored')?.object.definition.extensions).toEqual({ 'urn:cairn:kind': 'Exam' });
  });

  it('says all that the tables say of a submission and of a result, but nothing of who the learners are', async () => {
    const made: Made[] = [];
    for await (const one of statementsOf(SAMPLE)) made.push(one);
    const actor = { objectType: 'Agent', account: { homePage: 'https://oulad.example/', name: '7' } };
    const presentation = {
      id: 'https://oulad.example/modules/XXX/presentations/2013J',
      definition: {
        name: { en: 'XXX 2013J' },
        type: 'http://adlnet.gov/expapi/activities/course',
        extensions: { 'urn:cairn:start': '2013-10-01T00:00:00Z', 'urn:cairn:end': '2014-06-26T00:00:00Z' },
      },
    };
    const module = {
      id: 'https://oulad.example/modules/XXX',
      definition: { name: { en: 'XXX' }, type: 'urn:cairn:type:program' },
    };
    // These ids are for ever: they are what makes importing again change nothing.
    const registration = '715c9ac7-b562-5378-aa60-16ed1c2f2f0b';
    expect(made.find((one) => verbOf(one) === 'passed')).toEqual({
      id: '70abecd3-d2f6-5230-9bf3-d2d38add70b3',
      actor,
      verb: { id: 'http://adlnet.gov/expapi/verbs/passed', display: { en: 'passed' } },
      object: presentation,
      result: { success: true, completion: true, response: 'Distinction' },
      context: { registration, contextActivities: { grouping: [{ id: presentation.id }, module] } },
      timestamp: '2014-06-26T00:00:00Z',
    });
    expect(made.find((one) => one.object.id.endsWith('/3'))).toEqual({
      id: expect.any(String),
      actor,
      verb: { id: 'https://w3id.org/xapi/tla/verbs/scored', display: { en: 'scored' } },
      object: {
        id: 'https://oulad.example/assessments/3',
        definition: {
          name: { en: 'XXX 2013J TMA 3' },
          type: 'http://adlnet.gov/expapi/activities/assessment',
          extensions: { 'urn:cairn:kind': 'TMA', 'urn:cairn:due': '2013-10-20T00:00:00Z' },
        },
      },
      result: { score: { scaled: 0.8, raw: 80, min: 0, max: 100 } },
      context: { registration, contextActivities: { grouping: [presentation, module] } },
      timestamp: '2013-10-20T00:00:00Z',
    });
    expect(JSON.stringify(made)).not.toMatch(/Nowhere|Qualification|90-100|35-55/);
  });

  it.each<[string, string, string, string]>([
    [
      'courses',
      '2013B',
      '2013X',
      'courses.csv:2: statement-invalid\n  /code_presentation: Expected a year and B',
    ],
    [
      'courses',
      '268',
      '',
      'courses.csv:3: statement-invalid\n  /module_presentation_length: Expected a number',
    ],
    ['assessments', 'CMA', 'XMA', '/assessment_type: Expected TMA, CMA, Exam, not "XMA".'],
    [
      'studentInfo',
      '"Fail"',
      '"Fial"',
      '/final_result: Expected Pass, Distinction, Fail, Withdrawn, not "Fial".',
    ],
    ['studentInfo', '"XXX","2013J","7"', '"XXX","2014J","7"', '/code_presentation: courses.csv has no such'],
    [
      'studentRegistration',
      '"-30"',
      '"soon"',
      '/date_registration: Expected a whole number of days, not "soon".',
    ],
    [
      'studentRegistration',
      '"XXX","2013B","9","10",""\n',
      '',
      'studentInfo.csv:4: statement-invalid\n  /final_result: Wi',
    ],
    [
      'studentAssessment',
      '1,7,18,0,57',
      '5,7,,0,101',
      '/id_assessment: assessments.csv has no such assessment.',
    ],
    ['studentAssessment', '1,7,18,0,57', '5,7,,0,101', '/date_submitted: Expected the day'],
    ['studentAssessment', '1,7,18,0,57', '5,7,,0,101', '/score: Expected a score from 0 to 100, not "101".'],
    ['studentAssessment', '1,7,18,0,57', '1,,18,no,57', '/id_student: Expected the number of a student.'],
    ['studentAssessment', '1,7,18,0,57', '1,,18,no,57', '/is_banked: Expected 0, 1, not "no".'],
  ])('refuses in %s %j for %j, and makes statements of the rest', async (table, from, to, message) => {
    const { code, out, err } = await importOulad(newFolder(), changedSample(table, from, to), '--dry-run');
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(out).toMatch(/ ([3-9]|1[0-3]) good, /);
  });

  it('says in one line which file is not there', async () => {
    const { code, err } = await importOulad(newFolder(), newFolder());
    expect(code).toBe(1);
    expect(err).toMatch(/^cairn import: \S+courses\.csv\.gz is not there\.\n$/);
  });
});
