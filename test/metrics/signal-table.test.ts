import { readSignalTable, SIGNAL_TABLE } from '../../src/metrics/signals/signal-table.ts';
import { Rejection } from '../../src/xapi/rejection.ts';
import { ADL, activity, factOf, type Part, said, signalsOf } from './facts-of.ts';

const pointersOf = (value: unknown, base = SIGNAL_TABLE): string[] => {
  try {
    readSignalTable(value, base);
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    expect(error.reason).toBe('body-invalid');
    return error.problems.map(({ pointer }) => pointer);
  }
  return [];
};

const row = (change: Part = {}) => ({ verbs: ['adl:passed'], signals: ['passed'], ...change });

describe('a table', () => {
  it.each([
    ['no object', [], ['']],
    ['null', null, ['']],
    ['an unknown member', { row: [] }, ['/row']],
    ['rows that are no list', { rows: {} }, ['/rows']],
    ['a row without verbs', { rows: [{ signals: [] }] }, ['/rows/0/verbs']],
    ['an empty list of verbs', { rows: [row({ verbs: [] })] }, ['/rows/0/verbs']],
    ['an unknown signal', { rows: [row(), row({ signals: ['passed', 'past'] })] }, ['/rows/1/signals/1']],
    ['the name of a method', { rows: [row({ signals: ['constructor'] })] }, ['/rows/0/signals/0']],
    ['a member with such a name', { rows: [row({ toString: 1 })] }, ['/rows/0/toString']],
    ['a verb without a colon', { rows: [row({ verbs: ['passed'] })] }, ['/rows/0/verbs/0']],
    ['an unknown prefix', { rows: [row({ verbs: ['adll:passed'] })] }, ['/rows/0/verbs/0']],
    ['an unknown group', { rows: [row({ types: ['@courses'] })] }, ['/rows/0/types/0']],
    ['a condition of the wrong kind', { rows: [row({ scored: 'yes' })] }, ['/rows/0/scored']],
    ['an unknown place', { rows: [row({ where: 'home' })] }, ['/rows/0/where']],
    ['an unknown level', { applications: [{ evidence: 'E4' }] }, ['/applications/0/evidence']],
    ['a type of no group', { types: { kurs: ['urn:x:y'] } }, ['/types/kurs']],
    ['a base that is no IRI', { prefixes: { a: ['b'] } }, ['/prefixes/a/0']],
    ['a platform without a name', { workPlatforms: [''] }, ['/workPlatforms/0']],
    ['a name with a slash', { 'a/b': 1 }, ['/a~1b']],
    ['all at once', { rows: [row({ subject: 'actor' })], version: 0 }, ['/version', '/rows/0/subject']],
  ])('is refused for %s', (_name, value, pointers) => {
    expect(pointersOf(value)).toEqual(pointers);
  });

  it('may say nothing', () => {
    expect(pointersOf({})).toEqual([]);
    expect(readSignalTable({}, SIGNAL_TABLE).version).toBe(SIGNAL_TABLE.version);
  });
});

describe('the rows of an installation', () => {
  const extended = (value: unknown) => readSignalTable(value, SIGNAL_TABLE);
  const signals = (statement: Part, table: unknown): string[] =>
    signalsOf(factOf(statement, extended(table)));
  const verb = 'https://e.org/verbs/did';

  it('come before the built-in ones, and leave the others as they are', () => {
    const table = { rows: [row({ verbs: ['adl:launched'], types: ['@course'], signals: ['started'] })] };
    const course = activity('c', 'http://adlnet.gov/expapi/activities/course');
    expect(signals(said(`${ADL}launched`, { object: course }), table)).toEqual(['started']);
    expect(signals(said(`${ADL}launched`), table)).toEqual(['launched']);
    expect(signalsOf(factOf(said(`${ADL}launched`, { object: course })))).toEqual(['launched']);
  });

  it('come before those that were there before', () => {
    const first = extended({ rows: [row({ verbs: [verb], signals: ['started'] })] });
    const second = readSignalTable({ rows: [row({ verbs: [verb], signals: ['searched'] })] }, first);
    expect(signalsOf(factOf(said(verb), second))).toEqual(['searched']);
  });

  it.each([
    [
      'category',
      { categories: ['https://e.org/profile'] },
      { context: { contextActivities: { category: [{ id: 'https://e.org/profile' }] } } },
    ],
    ['platform', { platforms: ['CRM'] }, { context: { platform: 'CRM' } }],
    ['type', { types: ['https://e.org/t'] }, { object: activity('a', 'https://e.org/t') }],
    ['kind of object', { objects: ['Agent'] }, { object: { objectType: 'Agent', mbox: 'mailto:a@b.c' } }],
    ['completion', { completion: false }, { result: { completion: false } }],
    ['success', { success: false }, { result: { success: false } }],
    ['observer', { observed: true }, { context: { instructor: { mbox: 'mailto:a@b.c' } } }],
    ['place', { where: 'work' }, { context: { extensions: { 'urn:cairn:setting': 'on_the_job' } } }],
  ])('ask for the %s', (_name, condition, change) => {
    const table = { rows: [row({ verbs: [verb], signals: ['searched'], ...condition })] };
    expect(signals(said(verb, change), table)).toEqual(['searched']);
    expect(signals(said(verb), table)).toEqual([]);
    expect(factOf(said(verb), extended(table)).isMapped).toBe(true);
  });

  it('ask for a score', () => {
    const table = { rows: [row({ verbs: [verb], signals: ['searched'], scored: true })] };
    expect(signals(said(verb, { result: { score: { raw: 1 } } }), table)).toEqual(['searched', 'submitted']);
    expect(signals(said(verb, { result: { score: { max: 1 } } }), table)).toEqual([]);
  });

  it('add types to the groups, prefixes and platforms of work', () => {
    const table = {
      prefixes: { own: ['https://e.org/v/', 'https://e.org/w/'] },
      types: { work: ['https://e.org/ticket'] },
      workPlatforms: ['CRM'],
      rows: [{ verbs: ['own:did'], signals: ['applied'] }],
    };
    const ticket = { object: activity('t', 'https://e.org/ticket') };
    expect(signals(said('https://e.org/w/did', ticket), table)).toEqual(['applied']);
    expect(signals(said('https://e.org/v/did', { context: { platform: 'CRM' } }), table)).toEqual([
      'applied',
    ]);
    expect(signals(said('https://e.org/v/did'), table)).toEqual(['practised']);
  });

  it('may rate evidence otherwise', () => {
    const table = { workPlatforms: ['CRM'], applications: [{ source: 'system', evidence: 'E2' }] };
    const statement = said('https://w3id.org/xapi/dod-isd/verbs/performed', { context: { platform: 'CRM' } });
    expect(factOf(statement, extended(table)).evidence).toBe(2);
  });
});

describe('the built-in table', () => {
  it('knows a verb with https and with a slash at the end', () => {
    for (const id of [`${ADL}passed/`, `${ADL.replace('http', 'https')}passed`]) {
      expect(signalsOf(factOf(said(id)))).toEqual(['passed']);
    }
  });

  it('has no row that a row before it leaves nothing for', () => {
    const isAnyway = (other: object): boolean =>
      Object.keys(other).every((name) =>
        ['verbs', 'signals', 'byOthers', 'subject', 'expandsGroup'].includes(name),
      );
    const rows = SIGNAL_TABLE.source.rows ?? [];
    const settled = new Set<string>();
    const idle: string[] = [];
    for (const one of rows) {
      idle.push(...one.verbs.filter((verb) => settled.has(verb)));
      if (isAnyway(one)) for (const verb of one.verbs) settled.add(verb);
    }
    expect(settled.size).toBeGreaterThan(150);
    expect(idle).toEqual([]);
  });

  it('ends each verb with a row that always holds', () => {
    const rows = SIGNAL_TABLE.source.rows ?? [];
    const last = new Map(rows.flatMap((one) => one.verbs.map((verb) => [verb, one] as const)));
    const open = [...last].filter(([, one]) =>
      Object.keys(one).some((name) => ['types', 'objects', 'where', 'observed', 'scored'].includes(name)),
    );
    expect(open.map(([verb]) => verb)).toEqual([]);
  });
});
