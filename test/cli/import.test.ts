import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { cairn, cleanUp, newFolder, runCairn } from './cairn.ts';
import { importHere, storedHere } from './import-here.ts';
import { statement, statements, uuid } from './statements.ts';

jest.setTimeout(60_000);
afterEach(cleanUp);

let folder = '';
beforeEach(() => {
  folder = newFolder();
});

const importText = (text: string | Buffer, ...options: string[]) => importHere(folder, text, ...options);
const stored = () => storedHere(folder);

describe('cairn import', () => {
  it.each<[string, string | Buffer]>([
    ['NDJSON', statements(3).join('\n')],
    [
      'a JSON array',
      JSON.stringify(
        statements(3).map((text) => JSON.parse(text) as unknown),
        null,
        2,
      ),
    ],
    ['a StatementResult', `{"statements":[${statements(3).join(',')}],"more":""}`],
    [
      'StatementResults, a line each',
      statements(3)
        .map((text) => `{"statements":[${text}],"more":"/x"}`)
        .join('\n'),
    ],
    ['arrays, one behind the other', `[${statements(2).join(',')}]\n[${statement(3)}]`],
    ['gzip', gzipSync(statements(3).join('\n'))],
    ['gzip in several members', Buffer.concat(statements(3).map((text) => gzipSync(`${text}\n`)))],
  ])('takes %s, and a second time changes nothing', async (_what, text) => {
    expect(await importText(text)).toEqual({
      code: 0,
      out: '3 read: 3 stored, 0 already there, 0 refused.\n',
      err: '',
    });
    const all = await stored();
    expect(all.map(({ id }) => id)).toEqual([uuid(1), uuid(2), uuid(3)]);
    expect((await importText(text)).out).toBe('3 read: 0 stored, 3 already there, 0 refused.\n');
    expect(await stored()).toEqual(all);
  });

  it('stores what is good and names each line that is not, with all that is wrong', async () => {
    const bad = [
      statement(2, { actor: { mbox: 'x' }, verb: {} }),
      '{"id":',
      statement(1, { result: { score: { raw: 99 } } }),
      '[1]',
      '{"a":1,"a":1}',
    ];
    const lines = [statement(1), ...bad, '', statement(4)].map((text) => Buffer.from(`${text}\n`));
    lines.push(Buffer.from([0x22, 0xff, 0x22]));
    const path = join(folder, 'refused');
    const { code, out, err } = await importText(Buffer.concat(lines), '--refused', path);
    expect(code).toBe(1);
    expect(out).toBe('8 read: 2 stored, 0 already there, 6 refused.\n');
    const heads = err.split('\n').filter((line) => line.startsWith('line '));
    expect(heads).toEqual([
      `line 2, ${uuid(2)}: statement-invalid`,
      'line 3: json-invalid',
      `line 4, ${uuid(1)}: statement-conflict`,
      'line 5: statement-invalid',
      'line 6: json-invalid',
      'line 9: json-invalid',
    ]);
    expect(err).toMatch(/^ {2}\/actor\/mbox: .+ \(Data 2\.4\.2\.\d\)$/m);
    expect(err).toMatch(/^ {2}\/verb: .*id/m);
    expect(err).toMatch(/^ {2}\/id: The id .+ belongs to a different statement/m);
    expect(readFileSync(path, 'utf8').split('\n').slice(0, 5)).toEqual(bad);
    expect(await stored()).toHaveLength(2);
  });

  it('goes on behind an array, and names what is not to be read there', async () => {
    const { code, out, err } = await importText(`[${statement(1)}] garbage\n${statement(2)}`);
    expect([code, out]).toEqual([1, '3 read: 2 stored, 0 already there, 1 refused.\n']);
    expect(err).toContain('line 1: json-invalid');
  });

  it('finds a conflict and a repetition within one file', async () => {
    const { out, err } = await importText(
      [statement(1), statement(1), statement(1, { verb: { id: 'x:y' } })].join('\n'),
    );
    expect(out).toBe('3 read: 1 stored, 1 already there, 1 refused.\n');
    expect(err).toContain(`line 3, ${uuid(1)}: statement-conflict`);
  });

  it('gives a statement without an id one that follows from its text and place', async () => {
    const text = statement(1, { id: undefined });
    expect((await importText(`${text}\n${text}`)).out).toBe(
      '2 read: 2 stored, 0 already there, 0 refused.\n',
    );
    const ids = (await stored()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect((await importText(`${text}\n${text}`)).out).toBe(
      '2 read: 0 stored, 2 already there, 0 refused.\n',
    );
  });

  it('reads a statement of 2.0.0 by its version or by what only 2.0.0 has', async () => {
    const contextAgents = [{ objectType: 'contextAgent', agent: { mbox: 'mailto:a@example.org' } }];
    const lines = [
      statement(1, { version: '2.0.0' }),
      statement(2, { context: { contextAgents } }),
      statement(3, { version: '1.0.3', result: { response: '"2.0"' } }),
    ];
    expect((await importText(lines.join('\n'))).err).toBe('');
    expect((await stored()).map(({ version }) => version)).toEqual(['2.0.0', '2.0.0', '1.0.3']);
  });

  it('stores under the authority of the import, of a key, or keeps it', async () => {
    await cairn(join(folder, 'data'), 'keys', 'create', '--id', 'lms');
    const authority = { objectType: 'Agent', mbox: 'mailto:lrs@example.org' };
    await importText(statement(1, { authority }));
    await importText(statement(2, { authority }), '--authority', 'lms');
    await importText(`${statement(3, { authority })}\n${statement(4)}`, '--keep-authority');
    const named = (name: string) => ({
      objectType: 'Agent',
      account: { homePage: expect.any(String), name },
    });
    expect((await stored()).map((one) => one['authority'])).toEqual([
      named('import'),
      named('lms'),
      authority,
      named('import'),
    ]);
    const { code, err } = await importText(statement(5), '--authority', 'nobody');
    expect(code).toBe(1);
    expect(err).toContain('cairn import: There is no key nobody.');
  });

  it('keeps stored where it ascends, and names the lines where it does not', async () => {
    const at = (number: number, time: string | undefined) => statement(number, { stored: time });
    const lines = [
      at(1, '2020-01-01T00:00:00.5Z'),
      at(2, '2020-01-01T00:00:00.5Z'),
      at(3, '2020-01-02T00:00:00Z'),
      at(4, undefined),
      at(5, '2999-01-01T00:00:00Z'),
      at(6, '2020-01-03T00:00:00.123456Z'),
    ];
    const { code, out, err } = await importText(lines.join('\n'), '--keep-stored');
    expect([code, out]).toEqual([1, '6 read: 3 stored, 0 already there, 3 refused.\n']);
    expect(err.match(/^line \d/gm)).toEqual(['line 2', 'line 4', 'line 5']);
    expect((await stored()).map((one) => one['stored'])).toEqual([
      '2020-01-01T00:00:00.5Z',
      '2020-01-02T00:00:00Z',
      '2020-01-03T00:00:00.123456Z',
    ]);
    const later = await importText(
      `${at(7, '2020-01-02T12:00:00Z')}\n${at(8, '2020-01-04T00:00:00Z')}`,
      '--keep-stored',
    );
    expect(later.out).toBe('2 read: 1 stored, 0 already there, 1 refused.\n');
    expect(later.err).toMatch(/^line 1, .+: statement-invalid\n {2}\/stored: /);
  });

  it('judges without storing', async () => {
    const { code, out } = await importText(`${statement(1)}\n{}`, '--dry-run');
    expect([code, out]).toEqual([1, '2 read: 1 good, 1 refused; nothing was stored.\n']);
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('takes stdin', async () => {
    const ran = await runCairn(join(folder, 'data'), ['import', '-'], {
      stdin: gzipSync(statements(700).join('\n')),
    });
    expect(ran).toEqual({ code: 0, out: '700 read: 700 stored, 0 already there, 0 refused.\n', err: '' });
  });

  it.each<[string, string | Buffer | undefined, string]>([
    ['a file that is not there', undefined, 'source is not there.'],
    [
      'a gzip that is cut off',
      gzipSync(statements(9).join('\n')).subarray(0, 300),
      'The gzip is damaged or cut off',
    ],
    ['an array that is cut off', `[${statement(1)},{"id"`, 'The array does not end: the text is cut off.'],
  ])('says in one line that there is %s', async (_what, text, message) => {
    const path = join(folder, 'source');
    if (text !== undefined) writeFileSync(path, text);
    const { code, err } = await cairn(join(folder, 'data'), 'import', path);
    expect(code).toBe(1);
    expect(
      err.split('\n').filter((line) => line.startsWith('cairn import: ') && line.includes(message)),
    ).toHaveLength(1);
    expect(err).not.toContain('    at ');
  });
});
