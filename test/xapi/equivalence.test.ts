import { equivalent } from '../../src/xapi/equivalence.ts';
import type { Family, Statement } from '../../src/xapi/statement.ts';
import { member, stored } from './stored-statement.ts';

const FAMILIES: readonly Family[] = ['1.0.3', '2.0.0'];

type Path = readonly (string | number)[];

const leavesOf = (value: unknown, path: Path = []): readonly Path[] => {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, part]) =>
    leavesOf(part, [...path, Array.isArray(value) ? Number(key) : key]),
  );
};

/** A copy with another value at the path; undefined takes the member away. */
const changed = (value: unknown, path: Path, change: (old: unknown) => unknown): unknown => {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[key] = changed(copy[key], rest, change);
  return JSON.parse(JSON.stringify(copy)) as unknown;
};

const withChange = (path: Path, by: unknown): Statement => changed(stored, path, () => by) as Statement;

const otherLeaf = (old: unknown): unknown => {
  if (typeof old === 'number') return old + 1;
  if (typeof old === 'boolean') return !old;
  if (typeof old !== 'string') return 'something';
  if (/^\d{4}-/.test(old)) return old.replace('03:04', '03:05');
  // A change that counts in every kind of text: digests, ids, durations, addresses.
  return old.replace(/[0-9]|(?<=:\/\/)[a-z]|[A-Za-z]/, (found) =>
    found === '7' ? '8' : found === 'z' ? 'y' : /\d/.test(found) ? '7' : 'z',
  );
};

const startsWith = (path: Path, prefix: string): boolean => path.join('.').startsWith(prefix);
const ALWAYS_IGNORED = ['stored', 'authority', 'verb.display', 'object.verb.display'];
const IGNORED_IN_2 = ['id', 'timestamp', 'version', 'attachments'];

const ignoredIn = (family: Family): readonly string[] =>
  family === '1.0.3' ? ALWAYS_IGNORED : [...ALWAYS_IGNORED, ...IGNORED_IN_2];

describe.each(FAMILIES)('equivalent in %s', (family) => {
  const same = (sent: Statement) => {
    const forth = equivalent(stored, sent, family);
    expect(equivalent(sent, stored, family)).toBe(forth);
    return forth;
  };

  it('holds for the statement itself, and for its copy', () => {
    expect(same(stored)).toBe(true);
    expect(same(structuredClone(stored) as Statement)).toBe(true);
  });

  it.each(leavesOf(stored).map((path) => [path.join('/'), path] as const))(
    'judges another value at /%s',
    (_, path) => {
      const other = changed(stored, path, otherLeaf) as Statement;
      expect(other).not.toEqual(stored);
      expect(same(other)).toBe(ignoredIn(family).some((prefix) => startsWith(path, prefix)));
    },
  );

  it.each([
    'result',
    'context',
    'object.timestamp',
    'actor.name',
    'context.registration',
    'result.score.min',
  ])('sees that %s is missing', (path) => {
    expect(same(withChange(path.split('.'), undefined))).toBe(false);
  });

  it.each(['id', 'authority', 'stored', 'timestamp', 'version'])(
    'does not miss %s, which an LRS assigns',
    (name) => {
      expect(same(withChange([name], undefined))).toBe(true);
    },
  );

  it('does not miss all of them together', () => {
    const { id, authority, stored: at, timestamp, version, ...bare } = stored;
    expect([id, authority, at, timestamp, version]).not.toContain(undefined);
    expect(same(bare)).toBe(true);
  });

  it.each([
    ['the id in upper case', ['id'], stored.id.toUpperCase()],
    [
      'the registration in upper case',
      ['context', 'registration'],
      stored.context.registration.toUpperCase(),
    ],
    ['a reference in upper case', ['object', 'object', 'id'], stored.object.object.id.toUpperCase()],
    [
      'the context statement in upper case',
      ['context', 'statement', 'id'],
      stored.context.statement.id.toUpperCase(),
    ],
    ['a mail domain in upper case', ['actor', 'member', 0, 'mbox'], 'mailto:ada@EXAMPLE.com'],
    ['a SHA-1 in upper case', ['object', 'actor', 'mbox_sha1sum'], 'AB'.repeat(20)],
    ['a SHA-2 in upper case', ['attachments', 0, 'sha2'], 'AB'.repeat(32)],
    ['a language tag in another case', ['context', 'language'], 'EN-gb'],
    ['another zone', ['timestamp'], '2026-01-02T05:04:05.678+02:00'],
    ['more digits than milliseconds', ['timestamp'], '2026-01-02T03:04:05.678999Z'],
    ['another zone in the SubStatement', ['object', 'timestamp'], '2026-01-02T02:04:05.678-01:00'],
    ['no verb display', ['verb', 'display'], undefined],
    ['a definition', ['context', 'contextActivities', 'grouping', 0, 'definition'], { name: { en: 'x' } }],
    ['a lone activity', ['context', 'contextActivities', 'grouping'], { id: 'https://example.com/g' }],
    [
      'a lone activity inside',
      ['object', 'context', 'contextActivities', 'parent'],
      { id: 'https://example.com/p' },
    ],
    ['no objectType of an agent', ['context', 'instructor', 'objectType'], undefined],
    ['an objectType of a member', ['actor', 'member', 1, 'objectType'], 'Agent'],
    ['the same number', ['result', 'score', 'scaled'], 5e-1],
    ['a negative zero', ['result', 'score', 'min'], -0],
  ] as const)('makes no difference of %s', (_, path, by) => {
    expect(same(withChange(path, by))).toBe(true);
  });

  it.each([
    [
      'the local part of an address in another case',
      ['actor', 'member', 0, 'mbox'],
      'mailto:ADA@example.com',
    ],
    ['an IRI in another case', ['verb', 'id'], 'https://Example.com/verbs/did'],
    ['a homePage in another case', ['context', 'instructor', 'account', 'homePage'], 'https://example.com'],
    ['another member', ['actor', 'member', 0], member('dee')],
    ['a member more', ['actor', 'member', 3], member('dee')],
    [
      'an order of an extension',
      ['result', 'extensions', 'https://example.com/x', 'list'],
      ['two', 1, null, { deep: false }],
    ],
    ['null for absent', ['result', 'extensions', 'https://example.com/x', 'more'], null],
    ['a list for an object', ['result', 'extensions', 'https://example.com/x', 'empty'], []],
    ['a text for a number', ['result', 'extensions', 'https://example.com/x', 'list', 0], '1'],
    ['an activity more', ['context', 'contextActivities', 'grouping', 1], { id: 'https://example.com/h' }],
    ['another millisecond in the SubStatement', ['object', 'timestamp'], '2026-01-02T03:04:05.679Z'],
  ] as const)('makes a difference of %s', (_, path, by) => {
    expect(same(withChange(path, by))).toBe(false);
  });

  it('takes an activity without objectType for one with it', () => {
    const sent = { ...stored, object: { id: 'https://example.com/a' } };
    const with_ = {
      ...stored,
      object: { objectType: 'Activity', id: 'https://example.com/a', definition: {} },
    } as const;
    expect(equivalent(with_, sent, family)).toBe(true);
  });

  it('tells instants apart that are beyond the range of microseconds', () => {
    const until = (timestamp: string) => withChange(['object', 'timestamp'], timestamp);
    expect(equivalent(until('9999-12-31T00:00:00Z'), until('2300-01-01T00:00:00Z'), family)).toBe(false);
    expect(equivalent(until('9999-12-31T00:00:00Z'), until('9999-12-31T01:00:00+01:00'), family)).toBe(true);
  });

  it('keeps keys apart that mean something to JavaScript', () => {
    const sent = (inner: string) =>
      JSON.parse(JSON.stringify(stored).replace('"empty":{}', `"empty":${inner}`)) as Statement;
    expect(same(sent('{"__proto__":{}}'))).toBe(false);
    expect(equivalent(sent('{"__proto__":{}}'), sent('{"x":{}}'), family)).toBe(false);
    expect(same(sent('{"toString":1}'))).toBe(false);
    expect(equivalent(sent('{"__proto__":1}'), sent('{"__proto__":2}'), family)).toBe(false);
    expect(equivalent(sent('{"__proto__":1}'), sent('{"__proto__":1}'), family)).toBe(true);
  });
});

describe('what differs between the families', () => {
  it.each([
    ['a duration beyond 0.01 s', ['result', 'duration'], 'PT1.259S'],
    ['another timestamp', ['timestamp'], '2026-01-02T03:04:06Z'],
    ['another version', ['version'], '1.0.3'],
    ['another id', ['id'], '00000000-3ef0-4ed3-8b37-7f3964730bee'],
    ['other attachments', ['attachments'], undefined],
  ] as const)('%s is a difference in 1.0.3 alone', (_, path, by) => {
    const sent = withChange(path, by);
    expect(FAMILIES.map((family) => equivalent(stored, sent, family))).toEqual([false, true]);
  });

  it('0.01 s of a duration is a difference in both', () => {
    const sent = withChange(['object', 'result', 'duration'], 'PT2.01S');
    expect(FAMILIES.map((family) => equivalent(stored, sent, family))).toEqual([false, false]);
  });
});
