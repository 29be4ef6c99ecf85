import { CATALOGUE } from '../../../src/metrics/catalogue.ts';
import { type Agent, cairnOfFile } from '../../http/start-cairn.ts';
import { withGolden } from '../statistics/golden.ts';
import { ask, type Cell, evidenceOf, manyAtOnce, oneByOne } from './ask-evidence.ts';
import { COURSE_B, COURSE_C, SKILL_ID, STREAM, UNIT_1, UNIT_2 } from './learning-stream.ts';
import { ouladStatements } from './oulad-statements.ts';
import { isScored, nameOf, scaledOf } from './plain.ts';
import { beginOf, completedAt, type Row } from './recount-row.ts';
import { AS_OF, RECOUNTS, type Recount } from './recounts.ts';
import { otherOf, personAt } from './said.ts';

const RECORDS = (source: string) => [
  ...[0, 5, 10, 15, 20, 25].map((at) => ({
    record: 'merge' as const,
    identifiers: [personAt(at), otherOf(at)],
    why: 'the same',
  })),
  { record: 'split' as const, identifiers: [personAt(25)], why: 'not the same' },
  {
    record: 'roster' as const,
    rows: Array.from({ length: 12 }, (_, at) => ({
      identifier: personAt(at),
      hired: '2024-06-01',
      role: 'Welder',
      department: at % 2 === 0 ? 'Yard' : 'Office',
    })),
  },
  { record: 'skills' as const, roles: [{ role: 'Welder', skill: SKILL_ID, level: 2 }] },
  {
    record: 'courses' as const,
    courses: [
      {
        id: COURSE_C.id,
        units: [
          { id: UNIT_1.id, moveOn: 'CompletedAndPassed' },
          { id: UNIT_2.id, moveOn: 'Completed' },
        ],
      },
    ],
  },
  {
    record: 'requirements' as const,
    requirements: [
      {
        id: 'first-aid',
        activity: COURSE_B.id,
        appliesTo: { attr: 'department', op: 'eq', value: 'Yard' },
        due: { days: 30, of: 'assignment' },
        validFor: 'P280D',
      },
    ],
  },
  { record: 'complete-through' as const, source, through: '2026-01-01T00:00:00Z' },
];

/** What persons are called whose ids evidence has told beside statements of theirs. */
const names = new Map<string | undefined, string>();

const calledIn = ({ person, statements: [one] }: Row): string | undefined => {
  if (one === undefined || one.actor.member !== undefined) return names.get(person?.id) ?? person?.id;
  const name = nameOf(one.object.objectType === 'Agent' ? one.object : one.actor);
  expect(names.get(person?.id) ?? name).toBe(name);
  names.set(person?.id, name);
  return name;
};

/** How many persons stand behind some rows: by their statements, where these name one. */
const personsIn = (rows: readonly Row[]): number => {
  for (const row of rows) calledIn(row);
  return new Set(rows.map(calledIn)).size;
};

const isNear = (told: unknown, counted: unknown): unknown =>
  typeof told === 'number' &&
  typeof counted === 'number' &&
  Math.abs(told - counted) <= 1e-6 * Math.abs(counted)
    ? counted
    : told;

/** What a cell says of what was counted. */
const toldOf = (cell: Cell, counted: object): object =>
  Object.fromEntries(
    Object.entries(counted).map(([name, value]) => {
      const told = cell[name];
      if (!Array.isArray(value)) return [name, isNear(told, value)];
      return [name, (told as readonly object[]).map((one, at) => toldOf(one as Cell, value[at] as object))];
    }),
  );

const countedOf = ({ isIn, figures }: Recount, rows: readonly Row[]): object => {
  const persons = personsIn(rows);
  const verdicts = isIn === undefined ? undefined : rows.map(isIn);
  return {
    persons,
    ...(verdicts === undefined
      ? {}
      : { num: verdicts.filter((is) => is === true).length, den: verdicts.length }),
    ...figures?.(rows, persons),
  };
};

type Fetch = Parameters<typeof evidenceOf>[3];

const check = async (
  agent: Agent,
  id: string,
  dimensions: readonly string[],
  fetch: Fetch,
  params: object = {},
  recount: Recount = RECOUNTS[id] as Recount,
) => {
  const metrics = [{ id, params: { ...recount.params, ...params } }];
  const query = { metrics, dimensions, asOf: AS_OF };
  const { rows, total } = await ask(agent, query);
  const cells = dimensions.length === 0 ? [{ values: undefined, cell: total }] : rows.slice(0, 5);
  for (const { values, cell } of cells) {
    const { cell: again, rows: behind } = await evidenceOf(agent, query, values, fetch);
    const where = [id, dimensions, values];
    expect([where, again]).toEqual([where, cell]);
    const counted = countedOf(recount, behind);
    expect([where, toldOf(cell, counted)]).toEqual([where, counted]);
    if (recount.isIn === undefined) continue;
    const wrong = behind.filter((row) => row.inNumerator !== recount.isIn?.(row));
    expect([where, wrong]).toEqual([where, []]);
  }
};

const meanScoreOf = ({ statements }: Row): number => {
  const scores = statements.filter(isScored).map(scaledOf);
  return scores.reduce((sum, one) => sum + one, 0) / scores.length;
};

/** Where parameters change what counts together. */
const VARIANTS: [string, object, Recount?][] = [
  ['assessment.pass_rate', { per: 'attempt' }],
  ['assessment.score', { attempts: 'best' }],
  [
    'assessment.threshold_rate',
    { attempts: 'mean', threshold: 0.5 },
    { isIn: (row) => meanScoreOf(row) >= 0.5 },
  ],
  ['enrolments.repeated', { of: 'course' }],
  ['completion.rate', { window: 14 }, { isIn: (row) => completedAt(row) <= beginOf(row) + 14 * 86_400_000 }],
];
describe('what /evidence names comes to the number, counted again from GET /xapi/statements', () => {
  const file = cairnOfFile();
  let fetch: Fetch;
  beforeAll(async () => {
    const { cairn } = file;
    for (let at = 0; at < STREAM.length; at += 100)
      await cairn.all
        .post('/xapi/statements')
        .send(STREAM.slice(at, at + 100))
        .expect(200);
    for (const record of RECORDS(cairn.master.id))
      await cairn.services.people.record(record as never, 'test');
    fetch = oneByOne(cairn.all);
  });

  it('has a way to count every metric of the catalogue', () => {
    expect(Object.keys(RECOUNTS).sort()).toEqual([...CATALOGUE.ids].sort());
    expect(STREAM.length).toBeGreaterThan(300);
  });

  describe.each(CATALOGUE.ids)('%s', (id) => {
    const ofPerson = async () => {
      if (id !== 'list.transcript') return {};
      const { rows } = await ask(file.cairn.all, { metrics: ['enrolments.count'], dimensions: ['person'] });
      const [person] = (rows[0] as { values: unknown[] }).values as [{ id: string }];
      return { person: person.id };
    };
    it.each([[[]], [['person']], [['department.now']]])('by %j', async (dimensions) => {
      await check(file.cairn.all, id, dimensions, fetch, await ofPerson());
    });
    const others = ['course', 'activity', 'outcome', 'skill', 'state', 'role.held', 'verb', 'success'];
    const { grain } = CATALOGUE.find(id) ?? { grain: { dimensions: {} } };
    const own = others.filter((name) => Object.hasOwn(grain.dimensions, name));
    for (const [of, params, recount] of VARIANTS.filter(([one]) => one === id))
      it(`with ${JSON.stringify(params)}`, async () => {
        await check(file.cairn.all, of, [], fetch, params, recount);
        await check(file.cairn.all, of, ['department.now'], fetch, params, recount);
      });
    it.each(own)('by %s', async (dimension) => {
      await check(file.cairn.all, id, [dimension], fetch, await ofPerson());
    });
  });
});

withGolden('the same of a course of the Open University', () => {
  const file = cairnOfFile();
  const METRICS = [
    'completion.rate',
    'success.rate',
    'start.rate',
    'assessment.score',
    'assessment.threshold_rate',
    'submissions.late',
    'enrolments.count',
    'learners.active',
    'enrolment.survival',
    'assessment.sat_rate',
  ];
  beforeAll(async () => {
    const { cairn } = file;
    const statements = await ouladStatements();
    expect(statements.length).toBeGreaterThan(2000);
    for (let at = 0; at < statements.length; at += 500)
      await cairn.all
        .post('/xapi/statements')
        .send(statements.slice(at, at + 500))
        .expect(200);
    const through = '2026-01-01T00:00:00Z';
    await cairn.services.people.record(
      { record: 'complete-through', source: cairn.master.id, through },
      'test',
    );
  }, 60_000);

  it.each(METRICS)('%s', async (id) => {
    const fetch = manyAtOnce(file.cairn.all);
    await check(file.cairn.all, id, [], fetch);
    if (id.startsWith('assessment') || id.startsWith('submissions'))
      await check(file.cairn.all, id, ['activity.kind'], fetch);
    else await check(file.cairn.all, id, ['course'], fetch);
  });
});
