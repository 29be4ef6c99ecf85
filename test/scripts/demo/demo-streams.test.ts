import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readStatements } from '../../../src/xapi/read-statements.ts';
import { ROOT } from '../../house/source-files.ts';
import { type DemoFiles, linesOf, makeDemo, rowsOf } from './demo-folder.ts';
import type { Planted } from './planted.ts';
import { deviationsOf } from './realised.ts';
import { DAY, END, groupBy, SOURCES } from './told.ts';

jest.setTimeout(60_000);

type Line = {
  readonly id: string;
  readonly actor: object;
  readonly verb: { readonly id: string; readonly display: { readonly en: string } };
  readonly object: { readonly id?: string };
  readonly result?: object;
  readonly context?: { readonly registration?: string; readonly extensions?: Record<string, unknown> };
  readonly timestamp: string;
  readonly stored: string;
};

const LISTS = ['observations.csv', 'attendance.csv'];
const DRAWN = [...SOURCES.map((source) => `${source}.ndjson`), ...LISTS, 'roster.csv', 'merges.json'];
const FIXED = [
  ...['observations.mapping.json', 'attendance.mapping.json'],
  ...['requirements.json', 'skills.json', 'truth.json'],
];

let files: DemoFiles = {};
let other: DemoFiles = {};
const read = (source: string): Line[] =>
  linesOf(files, `${source}.ndjson`).map((line) => JSON.parse(line) as Line);
const everyLine = (): Line[] =>
  SOURCES.flatMap(read).sort((a, b) => Date.parse(a.stored) - Date.parse(b.stored));
const json = <T>(name: string): T => JSON.parse(files[name] as string) as T;
const key = (agent: object): string => JSON.stringify(agent);

beforeAll(() => {
  files = makeDemo('--seed', '7');
  other = makeDemo('--seed', '8');
});

describe('the streams of the demonstration', () => {
  it('are the same bytes for a seed, 7 if none is named, and others for another', () => {
    expect(makeDemo()).toEqual(files);
    expect(DRAWN.filter((name) => files[name] === other[name])).toEqual([]);
    expect(FIXED.filter((name) => files[name] !== other[name])).toEqual([]);
    expect(Object.keys(files).sort()).toEqual([...DRAWN, ...FIXED].sort());
  });

  it('are about 20,000 statements, every source and list with its part', () => {
    for (const made of [files, other]) {
      const statements = SOURCES.map((source) => linesOf(made, `${source}.ndjson`).length);
      const rows = LISTS.map((name) => rowsOf(made, name).length);
      const total = [...statements, ...rows].reduce((sum, count) => sum + count, 0);
      expect(total).toBeGreaterThan(19_000);
      expect(total).toBeLessThan(21_000);
      expect(Math.min(...statements)).toBeGreaterThan(500);
      expect(Math.min(...rows)).toBeGreaterThan(200);
    }
  });

  it('are statements of xAPI 1.0.3, and small', () => {
    for (const source of SOURCES) {
      const lines = [
        ...groupBy(linesOf(files, `${source}.ndjson`), (line) => line.slice(0, 45)).values(),
      ].map(([line]) => line as string);
      const { statements } = readStatements(`[${lines.join(',')}]`, {
        family: '1.0.3',
        keep: { stored: true },
      });
      expect(statements).toHaveLength(lines.length);
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(1500);
    }
  });

  it('arrive in the order of stored, all different, within the year', () => {
    const stored = everyLine().map((line) => Date.parse(line.stored));
    expect(new Set(stored).size).toBe(stored.length);
    expect(stored.at(0)).toBeGreaterThanOrEqual(Date.UTC(2025, 10, 1));
    expect(stored.at(-1)).toBeLessThan(END);
    for (const source of SOURCES) {
      const own = read(source).map((line) => line.stored);
      expect(own).toEqual([...own].sort());
    }
  });

  it('happened before they arrived, those of the phone long before at times, but for one headset', () => {
    const late = (line: Line) => Date.parse(line.stored) - Date.parse(line.timestamp);
    const early = everyLine().filter((line) => late(line) < -1);
    expect(
      new Set(early.map(({ context }) => context?.extensions?.['https://vr.example/x/headset'])),
    ).toEqual(new Set(['kiosk-3']));
    const phone = read('phone');
    expect(phone.filter((line) => late(line) > DAY).length).toBeGreaterThan(phone.length * 0.05);
    const times = phone.map(({ timestamp }) => Date.parse(timestamp));
    expect(times.filter((time, index) => time < (times[index - 1] ?? 0)).length).toBeGreaterThan(500);
  });

  it('have voids before and after what they take back', () => {
    const lines = everyLine();
    const place = new Map(lines.map(({ id }, index) => [id, index]));
    const after = lines
      .filter(({ verb }) => verb.display.en === 'voided')
      .map(({ id, object }) => (place.get(id) as number) > (place.get(object.id as string) as number));
    expect(after.filter((isAfter) => isAfter).length).toBeGreaterThan(15);
    expect(after.filter((isAfter) => !isAfter).length).toBeGreaterThan(5);
  });

  it('say some things twice, under one id and under two, and some that nobody has mapped', () => {
    const lines = everyLine();
    const same = [...groupBy(lines, ({ id }) => id).values()].filter(({ length }) => length > 1);
    expect(same.length).toBeGreaterThan(50);
    for (const [first, ...again] of same) {
      for (const line of again) expect({ ...line, stored: '' }).toEqual({ ...first, stored: '' });
    }
    const said = groupBy(lines, ({ id, stored, ...rest }) => JSON.stringify(rest));
    const doubled = [...said.values()].filter((group) => new Set(group.map(({ id }) => id)).size > 1);
    expect(doubled.length).toBeGreaterThan(40);
    const verbs = lines.map(({ verb }) => verb.id);
    for (const verb of [
      'vr.example/verbs/teleported',
      'phone.example/verbs/swiped',
      'forum.example/verbs/pinned',
    ])
      expect(verbs).toContain(`https://${verb}`);
  });

  it('are about people whom the roster and the merges know', () => {
    const roster = rowsOf(files, 'roster.csv');
    const merges = json<{ identifiers: object[] }[]>('merges.json');
    const known = new Set(merges.flatMap(({ identifiers }) => identifiers.map(key)));
    const unknown = everyLine().filter(({ actor }) => !known.has(key(actor)));
    expect(new Set(unknown.map(({ verb }) => verb.display.en))).toEqual(new Set(['voided']));
    const people = [...groupBy(roster, (row) => row['employee_id'] as string).values()];
    const learners = people.filter(([row]) => row?.['role'] !== 'team lead');
    expect(learners).toHaveLength(120);
    expect(learners.filter(({ length }) => length === 2).length).toBe(12);
    expect(learners.filter(([row]) => row?.['leave_date'] !== '').length).toBe(12);
    expect(learners.filter(([row]) => (row?.['hire_date'] ?? '') > '2025-11-01').length).toBe(14);
    expect(new Set(people.map(([row]) => row?.['email'])).size).toBe(people.length);
    // Badges of one are employee numbers of another: what tells them apart is the home page.
    expect(key({ account: { homePage: 'https://vr.example', name: '1001' } })).toBe(
      [...known].find((one) => one.includes('vr.example') && one.includes('"1001"')),
    );
  });

  it('certify again under a new registration', () => {
    const assigned = everyLine().filter(
      ({ verb, object }) => verb.display.en === 'was-assigned' && object.id?.endsWith('/data-protection'),
    );
    const registrations = new Set(assigned.map(({ context }) => context?.registration));
    expect(registrations.size).toBeGreaterThan(180);
  });

  it.each([
    ['7', () => files],
    ['8', () => other],
  ])('are what truth.json says, within 99.9 % intervals (seed %s)', (_, made) => {
    const truth = json<Planted[]>('truth.json');
    const deviations = deviationsOf(made(), truth);
    expect(Object.keys(deviations)).toHaveLength(truth.length);
    expect(Object.entries(deviations).filter(([, off]) => !(Math.abs(off) < 3.29))).toEqual([]);
  });

  it('are refused a wrong seed, and need a folder', () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [join(ROOT, 'scripts/demo-streams.mjs'), ...args], { encoding: 'utf8' });
    expect(run('--seed', 'x', '--out', 'never')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--seed: a number from 0 on'),
    });
    expect(run()).toMatchObject({ status: 2, stderr: expect.stringContaining('--out: the folder') });
  });
});
