import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { people } from '../../src/people/people.ts';
import { agentTerm } from '../../src/statements/terms.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { cairn, cleanUp, newFolder, serveCairn } from './cairn.ts';

jest.setTimeout(60_000);
afterEach(cleanUp);

const ADA = { mbox: 'mailto:ada@example.org' };
const ACCOUNT = { account: { homePage: 'https://hr.example.org', name: '17' } };
const both = JSON.stringify([ADA, ACCOUNT]);

const csv = (...lines: readonly string[]): string => {
  const path = join(newFolder(), 'hr.csv');
  writeFileSync(path, ['employee_id,role,hire_date', ...lines].join('\n'));
  return path;
};

const HOME = ['--account-home', 'https://hr.example.org'];

/** What the records of a store say. */
const foldOf = async (folder: string) => {
  const storage = await openStorage(`sqlite:${folder}`);
  try {
    return await people(storage.records).now();
  } finally {
    await storage.close();
  }
};

const rolesIn = async (folder: string): Promise<readonly (string | undefined)[]> => {
  const { roster } = await foldOf(folder);
  return roster.persons().map((person) => roster.attributesAt(person, Date.now()).get('role'));
};

describe('cairn roster', () => {
  it('records the good rows and explains every bad one', async () => {
    const folder = join(newFolder(), 'data');
    const path = csv('17,Welder,1.2.2020', '18,Clerk,31.2.2020', '19,Clerk', '20,,1.3.2020');
    const ran = await cairn(folder, 'roster', path, ...HOME, '--date-format', 'DD.MM.YYYY');
    expect(ran).toEqual({
      code: 1,
      out: '2 rows are recorded, 2 are not.\n',
      err:
        'line 3, hire_date: This is no date that is known here: "31.2.2020".\n' +
        'line 4: It has 2 cells, the header has 3.\n',
    });
    expect(await rolesIn(folder)).toEqual(['Welder', undefined]);
  });

  it('records nothing in a dry run, nor when it is called wrongly', async () => {
    const folder = join(newFolder(), 'data');
    const path = csv('17,Welder,2020-02-01');
    expect(await cairn(folder, 'roster', path, ...HOME, '--dry-run')).toEqual({
      code: 0,
      out: '1 row is good.\n',
      err: '',
    });
    expect((await cairn(folder, 'roster', path)).err).toContain('--account-home');
    expect((await cairn(folder, 'roster', path, '--account-home', 'hr')).err).toContain('IRI with a scheme');
    expect((await cairn(folder, 'roster', path, '--date-format', 'D')).err).toContain('A date format has');
    expect(await rolesIn(folder)).toEqual([]);
  });

  it('goes through the running server', async () => {
    const folder = newFolder();
    const { stop } = await serveCairn(folder);
    expect((await cairn(folder, 'roster', csv('17,Welder,2020-02-01'), ...HOME)).code).toBe(0);
    expect((await cairn(folder, 'people', 'merge', both, '--why', 'x')).code).toBe(0);
    expect(await stop()).toBe(0);
    const { persons, roster } = await foldOf(folder);
    expect(persons.history()).toMatchObject([{ by: 'control', record: 'merge', why: 'x' }]);
    expect(roster.attributesAt(agentTerm(ADA) as string, Date.now()).get('role')).toBe('Welder');
  });
});

describe('cairn people', () => {
  it('merges and splits, and says why', async () => {
    const folder = join(newFolder(), 'data');
    const merge = await cairn(folder, 'people', 'merge', both, '--why', 'same number', '--evidence', 'HR-1');
    expect(merge).toEqual({ code: 0, out: 'Recorded at position 1.\n', err: '' });
    await cairn(
      folder,
      'people',
      'split',
      JSON.stringify([ACCOUNT]),
      '--why',
      'given to another',
      '--together',
    );
    const { persons } = await foldOf(folder);
    expect(persons.history()).toMatchObject([
      { why: 'same number', evidence: 'HR-1' },
      { why: 'given to another', together: true },
    ]);
    expect(persons.membersOf(agentTerm(ADA) as string)).toHaveLength(1);
  });

  it('tells all that is wrong', async () => {
    const folder = join(newFolder(), 'data');
    const ran = await cairn(folder, 'people', 'merge', JSON.stringify([ADA]));
    expect(ran.code).toBe(1);
    expect(ran.err).toBe(
      'cairn people merge: /identifiers: Expected a list of 2 or more.\n--why: why is needed.\n',
    );
    expect((await cairn(folder, 'people', 'merge', 'ada', '--why', 'x')).code).toBe(1);
  });
});

describe('an export with records', () => {
  it('says them again in another store, once, as they were said', async () => {
    const [folder, other] = [join(newFolder(), 'data'), join(newFolder(), 'data')];
    await cairn(folder, 'people', 'merge', both, '--why', 'x');
    await cairn(folder, 'roster', csv('17,Welder,2020-02-01'), ...HOME);
    await cairn(folder, 'people', 'split', JSON.stringify([ADA]), '--why', 'y');
    const file = join(newFolder(), 'out.ndjson');
    await cairn(folder, 'export', '--output', file);
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).record.record)).toEqual(['merge', 'roster', 'split']);

    expect((await cairn(other, 'import', file)).code).toBe(0);
    expect((await cairn(other, 'import', file, '--restart')).code).toBe(0);
    const [said, again] = [await foldOf(folder), await foldOf(other)];
    expect(again.persons.history()).toEqual(said.persons.history());
    expect(again.upTo()).toBe(3);
    const [person] = again.roster.persons() as [string];
    expect(again.roster.changesOf(person)).toEqual(said.roster.changesOf(person));

    const copy = join(newFolder(), 'copy.ndjson');
    await cairn(other, 'export', '--output', copy);
    expect(readFileSync(copy, 'utf8')).toBe(readFileSync(file, 'utf8'));
    await cairn(other, 'export', '--output', copy, '--no-records');
    expect(readFileSync(copy, 'utf8')).toBe('');
    await cairn(other, 'export', '--output', copy, '--verb', 'https://example.org/v');
    expect(readFileSync(copy, 'utf8')).toBe('');
  });

  it('is refused where a record is none, with its line', async () => {
    const file = join(newFolder(), 'in.ndjson');
    const record = { record: 'merge', identifiers: [ADA], why: 'x', by: 'a', at: '2026-01-01T00:00:00Z' };
    writeFileSync(
      file,
      `${JSON.stringify({ record })}\n${JSON.stringify({ record: { ...record, at: 'x' } })}\n`,
    );
    const { code, err } = await cairn(join(newFolder(), 'data'), 'import', file);
    expect(code).toBe(1);
    expect(err).toContain('line 1: body-invalid\n  /record/identifiers: Expected a list of 2 or more.');
    expect(err).toContain('line 2: body-invalid\n  /record/at: Expected an ISO 8601 timestamp.');
  });
});
