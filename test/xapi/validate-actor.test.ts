import { problemsOfActor } from '../../src/xapi/validate-statement.ts';
import { ADA, BOB, CREW, checkRows, REFERENCE, type Row, TEAM } from './statement-sample.ts';

const SHA1 = 'cd9b00a5611f94eaa7b1661edab976068e364975';
const OPENID = 'https://ada.openid.example/';
const ACCOUNT = BOB.account;

/** Agents that are right or wrong wherever an Agent may stand. */
const AGENTS: readonly (readonly [unknown, ...string[]])[] = [
  [ADA],
  [BOB],
  [{ objectType: 'Agent', mbox_sha1sum: SHA1.toUpperCase() }],
  [{ openid: OPENID, name: '' }],
  [{ account: { ...ACCOUNT, name: '' } }],
  [{ account: { homePage: 'urn:x-lms:1', name: 'ü' } }],
  [{}, ''],
  [{ name: 'Ada' }, ''],
  [{ mbox: ADA.mbox, openid: OPENID }, ''],
  [{ mbox: ADA.mbox, mbox_sha1sum: SHA1 }, ''],
  [{ account: ACCOUNT, mbox_sha1sum: SHA1, openid: OPENID }, ''],
  [{ mbox: '' }, '/mbox'],
  [{ mbox: 'ada@example.org' }, '/mbox'],
  [{ mbox: ['mailto:ada@example.org'] }, '/mbox'],
  [{ mbox: null }, '/mbox'],
  [{ mbox_sha1sum: SHA1.slice(1) }, '/mbox_sha1sum'],
  [{ openid: 'ada' }, '/openid'],
  [{ account: { homePage: ACCOUNT.homePage } }, '/account'],
  [{ account: { name: 'bob' } }, '/account'],
  [{ account: { ...ACCOUNT, homePage: 'lms' } }, '/account/homePage'],
  [{ account: { ...ACCOUNT, name: 7 } }, '/account/name'],
  [{ account: { ...ACCOUNT, homepage: 'x' } }, '/account/homepage'],
  [{ account: [] }, '/account'],
  [{ ...ADA, name: 5 }, '/name'],
  [{ ...ADA, name: null }, '/name'],
  [{ ...ADA, member: [] }, '/member'],
  [{ ...ADA, Name: 'Ada' }, '/Name'],
];

const GROUPS: readonly (readonly [unknown, ...string[]])[] = [
  [CREW],
  [TEAM],
  [{ ...TEAM, member: [] }],
  [{ ...TEAM, member: [ADA] }],
  [{ objectType: 'Group', account: ACCOUNT, name: 'T' }],
  [{ objectType: 'Group' }, ''],
  [{ objectType: 'Group', name: 'T' }, ''],
  [{ objectType: 'Group', member: [] }, '/member'],
  [{ objectType: 'Group', member: ADA }, '/member'],
  [{ objectType: 'Group', member: [null] }, '/member/0'],
  [{ objectType: 'Group', member: [ADA, {}] }, '/member/1'],
  [{ objectType: 'Group', member: [TEAM] }, '/member/0/objectType'],
  [{ ...TEAM, openid: OPENID }, ''],
  [{ ...TEAM, mbox: 'team' }, '/mbox'],
  [{ ...TEAM, members: [ADA] }, '/members'],
];

const rowsAt = (place: string, cases: readonly (readonly [unknown, ...string[]])[]): Row[] =>
  cases.map(([value, ...problems]) => [place, value, problems.map((problem) => place + problem)]);

/** Someone whose kind cannot be told. */
const STRANGERS: readonly (readonly [unknown, ...string[]])[] = [
  [{ ...ADA, objectType: 'agent' }, '/objectType'],
  [{ ...ADA, objectType: 'Person' }, '/objectType'],
  [{ ...ADA, objectType: null }, '/objectType'],
  [{ ...TEAM, objectType: 'group' }, '/objectType'],
  [REFERENCE, '/objectType'],
  ['ada', ''],
  [null, ''],
  [[ADA], ''],
];

describe('Agents (D-4, D-6; no. 24, 25)', () => {
  checkRows(rowsAt('/actor', AGENTS));
  checkRows(rowsAt('/context/instructor', AGENTS));
});

describe('Groups (D-5; no. 24, 25, 28)', () => {
  checkRows(rowsAt('/actor', GROUPS));
  checkRows(rowsAt('/context/instructor', GROUPS));
  checkRows(rowsAt('/context/team', GROUPS));
});

describe('neither Agent nor Group', () => {
  checkRows(rowsAt('/actor', STRANGERS));
  checkRows(rowsAt('/context/instructor', STRANGERS));
});

describe('problemsOfActor (G-4, no. 27)', () => {
  const placesOf = (value: unknown, kind: Parameters<typeof problemsOfActor>[1]) =>
    problemsOfActor(value, kind).map(({ pointer }) => pointer);

  it.each(AGENTS)('judges %j the same for either kind', (value, ...problems) => {
    expect(placesOf(value, 'agent')).toEqual(problems);
    expect(placesOf(value, 'agent-or-identified-group')).toEqual(problems);
  });

  it('takes a Group only where one may be named, and only with an identifier', () => {
    expect(placesOf(TEAM, 'agent-or-identified-group')).toEqual([]);
    expect(placesOf(CREW, 'agent-or-identified-group')).toEqual(['']);
    expect(placesOf(TEAM, 'agent')).toEqual(['/objectType']);
    expect(placesOf({ ...ADA, objectType: 'Person' }, 'agent-or-identified-group')).toEqual(['/objectType']);
  });

  it('cites the clause of the family', () => {
    expect(problemsOfActor({}, 'agent')[0]?.clause).toBe('Data 2.4.2.1');
    expect(problemsOfActor({}, 'agent', '2.0.0')[0]?.clause).toBe('4.2.2.1');
  });
});
