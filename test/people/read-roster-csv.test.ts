import fc from 'fast-check';
import { type RosterCsvOptions, readRosterCsv } from '../../src/people/read-roster-csv.ts';

const read = (text: string, options: RosterCsvOptions = {}) => readRosterCsv(Buffer.from(text), options);
const home = { accountHome: 'https://hr.example.org' };
const ada = { mbox: 'mailto:ada@example.org' };

/** Lines that may stand in a file. */
const PIECES: Readonly<Record<string, (at: number) => string[]>> = {
  good: (at) => [`a${at}@example.org,x`],
  bad: () => ['nobody,x'],
  quote: (at) => [`c${at}@example.org,"x" y`],
  blank: () => [''],
  empty: () => [' , '],
  long: (at) => [`b${at}@example.org,"x`, '', 'y"'],
};

describe('a roster as CSV', () => {
  it.each([',', ';', '\t'])('is read with %j between cells, a byte order mark and quotes', (delimiter) => {
    const lines = [
      ['E-Mail', 'Full Name', 'Dept.', 'Job Title', 'Region', 'Hire-Date', 'leave_date', 'Cost centre'],
      ['ada@example.org', '"Lovelace, ""Ada""; Countess"', 'R&D', '', 'EU', '2020-02-29', '', '17'],
      ['', '', '', '', '', '', '', ''],
    ];
    const text = `\uFEFF${lines.map((cells) => cells.join(delimiter)).join('\r\n')}\r\n\r\n`;
    expect(read(text)).toEqual({
      problems: [],
      rows: [
        {
          identifier: ada,
          name: 'Lovelace, "Ada"; Countess',
          department: 'R&D',
          role: null,
          region: 'EU',
          hired: '2020-02-29',
          left: null,
          attributes: { 'Cost centre': '17' },
        },
      ],
    });
  });

  it('knows people by account, by employee id with a home page, by hash and by OpenID', () => {
    const account = (homePage: string, name: string) => ({ account: { homePage, name } });
    const ids = (text: string, options?: RosterCsvOptions) =>
      read(text, options).rows.map(({ identifier }) => identifier);
    expect(ids('account_home,account_name\nhttps://a.example.org,17')).toEqual([
      account('https://a.example.org', '17'),
    ]);
    expect(ids('employee_id,email\n17,ada@example.org\n,bo@example.org', home)).toEqual([
      account(home.accountHome, '17'),
      { mbox: 'mailto:bo@example.org' },
    ]);
    expect(ids('employee_id,email\n17,ada@example.org')).toEqual([ada]);
    const digest = 'a'.repeat(40);
    expect(ids(`mbox_sha1sum\n${digest}`)).toEqual([{ mbox_sha1sum: digest }]);
    expect(ids('openid\nhttps://id.example.org/a')).toEqual([{ openid: 'https://id.example.org/a' }]);
  });

  it('keeps identifiers that are not used as attributes, and managers by address or account', () => {
    const { rows } = read(
      'employee_id,email,manager\n17,ada@example.org,18\n18,,boss@example.org\n19,,',
      home,
    );
    expect(rows.map(({ attributes }) => attributes)).toEqual([
      { email: 'ada@example.org' },
      { email: null },
      { email: null },
    ]);
    expect(rows.map(({ manager }) => manager)).toEqual([
      { account: { homePage: home.accountHome, name: '18' } },
      { mbox: 'mailto:boss@example.org' },
      null,
    ]);
  });

  it('reads dates as they are configured, and those of ISO 8601 too', () => {
    const dates = (format: string, ...some: string[]) =>
      read(`email,effective_from\n${some.map((one) => `ada@example.org,${one}`).join('\n')}`, {
        dateFormat: format,
      }).rows.map(({ effectiveFrom }) => effectiveFrom);
    expect(dates('DD.MM.YYYY', '1.2.2026', '02.02.2026', '2026-02-03', '2026-02-04T00:00:00')).toEqual([
      '2026-02-01',
      '2026-02-02',
      '2026-02-03',
      '2026-02-04',
    ]);
    expect(dates('MM/DD/YYYY', '12/31/2026')).toEqual(['2026-12-31']);
    for (const format of ['DD.MM', 'DD.DD.YYYY', 'dd.mm.yyyy', ''])
      expect(() => read('email\na@b', { dateFormat: format })).toThrow('A date format has YYYY, MM and DD');
  });

  it('explains every bad row, with line and column, and uses the good ones', () => {
    const text = [
      'email,hire_date,leave_date,manager,note',
      'ada@example.org,2020-01-01,,,"two',
      'lines"',
      'nobody,01.02.2026,2026-02-30,17,x',
      ',2020-01-01,,,x',
      'bo@example.org,2020-01-01,2019-01-01,,x',
      'cy@example.org,2020-01-01',
      'ada@example.org,2021-01-01,,,x',
      'dee@example.org,,,,"x" y',
      'eve@example.org,,,,x',
    ].join('\n');
    const { rows, problems } = read(text);
    expect(rows.map(({ identifier }) => identifier.mbox)).toEqual([
      'mailto:ada@example.org',
      'mailto:eve@example.org',
    ]);
    expect(problems).toEqual([
      { line: 4, column: 'hire_date', reason: 'This is no date that is known here: "01.02.2026".' },
      { line: 4, column: 'leave_date', reason: 'This is no date that is known here: "2026-02-30".' },
      {
        line: 4,
        column: 'manager',
        reason: 'A manager is an e-mail address, or an account name with account_home.',
      },
      { line: 4, column: 'email', reason: expect.stringContaining('mailto:') },
      { line: 5, column: 'email', reason: 'It does not say who it is about.' },
      { line: 6, reason: 'left (2019-01-01) is before hired (2020-01-01).' },
      { line: 7, reason: 'It has 2 cells, the header has 5.' },
      { line: 8, reason: 'Line 2 is about the same person from the same day.' },
      { line: 9, reason: expect.stringMatching(/quote/i) },
    ]);
  });

  it.each([
    ['', 'The file has no header.'],
    ['name,department\nAda,R&D', 'No column says who somebody is'],
    ['employee_id\n17', 'Account names and employee ids need the home page'],
    ['email,mbox\na@b,a@b', 'Another column means the same.'],
  ])('that is headed %j is of no use at all', (text, reason) => {
    const { rows, problems } = read(text);
    expect(rows).toEqual([]);
    expect(problems).toEqual([expect.objectContaining({ line: 1, reason: expect.stringContaining(reason) })]);
  });

  it('has to be UTF-8', () => {
    expect(readRosterCsv(Buffer.from('email,name\na@b,Zo\xeb', 'latin1')).problems).toEqual([
      { line: 1, reason: 'The file is not UTF-8. Save it as CSV UTF-8.' },
    ]);
  });

  it('names the right line whatever blank lines and lines within cells there are', () => {
    const piece = fc.constantFrom(...Object.keys(PIECES));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), (pieces, end) => {
        const lines = ['email,note'];
        const bad: number[] = [];
        for (const one of pieces) {
          if (one === 'bad' || one === 'quote') bad.push(lines.length + 1);
          lines.push(...(PIECES[one] as (at: number) => string[])(lines.length));
        }
        expect(read(lines.join(end)).problems.map(({ line }) => line)).toEqual(bad);
      }),
    );
  });

  it('throws nothing, whatever stands in it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', 'a', '@', ' ', '\0', 'é') }),
        (text) => {
          expect(read(`email,name\n${text}`).rows).toBeInstanceOf(Array);
        },
      ),
    );
  });
});
