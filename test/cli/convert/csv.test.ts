import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../../house/source-files.ts';
import { cairn, cleanUp, newFolder, runCairn } from '../cairn.ts';
import { storedHere } from '../import-here.ts';
import { csvWords, HEADER, importCsv, ROW, small } from './import-csv.ts';

jest.setTimeout(60_000);
afterEach(cleanUp);

let folder = '';
beforeEach(() => {
  folder = newFolder();
});

/** The worked examples of the specification: a table and its mapping each. */
const [observations, attendance] = [
  ...readFileSync(join(ROOT, 'specs/import.md'), 'utf8').matchAll(/```csv\n(.*?\n)```\n+```json\n(.*?)```/gs),
].map(([, table = '', mapping = '']) => ({ table, mapping })) as [Example, Example];
type Example = { readonly table: string; readonly mapping: string };

describe('cairn import --as csv', () => {
  it('makes statements of a mentor’s log, and explains each row of which it cannot', async () => {
    const refused = join(folder, 'refused.csv');
    const { code, out, err } = await importCsv(
      folder,
      observations.table,
      observations.mapping,
      '--refused',
      refused,
    );
    expect([code, out]).toEqual([1, '6 read: 2 stored, 0 already there, 4 refused.\n']);
    expect(err.split('\n')).toEqual([
      'table.csv:5: statement-invalid',
      '  /Done well: The mapping does not know "partly". It knows yes, no.',
      'table.csv:7: statement-invalid',
      '  /Points: Expected a number, not "seven".',
      '  /Minutes: Expected a number from 0, not "-1".',
      '  /Setting: The mapping does not know "at wrk". Did you mean "at work"?',
      '  /Date: "31.02.2026 10:00" is no time of the form D.M.YYYY H:mm in Europe/Berlin.',
      '  /Employee: Empty, or stands for nothing, but without it there is no statement.',
      'table.csv:8: statement-invalid',
      '  /Date: "29.03.2026 02:30" is skipped by the clocks, which are set forward: no time of the form D.M.YYYY H:mm in Europe/Berlin.',
      'table.csv:10: statement-invalid',
      '  There are 4 cells, but 16 columns.',
      '',
    ]);
    const [first, second] = await storedHere(folder);
    const account = (name: string) => ({ homePage: 'https://hr.example.org', name });
    expect(first).toMatchObject({
      id: '329b01ad-59f0-5ea4-8968-ac0c7113dbc2',
      actor: { objectType: 'Agent', name: 'Ada; the welder', account: account('e-1042') },
      verb: { id: 'https://w3id.org/xapi/dod-isd/verbs/performed', display: { 'en-GB': 'performed' } },
      object: {
        id: 'https://ops.example.org/tasks/lockout-tagout',
        definition: {
          name: { 'en-GB': 'Lockout and tagout' },
          type: 'http://adlnet.gov/expapi/activities/performance',
        },
      },
      result: {
        success: true,
        score: { raw: 9.5, min: 0, max: 10 },
        duration: 'PT18M',
        response: 'Said "stop" in time,\nand waited',
      },
      context: {
        instructor: { objectType: 'Agent', account: account('e-0077') },
        platform: 'observation log',
        contextActivities: {
          category: [
            {
              id: 'https://skills.example.org/LOTO-1',
              definition: { type: 'https://w3id.org/xapi/tla/activity-types/competency' },
            },
          ],
        },
        extensions: { 'urn:cairn:setting': 'on_the_job', 'urn:cairn:level': 3 },
      },
      timestamp: '2026-03-02T13:05:00Z',
    });
    expect(second?.['context']).not.toHaveProperty('instructor');
    expect(second?.['result']).toEqual({
      success: false,
      score: { raw: 4, min: 0, max: 10 },
      duration: 'PT1530S',
    });

    // What was refused can be mended and imported.
    const mended = readFileSync(refused, 'utf8').replace('partly', 'no').replace('29.03.2026', '28.03.2026');
    expect((await importCsv(folder, mended, observations.mapping)).out).toContain(
      '4 read: 2 stored, 0 already there, 2',
    );
  });

  it('makes statements of an attendance list: attended, missed, excused', async () => {
    const { out, err } = await importCsv(folder, attendance.table, attendance.mapping);
    expect(out).toBe('4 read: 3 stored, 0 already there, 1 refused.\n');
    expect(err).toContain(
      'table.csv:5: statement-invalid\n  /status: The mapping does not know "Atended". Did you mean',
    );
    const stored = await storedHere(folder);
    expect(stored.map(({ verb, result }) => [(verb as { id: string }).id, result])).toEqual([
      ['http://adlnet.gov/expapi/verbs/attended', { completion: true, duration: 'PT450M' }],
      ['urn:cairn:verb:missed', { completion: false }],
      ['urn:cairn:verb:excused', { completion: false }],
    ]);
    const registrations = stored.map(({ context }) => (context as { registration: string }).registration);
    expect(registrations[0]).toBe('724851e4-ec59-5fe3-9126-f99e59a75a58');
    expect(new Set(registrations).size).toBe(3);
    expect((await importCsv(folder, attendance.table, attendance.mapping)).out).toContain(
      '0 stored, 3 already there, 1',
    );
    const changed = attendance.table.replace('attended,7.5', 'attended,7.0');
    expect((await importCsv(folder, changed, attendance.mapping)).err).toMatch(
      /^table\.csv:2, dfa0e928-\S+: statement-conflict\n {2}\/id: /,
    );
  });

  it.each<[string, string | Buffer]>([
    ['semicolons', `${HEADER}\n${ROW}\n`.replaceAll(',', ';')],
    ['tabs, the last cell empty', `${HEADER},\n${ROW},\n`.replaceAll(',', '\t')],
    ['a byte order mark and CRLF', `\ufeff${HEADER}\r\n${ROW}\r\n`],
    ['quotes, a column more, and commas in a name', `"b,c;d;e;f;g",${HEADER}\nx,${ROW}`],
    ['gzip', gzipSync(`${HEADER}\n${ROW}`)],
    [
      'white space and empty lines',
      `\n ${HEADER.replaceAll(',', ' , ')}\n\n ${ROW.replaceAll(',', ' ,')}\n,,,\n\n`,
    ],
  ])('reads a table with %s', async (_what, table) => {
    expect(await importCsv(folder, table, small())).toMatchObject({ code: 0, err: '' });
    expect((await storedHere(folder)).map(({ id, object }) => [id, object])).toEqual([
      ['bdd2098d-4b21-577a-addc-0e7323c8882e', { id: 'https://example.org/x' }],
    ]);
  });

  it('takes stdin through the built program, leaves rows out, and encodes what stands in an IRI', async () => {
    const mapping = { only: { thing: ['x y', 'z'] }, except: { email: 'c@example.org' } };
    writeFileSync(join(folder, 'mapping.json'), small(mapping));
    const rows = ['1,a@example.org,x y,2026-03-02T10:00:00Z', '2,b@example.org,y,', '3,c@example.org,z,'];
    const ran = await runCairn(join(folder, 'data'), csvWords(folder, '-', '--name', 'people'), {
      stdin: [HEADER, ...rows, '4,,z,'].join('\n'),
    });
    expect(ran.out).toBe('2 read: 1 stored, 0 already there, 1 refused.\n');
    expect(ran.err).toMatch(/^people:5: statement-invalid\n {2}\/email: Empty/);
    expect((await storedHere(folder)).map(({ object }) => object)).toEqual([
      { id: 'https://example.org/x%20y' },
    ]);
  });

  it.each<[string, string | Buffer, string]>([
    [
      'a row that is not UTF-8',
      Buffer.from(`${HEADER}\n1,\xfc@example.org,x,`, 'latin1'),
      ':2: statement-invalid\n  /email: This is not UTF-8',
    ],
    [
      'too many cells',
      `${HEADER}\n${ROW},more`,
      ':2: statement-invalid\n  There are 5 cells, but 4 columns.',
    ],
    [
      'a quote that does not end',
      `${HEADER}\n${ROW}\n2,"a\n3`,
      ':3: statement-invalid\n  A quote that is opened',
    ],
    [
      'what is no e-mail address',
      `${HEADER}\n1,a,x,2026-03-02T10:00:00Z`,
      '/email: Expected an e-mail address, not "a".',
    ],
    ['a key that is empty', `${HEADER}\n${ROW.slice(1)}`, '/id: Empty, but it tells this row from others.'],
    ['what is no timestamp', `${HEADER}\n1,a@example.org,x,2026-03-02`, '/when: Expected a time such as'],
  ])('refuses %s', async (_what, table, message) => {
    const { code, err } = await importCsv(folder, table, small(), '--dry-run');
    expect(code).toBe(1);
    expect(err).toContain(message);
  });

  it.each<[string, string | Buffer, string]>([
    [
      'a column that is not there',
      HEADER.replace('email', 'e-mail'),
      'table.csv has no column "email" (/actor/email in mapping.json). Did you mean "e-mail"?',
    ],
    ['a column that is there twice', `${HEADER},id`, 'table.csv has two columns "id".'],
    ['nothing', '', 'table.csv is empty.'],
    ['UTF-16', Buffer.from(`\ufeff${HEADER}`, 'utf16le'), 'table.csv is UTF-16. Save it as CSV in UTF-8.'],
  ])('reads no row of a table with %s', async (_what, table, message) => {
    const { code, err } = await importCsv(folder, table, small());
    expect(code).toBe(1);
    expect(err).toContain(`cairn import: ${message}\n`);
  });

  it('goes on where it was interrupted, with one line of names in the refused', async () => {
    const rows = Array.from(
      { length: 1_200 },
      (_, at) => `${at},${at % 400 === 0 ? '' : 'a@example.org'},x,2026-03-02T10:00:00Z`,
    );
    const table = [HEADER, ...rows].join('\n');
    const refused = join(folder, 'refused.csv');
    const stop = jest.spyOn(process, 'once').mockImplementation((signal, listener) => {
      if (signal === 'SIGINT') listener();
      return process;
    });
    expect((await importCsv(folder, table, small(), '--refused', refused)).code).toBe(130);
    stop.mockRestore();
    const { out, err } = await cairn(
      join(folder, 'data'),
      ...csvWords(folder, 'table.csv', '--refused', refused),
    );
    expect(err).toContain('Going on behind 500, where it was interrupted.');
    expect(out).toBe('1,200 read: 1,197 stored, 0 already there, 3 refused.\n');
    expect(readFileSync(refused, 'utf8')).toBe(
      [HEADER, ...[0, 400, 800].map((at) => `${at},,x,2026-03-02T10:00:00Z\n`)]
        .join('\n')
        .replaceAll('\n\n', '\n'),
    );
  });
});
