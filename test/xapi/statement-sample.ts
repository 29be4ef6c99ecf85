import type { Family } from '../../src/xapi/statement.ts';
import { isStatement, problemsOfStatement } from '../../src/xapi/validate-statement.ts';

export const ADA = { mbox: 'mailto:ada@example.org' };
export const BOB = { objectType: 'Agent', account: { homePage: 'https://lms.example.org', name: 'bob' } };
export const TEAM = { objectType: 'Group', mbox: 'mailto:team@example.org' };
export const CREW = { objectType: 'Group', name: 'Crew', member: [ADA, BOB] };
export const COURSE = { id: 'https://lms.example.org/course/1' };
export const REFERENCE = { objectType: 'StatementRef', id: '6690e6c9-3ef0-4ed3-8b37-7f3964730bee' };
export const ATTACHMENT = {
  usageType: 'http://example.org/usage/certificate',
  display: { en: 'Certificate' },
  contentType: 'text/plain; charset=ascii',
  length: 27,
  sha2: '495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a',
};

/** The smallest valid statement. */
export const STATEMENT = {
  actor: ADA,
  verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
  object: COURSE,
};

export const SUB_STATEMENT = { objectType: 'SubStatement', ...STATEMENT };

type Json = Record<string, unknown>;

/** The value with another one at the pointer, whose parents are made where they are missing. Undefined removes. */
export const changed = (value: unknown, pointer: string, to: unknown): unknown => {
  const copy = structuredClone({ '': value }) as Json;
  const names = pointer.split('/').map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = names.pop() as string;
  let part = copy;
  for (const name of names) {
    part[name] ??= {};
    part = part[name] as Json;
  }
  if (to === undefined) delete part[last];
  else part[last] = to;
  return copy[''];
};

/** The smallest statement with one change. */
export const withChange = (pointer: string, to: unknown): unknown => changed(STATEMENT, pointer, to);

/** Where the problems are, after checking that the fast way agrees. */
export const pointersOf = (value: unknown, family: Family = '1.0.3'): readonly string[] => {
  const problems = problemsOfStatement(value, family);
  expect(isStatement(value, family)).toBe(problems.length === 0);
  for (const { message, clause } of problems) {
    expect(message).toMatch(/^[A-Z"].*[.?]$/s);
    expect(clause).toMatch(family === '1.0.3' ? /^Data \d/ : /^4\.2\.\d/);
  }
  return problems.map(({ pointer }) => pointer);
};

export type Row = readonly [pointer: string, value: unknown, problems?: readonly string[]];

/** The rows as `it.each` takes them. */
export const filled = (rows: readonly Row[]): [string, unknown, readonly string[]][] =>
  rows.map(([pointer, value, problems = []]) => [pointer, value, problems]);

/**
 * Checks each row: the sample with the value at the pointer has problems at exactly the listed places, in both
 * families and also when it stands inside a SubStatement. Without a list the row is valid.
 */
export const checkRows = (rows: readonly Row[], families: readonly Family[] = ['1.0.3', '2.0.0']): void => {
  it.each(filled(rows))('%s = %j', (pointer, value, problems) => {
    for (const family of families) expect(pointersOf(withChange(pointer, value), family)).toEqual(problems);
  });
  it.each(filled(rows))('/object%s = %j in a SubStatement', (pointer, value, problems) => {
    const nested = withChange('/object', changed(SUB_STATEMENT, pointer, value));
    const expected = problems.map((place) => `/object${place}`);
    for (const family of families) expect(pointersOf(nested, family)).toEqual(expected);
  });
};
