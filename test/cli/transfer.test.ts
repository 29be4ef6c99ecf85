import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openStorage } from '../../src/storage/open-storage.ts';
import { ROOT } from '../house/source-files.ts';
import { cairn, cleanUp, newFolder, runCairn, serveCairn } from './cairn.ts';
import { attachmentLine, declared, statement, uuid } from './statements.ts';

const MOOC = join(ROOT, '../shared/data/mooc-video-statements.ndjson.gz');

jest.setTimeout(60_000);
afterEach(cleanUp);

const voiding = (number: number, target: number) =>
  statement(number, {
    verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
    object: { objectType: 'StatementRef', id: uuid(target) },
  });

const document = (fields: object) => JSON.stringify({ document: { contentType: 'text/plain', ...fields } });
const documents = [
  document({
    resource: 'activity-profile',
    activity: 'https://example.org/activity/1',
    id: 'é "1"',
    content: Buffer.from([0, 255, 10]).toString('base64'),
  }),
  document({
    resource: 'agent-profile',
    agent: { account: { homePage: 'https://example.org/', name: 'Ann van  Dijk' } },
    id: 'p',
    content: '',
  }),
  ...[{}, { registration: uuid(9) }].map((more) =>
    document({
      resource: 'state',
      activity: 'https://example.org/activity/1',
      agent: { mbox: 'mailto:p1@example.org' },
      id: 's',
      content: 'e30=',
      ...more,
    }),
  ),
];

const small = Buffer.from('small');
const large = Buffer.alloc(300_000, 'large');

/** Statements with tokens, versions, attachments and voids of every kind. */
const record = [
  statement(1).replace('"raw":1', '"raw":0.10').replace('{', '{ '),
  attachmentLine(small, 'text/plain; charset=utf-8'),
  attachmentLine(large, 'application/pdf'),
  statement(2, { attachments: [declared(small), declared(large, { contentType: 'application/pdf' })] }),
  statement(3, { version: '2.0.0', timestamp: '2024-01-01T02:00:00+02:00' }),
  statement(4, { attachments: [declared(small, { contentType: 'text/plain' })], version: '1.0.1' }),
  statement(5, {
    context: { contextActivities: { parent: { id: 'https://example.org/p' } }, registration: uuid(9) },
  }),
  voiding(6, 1),
  voiding(7, 77),
  ...documents,
];

/** A store that holds the record. */
const filled = async (): Promise<string> => {
  const folder = newFolder();
  writeFileSync(join(folder, 'source'), record.join('\n'));
  const { out } = await cairn(folder, 'import', join(folder, 'source'));
  expect(out).toBe('13 read: 11 stored, 0 already there, 0 refused, and 2 attachments.\n');
  return folder;
};

const exported = async (folder: string, ...options: string[]): Promise<string> => {
  const path = join(folder, 'export');
  const { code, err } = await cairn(folder, 'export', '--output', path, ...options);
  expect([code, err]).toEqual([0, expect.stringMatching(/^\d+ lines are written\.\n$/)]);
  return readFileSync(path, 'utf8');
};

describe('what is exported and imported', () => {
  it.each(['ndjson', 'json'])('as %s is the same to the byte', async (format) => {
    const from = await filled();
    const text = await exported(from, '--format', format);
    const to = newFolder();
    const path = join(to, 'moved');
    writeFileSync(path, text);
    const { code, out } = await cairn(to, 'import', '--keep-stored', '--keep-authority', path);
    expect([code, out]).toEqual([0, '13 read: 11 stored, 0 already there, 0 refused, and 2 attachments.\n']);
    expect(await exported(to, '--format', format)).toBe(text);

    const [one, two] = await Promise.all([from, to].map((folder) => openStorage(`sqlite:${folder}`)));
    for (const number of [1, 2, 3, 4, 5, 6, 7]) {
      const [before, after] = [
        await one?.statements.find(uuid(number)),
        await two?.statements.find(uuid(number)),
      ];
      expect(after).toEqual({ ...before, position: expect.any(Number) });
    }
    expect((await two?.statements.find(uuid(1)))?.voided).toBe(true);
    expect((await two?.statements.find(uuid(1)))?.text).toContain('"raw":0.10');
    await Promise.all([one?.close(), two?.close()]);
  });

  it('is the same through a running server', async () => {
    const folder = await filled();
    const text = await exported(folder);
    const { stop } = await serveCairn(folder);
    expect((await runCairn(folder, ['export'])).out).toBe(text);
    await stop();
  });
});

describe('cairn export', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await filled();
  });

  const ids = async (...options: string[]): Promise<unknown[]> =>
    (await exported(folder, ...options, '--no-attachments', '--no-documents'))
      .trim()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => Number((JSON.parse(line) as { id: string }).id.slice(-4)));

  it('has everything without a filter, and by a filter what GET has', async () => {
    expect(await ids()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(await ids('--limit', '3')).toEqual([1, 2, 3]);
    expect(await ids('--descending')).toEqual([7, 6, 5, 4, 3, 2]);
    expect(await ids('--descending', '--limit', '2')).toEqual([7, 6]);
    expect(await ids('--agent', '{"mbox":"mailto:p2@example.org"}')).toEqual([2]);
    expect(await ids('--verb', 'http://adlnet.gov/expapi/verbs/voided')).toEqual([6, 7]);
    expect(await ids('--activity', 'https://example.org/activity/3')).toEqual([3]);
    expect(await ids('--activity', 'https://example.org/p')).toEqual([]);
    expect(await ids('--activity', 'https://example.org/p', '--related-activities')).toEqual([5]);
    expect(await ids('--registration', uuid(9), '--ascending')).toEqual([5]);
    expect(await ids('--until', '2024-01-01T00:00:00Z')).toEqual([]);
    expect(await ids('--since', '2024-01-01T00:00:00Z')).toEqual([2, 3, 4, 5, 6, 7]);
  });

  const found = async (...options: string[]): Promise<string[]> =>
    (await exported(folder, ...options)).split('\n').filter((line) => line.startsWith('{"document"'));

  it('has the documents that the filters are about', async () => {
    expect(await found()).toHaveLength(4);
    expect(await found('--agent', '{"mbox":"mailto:p1@example.org"}')).toHaveLength(2);
    expect(await found('--activity', 'https://example.org/activity/1')).toHaveLength(3);
    expect(await found('--registration', uuid(9))).toHaveLength(1);
    expect(await found('--until', '2024-01-01T00:00:00Z')).toHaveLength(0);
    expect(await found('--verb', 'http://adlnet.gov/expapi/verbs/voided')).toHaveLength(0);
  });

  it('writes each attachment once, before the first statement that names it', async () => {
    const text = await exported(folder, '--no-documents');
    const kinds = text
      .trim()
      .split('\n')
      .map((line) => line.slice(2, 12));
    expect(kinds.filter((kind) => kind === 'attachment')).toHaveLength(2);
    expect(kinds.slice(1, 3)).toEqual(['attachment', 'attachment']);
  });

  it('packs a file that ends in .gz, that only its owner can read', async () => {
    const path = join(folder, 'export.ndjson.gz');
    await cairn(folder, 'export', '--output', path);
    expect(gunzipSync(readFileSync(path)).toString()).toBe(await exported(folder));
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it.each([
    [['--agent', 'x'], '--agent: agent is an Agent as JSON.'],
    [['--verb', 'x', '--registration', 'x'], '--verb: verb is an IRI with a scheme, not "x".'],
    [['--limit', '-1'], '--limit: limit is a whole number from 0 on, not "-1".'],
    [['--format', 'csv'], '--format is ndjson or json, not csv.'],
    [['--ascending', '--descending'], '--ascending and --descending exclude each other.'],
  ])('refuses %j and writes nothing', async (options, message) => {
    const path = join(folder, 'none');
    const { code, err } = await cairn(folder, 'export', '--output', path, ...options);
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(existsSync(path) || existsSync(`${path}.part`)).toBe(false);
  });
});

(existsSync(MOOC) ? describe : describe.skip)('the MOOC corpus', () => {
  it('is imported whole, and a second time changes nothing', async () => {
    const folder = newFolder();
    const first = await runCairn(folder, ['import', MOOC]);
    expect([first.code, first.out]).toEqual([0, '22,000 read: 22,000 stored, 0 already there, 0 refused.\n']);
    const second = await runCairn(folder, ['import', MOOC]);
    expect(second.out).toBe('22,000 read: 0 stored, 22,000 already there, 0 refused.\n');
  });
});
