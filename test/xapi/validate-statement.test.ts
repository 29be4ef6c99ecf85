import { isStatement, problemsOfStatement } from '../../src/xapi/validate-statement.ts';
import {
  ADA,
  ATTACHMENT,
  BOB,
  CREW,
  changed,
  checkRows,
  filled,
  pointersOf,
  REFERENCE,
  type Row,
  STATEMENT,
  SUB_STATEMENT,
  TEAM,
  withChange,
} from './statement-sample.ts';

const UUID = 'EC531277-b57b-4c15-8d91-d292c5b2b8f7';

describe('the statement itself (D-1, D-2, D-17, D-18; no. 5-12)', () => {
  const rows: Row[] = [
    ['', STATEMENT],
    ['', null, ['']],
    ['', [STATEMENT], ['']],
    ['', 'statement', ['']],
    ['', 3, ['']],
    ['', {}, ['', '', '']],
    ['/actor', undefined, ['']],
    ['/verb', undefined, ['']],
    ['/object', undefined, ['']],
    ['/actor', null, ['/actor']],
    ['/actor', {}, ['/actor']],
    ['/id', UUID],
    ['/id', '', ['/id']],
    ['/id', null, ['/id']],
    ['/id', `${UUID}8`, ['/id']],
    ['/timestamp', '2015-11-18T12:17:00+02:00'],
    ['/timestamp', '', ['/timestamp']],
    ['/timestamp', null, ['/timestamp']],
    ['/timestamp', '2008-09-15T15:53:00.601-00:00', ['/timestamp']],
    ['/stored', '2015-11-18T12:17:00Z'],
    ['/stored', 'yesterday', ['/stored']],
    ['/version', '1.0'],
    ['/version', '1.0.9'],
    ['/version', '0.9.9', ['/version']],
    ['/version', '1.1.0', ['/version']],
    ['/version', '1.0.', ['/version']],
    ['/version', null, ['/version']],
    ['/Actor', ADA, ['/Actor']],
    ['/a~1~0b', 1, ['/a~1~0b']],
    ['/result', {}],
    ['/context', {}],
    ['/attachments', []],
    ['/attachments', ATTACHMENT, ['/attachments']],
  ];
  it.each(filled(rows))('%s = %j', (pointer, value, problems) => {
    const statement = pointer === '' ? value : withChange(pointer, value);
    expect(pointersOf(statement, '1.0.3')).toEqual(problems);
    expect(pointersOf(statement, '2.0.0')).toEqual(problems);
  });

  it('takes a version of the second family only in a request of the second family', () => {
    for (const version of ['2.0', '2.0.0']) {
      expect(pointersOf({ ...STATEMENT, version }, '1.0.3')).toEqual(['/version']);
      expect(pointersOf({ ...STATEMENT, version }, '2.0.0')).toEqual([]);
    }
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('refuses the property %s', (name) => {
    const text = JSON.stringify(STATEMENT).replace('{', `{"${name}":{},`);
    expect(pointersOf(JSON.parse(text))).toEqual([`/${name}`]);
    const actor = JSON.parse(`{"${name}":{"mbox":"mailto:a@example.org"}}`) as unknown;
    expect(pointersOf({ ...STATEMENT, actor })).toEqual([`/actor/${name}`, '/actor']);
  });
});

describe('authority (D-16, no. 40)', () => {
  const rows: Row[] = [
    ['/authority', ADA],
    ['/authority', BOB],
    ['/authority', CREW],
    ['/authority', { objectType: 'Group', member: [ADA] }, ['/authority/member']],
    ['/authority', { objectType: 'Group', member: [ADA, BOB, ADA] }, ['/authority/member']],
    [
      '/authority',
      { objectType: 'Group', member: [ADA, CREW] },
      pointersOfGroupAsMember('/authority/member/1'),
    ],
    ['/authority', { objectType: 'Group' }, ['/authority']],
    ['/authority', { ...CREW, ...ADA }, ['/authority/mbox']],
    ['/authority', TEAM, ['/authority', '/authority/mbox']],
    ['/authority', {}, ['/authority']],
    ['/authority', null, ['/authority']],
    ['/authority', { ...ADA, objectType: 'agent' }, ['/authority/objectType']],
  ];
  it.each(filled(rows))('%s = %j', (pointer, value, problems) => {
    expect([...pointersOf(withChange(pointer, value), '1.0.3')].sort()).toEqual([...problems].sort());
    expect([...pointersOf(withChange(pointer, value), '2.0.0')].sort()).toEqual([...problems].sort());
  });
});

/** A Group where only an Agent may stand: no identifier, another objectType, and members of its own. */
function pointersOfGroupAsMember(at: string): readonly string[] {
  return [at, `${at}/member`, `${at}/objectType`];
}

describe('SubStatements (D-10, no. 29)', () => {
  it.each(['id', 'stored', 'version', 'authority'])('must not have %s', (name) => {
    const values = { id: UUID, stored: '2015-11-18T12:17:00Z', version: '1.0.0', authority: ADA };
    const nested = { ...SUB_STATEMENT, [name]: values[name as keyof typeof values] };
    expect(pointersOf(withChange('/object', nested))).toEqual([`/object/${name}`]);
  });

  it('does not nest', () => {
    const nested = { ...SUB_STATEMENT, object: SUB_STATEMENT };
    expect(pointersOf(withChange('/object', nested))).toEqual(['/object/object/objectType']);
  });

  it.each(['actor', 'verb', 'object'])('needs %s', (name) => {
    const nested = changed(SUB_STATEMENT, `/${name}`, undefined);
    expect(pointersOf(withChange('/object', nested))).toEqual(['/object']);
  });

  it('may lie in the future', () => {
    const nested = { ...SUB_STATEMENT, timestamp: '2999-01-01T00:00:00Z' };
    expect(pointersOf(withChange('/object', nested))).toEqual([]);
  });
});

describe('voiding (no. 32, V-2, V-3b)', () => {
  const verb = { id: 'http://adlnet.gov/expapi/verbs/voided' };

  it('needs a StatementRef', () => {
    expect(pointersOf({ ...STATEMENT, verb, object: REFERENCE })).toEqual([]);
    expect(pointersOf({ ...STATEMENT, verb })).toEqual(['/object']);
    expect(pointersOf({ ...STATEMENT, verb, object: { ...ADA, objectType: 'Agent' } })).toEqual(['/object']);
    expect(problemsOfStatement({ ...STATEMENT, verb }, '2.0.0')[0]?.clause).toBe('4.2.5');
  });

  it('means nothing inside a SubStatement', () => {
    expect(pointersOf(withChange('/object', { ...SUB_STATEMENT, verb }))).toEqual([]);
  });
});

describe('attachments (D-14, no. 8, 23)', () => {
  const without = (name: string) => changed(ATTACHMENT, `/${name}`, undefined);
  const at = '/attachments/0';
  checkRows([
    ['/attachments', [ATTACHMENT]],
    ['/attachments', [{ ...ATTACHMENT, fileUrl: 'http://example.org/f', description: {} }]],
    ['/attachments', [{ ...ATTACHMENT, sha2: ATTACHMENT.sha2.toUpperCase(), length: 0 }]],
    ['/attachments', [without('usageType')], [at]],
    ['/attachments', [without('display')], [at]],
    ['/attachments', [without('contentType')], [at]],
    ['/attachments', [without('length')], [at]],
    ['/attachments', [without('sha2')], [at]],
    ['/attachments', [3], [at]],
    ['/attachments', [null], [at]],
    ['/attachments', [{ ...ATTACHMENT, usageType: 'no iri' }], [`${at}/usageType`]],
    ['/attachments', [{ ...ATTACHMENT, display: 'text' }], [`${at}/display`]],
    ['/attachments', [{ ...ATTACHMENT, contentType: 'text' }], [`${at}/contentType`]],
    ['/attachments', [{ ...ATTACHMENT, length: 1.5 }], [`${at}/length`]],
    ['/attachments', [{ ...ATTACHMENT, length: -1 }], [`${at}/length`]],
    ['/attachments', [{ ...ATTACHMENT, length: '27' }], [`${at}/length`]],
    ['/attachments', [{ ...ATTACHMENT, sha2: 'x' }], [`${at}/sha2`]],
    ['/attachments', [{ ...ATTACHMENT, fileUrl: 'file' }], [`${at}/fileUrl`]],
    ['/attachments', [{ ...ATTACHMENT, FileUrl: 'http://example.org/f' }], [`${at}/FileUrl`]],
  ]);
});

describe('the words of a problem', () => {
  const first = (statement: unknown) => problemsOfStatement(statement, '1.0.3', 7)[0];

  it('name the statement, the place, what was expected and found, and the clause', () => {
    expect(first(withChange('/result', { duration: 'ten minutes' }))).toEqual({
      index: 7,
      pointer: '/result/duration',
      message: 'Expected an ISO 8601 duration such as "PT4M12.5S", found the string "ten minutes".',
      clause: 'Data 2.4.5',
    });
    expect(problemsOfStatement(withChange('/actor', {}), '2.0.0')).toEqual([
      {
        pointer: '/actor',
        message: 'An Agent needs exactly one of "mbox", "mbox_sha1sum", "openid" or "account", found none.',
        clause: '4.2.2.1',
      },
    ]);
  });

  it('guess which property was meant', () => {
    expect(first(withChange('/Result', {}))?.message).toContain('Did you mean "result"?');
    expect(first(withChange('/context', { extension: {} }))?.message).toContain('Did you mean "extensions"?');
    expect(first(withChange('/object/colour', 1))?.message).toContain(
      'It may have "objectType", "id" or "definition".',
    );
  });

  it('do not repeat a long value in full', () => {
    expect(first(withChange('/id', 'x'.repeat(100_000)))?.message.length).toBeLessThan(200);
  });

  it('are given for every error, each once', () => {
    const wrong = { actor: null, verb: {}, object: { id: 5, definition: [] }, result: { success: 'true' } };
    const pointers = ['/actor', '/verb', '/object/id', '/object/definition', '/result/success'];
    expect(pointersOf(wrong)).toEqual(pointers);
  });

  it('stop after a thousand', () => {
    const member = Array.from({ length: 30_000 }, () => ({}));
    const problems = problemsOfStatement({ ...STATEMENT, actor: { objectType: 'Group', member } }, '1.0.3');
    expect(problems).toHaveLength(1000);
    expect(problems[999]?.pointer).toBe('/actor/member/999');
  });
});

describe('isStatement', () => {
  it('leaves the value as it was', () => {
    const statement = withChange('/context', { contextActivities: { parent: { id: 'http://a.example/1' } } });
    const before = JSON.stringify(statement);
    expect(isStatement(statement, '1.0.3')).toBe(true);
    expect(JSON.stringify(statement)).toBe(before);
  });
});
