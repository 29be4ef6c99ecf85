import { join } from 'node:path';
import { cairn, cleanUp, newFolder } from '../cairn.ts';
import { HEADER, importCsv, ROW, small } from './import-csv.ts';

afterEach(cleanUp);

describe('cairn import --as csv --mapping', () => {
  it.each<[string, string]>([
    ['{', 'mapping.json: '],
    ['[]', 'mapping.json, as a whole: Expected an object with id, '],
    [small({ id: undefined }), 'mapping.json, /id: Expected a name'],
    [small({ key: [] }), '/key: Expected the names of the columns'],
    [small({ verb: undefined }), 'as a whole: It needs verb.'],
    [small({ contxt: {} }), '/contxt: Unknown. Did you mean context?'],
    [
      small({ actor: { email: '{email}', account: {} } }),
      '/actor: Expected an object with either email or account',
    ],
    [
      small({ actor: { account: { homepage: 'x:y', name: '{id}' } } }),
      '/actor/account/homepage: Unknown. Did you mean homePage?',
    ],
    [small({ verb: 'passed' }), '/verb: Expected an IRI, a text with {columns}, or {"column","values"}.'],
    [small({ verb: { column: 'id', values: { 1: 'passed' } } }), '/verb/values/1: Expected an IRI, or null.'],
    [small({ verb: { column: 'id', valus: {} } }), '/verb/valus: Unknown. Did you mean values?'],
    [small({ object: { id: 'https://example.org/{thing' } }), '/object/id: A brace stands alone'],
    [small({ result: { success: 'yes' } }), '/result/success: Expected true or false'],
    [
      small({ result: { extensions: { level: 1 } } }),
      '/result/extensions/level: The name of an extension is an IRI.',
    ],
    [
      small({ timestamp: { value: '{when}', format: 'dd.mm.yyyy', zone: 'UTC' } }),
      '/timestamp/format: Expected a format',
    ],
    [
      small({ timestamp: { value: '{when}', format: 'YYYY-MM-DD', zone: 'Berlin' } }),
      '/timestamp/zone: Expected a time zone',
    ],
    [small({ delimiter: '|' }), '/delimiter: Expected'],
    [small({ decimal: ';' }), '/decimal: Expected'],
    [small({ language: 'english!' }), '/language: Expected'],
    [small({ only: { id: [1] } }), '/only/id: Expected one word, or a list.'],
  ])('explains what is wrong with the mapping %s', async (mapping, message) => {
    const { code, err } = await importCsv(newFolder(), `${HEADER}\n${ROW}`, mapping);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });

  it('says which formats there are, and which of them take a mapping', async () => {
    const run = async (...words: string[]) =>
      (await cairn(join(newFolder(), 'data'), 'import', ...words, 'x')).err;
    expect(await run('--as', 'ulad')).toBe('cairn import: There is no format ulad. Did you mean oulad?\n');
    expect(await run('--as', 'xml')).toContain('There are statements, csv, oulad.');
    expect(await run('--as', 'csv')).toBe('cairn import: --as csv needs --mapping FILE.\n');
    expect(await run('--mapping', 'y')).toBe('cairn import: --as statements takes no --mapping.\n');
    expect(await run('--as', 'csv', '--mapping', join(newFolder(), 'none'))).toContain('none is not there.');
  });
});
