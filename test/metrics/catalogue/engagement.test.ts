import { cellOf, cellsBy, worldOf } from '../asked-world.ts';
import { ADL_TYPE, activity, type Part } from '../facts-of.ts';
import { by, orders } from './said-by.ts';

const course = activity('course', `${ADL_TYPE}course`);
const inCourse = { contextActivities: { grouping: [course] } };
const took = (duration: string, object = activity('unit')): Part => ({
  object,
  result: { duration },
  context: inCourse,
});

describe('time', () => {
  it('is that of sessions, to which a completion adds nothing', () => {
    const statements = [
      by('ada', 'terminated', '09:00', took('PT1H')),
      by('ada', 'terminated', '11:00', took('PT30M')),
      by('ada', 'completed', '11:00', took('PT90M')),
      by('bob', 'completed', '09:00', took('PT20M', activity('one'))),
      by('bob', 'completed', '10:00', took('PT25M', activity('two'))),
      by('bob', 'passed', '10:00', took('PT25M', activity('two'))),
    ];
    for (const some of [statements, [...statements].reverse()]) {
      const world = worldOf(some);
      expect(cellOf(world, 'time.spent')).toMatchObject({
        value: 2.25,
        persons: 2,
        excluded: { sameTime: 2 },
      });
      expect(cellOf(world, 'time.per_person')).toMatchObject({ value: 1.125, n: 2, min: 0.75, max: 1.5 });
    }
  });

  it.each(['P1Y', 'PT9999H', 'PT4H1S'])('of %s counts as the cap', (duration) => {
    const world = worldOf([
      by('ada', 'terminated', '09:00', took(duration)),
      by('ada', 'terminated', '10:00', took('PT1H')),
    ]);
    expect(cellOf(world, 'time.spent')).toMatchObject({
      value: 5,
      warnings: ['1 of 2 durations (50.0 %) were longer than 4 h and count as 4 h.'],
    });
    const free = cellOf(world, 'time.spent', { params: { capHours: null } });
    expect(free.value).toBeGreaterThan(5);
    expect(free.warnings).toBeUndefined();
  });

  it('so far is the largest, where a tool tells it so', () => {
    const world = worldOf([
      by('ada', 'experienced', '09:00', took('PT10M')),
      by('ada', 'experienced', '10:00', took('PT30M')),
      by('ada', 'experienced', '10:00', took('PT15M', activity('other'))),
    ]);
    expect(cellOf(world, 'time.spent', { params: { repeated: 'largest' } }).value).toBe(0.75);
    expect(cellOf(world, 'time.spent').value).toBeCloseTo(55 / 60, 10);
  });
});

describe('active learners', () => {
  const statements = [
    by('ada', 'experienced', '2026-01-05T10:00:00Z'),
    by('ada', 'experienced', '2026-01-05T12:00:00Z'),
    by('ada', 'experienced', '2026-01-06T10:00:00Z'),
    by('bob', 'experienced', '2026-01-06T10:00:00Z'),
    by('bob', 'experienced', '2026-02-06T23:30:00Z'),
    by('cy', 'registered', '2026-01-06T10:00:00Z'),
    by('dee', 'experienced', '1970-01-01T00:00:00Z'),
  ];

  it('are persons, in each period anew, by what they did themselves', () => {
    const world = worldOf(statements);
    expect(cellOf(world, 'learners.active')).toMatchObject({
      value: 2,
      persons: 2,
      excluded: { notTheirOwn: 2 },
    });
    const byDay = cellsBy(world, 'learners.active', { time: { grain: 'day' } });
    expect([byDay.get('2026-01-05')?.value, byDay.get('2026-01-06')?.value]).toEqual([1, 2]);
    const berlin = cellsBy(world, 'learners.active', { time: { grain: 'day', timezone: 'Europe/Berlin' } });
    expect(berlin.get('2026-02-07')?.value).toBe(1);
    const byMonth = cellsBy(world, 'learners.active', { time: { grain: 'month' } });
    expect([byMonth.get('2026-01-01')?.value, byMonth.get('2026-02-01')?.value]).toEqual([2, 1]);
  });

  it('stick by their days over the days of the month', () => {
    const world = worldOf(statements);
    // January: 3 person-days of 2 persons in 31 days; February: 1 of 1 in 28.
    expect(cellOf(world, 'learners.stickiness')).toMatchObject({ num: 4, den: 2 * 31 + 28, persons: 2 });
    const byMonth = cellsBy(world, 'learners.stickiness', { time: { grain: 'month' } });
    expect(byMonth.get('2026-01-01')).toMatchObject({ num: 3, den: 62 });
    const early = cellOf(world, 'learners.stickiness', { asOf: '2026-01-06T12:00:00Z' });
    expect(early).toMatchObject({ num: 3, den: 12, value: 0.25 });
    const weekly = cellOf(world, 'learners.stickiness', { params: { per: 'week' } });
    expect(weekly).toMatchObject({ num: 4, den: 21 });
  });
});

it('a start is counted of those who were assigned or enrolled', () => {
  const world = worldOf([
    by('ada', 'registered', '2026-03-01T09:00:00Z', { object: course }),
    by('ada', 'experienced', '2026-03-20T09:00:00Z', { context: inCourse }),
    by('bob', 'registered', '2026-03-01T09:00:00Z', { object: course }),
    by('bob', 'launched', '2026-03-02T09:00:00Z', { object: course }),
    // Begun before being enrolled.
    by('cy', 'experienced', '2026-02-20T09:00:00Z', { context: inCourse }),
    by('cy', 'registered', '2026-03-01T09:00:00Z', { object: course }),
    by('dee', 'experienced', '2026-03-01T09:00:00Z', { context: inCourse }),
  ]);
  expect(cellOf(world, 'start.rate')).toMatchObject({ num: 2, den: 3, excluded: { notAssigned: 1 } });
  const soon = cellOf(world, 'start.rate', { params: { window: 7 } });
  expect(soon).toMatchObject({ num: 1, den: 3 });
});

it('what is not completed by its result is no completion, though it is work', () => {
  const said = { object: course, result: { completion: false } };
  const world = worldOf([by('ada', 'completed', '09:00', said)]);
  expect(cellOf(world, 'completion.rate')).toMatchObject({ num: 0, den: 1 });
  expect(cellOf(world, 'learners.active').value).toBe(1);
});

describe('attendance', () => {
  const meeting = { object: activity('class', `${ADL_TYPE}meeting`) };
  const missed = 'urn:cairn:verb:missed';
  const waived = 'https://w3id.org/xapi/adl/verbs/waived';
  const statements = [
    by('ada', 'registered', '08:00', meeting),
    by('ada', 'attended', '09:00', meeting),
    by('bob', missed, '09:00', meeting),
    by('cy', missed, '09:00', meeting),
    by('cy', 'attended', '09:10', meeting),
    by('dee', missed, '09:00', meeting),
    by('dee', waived, '12:00', meeting),
    by('eve', 'registered', '08:00', meeting),
    by('fay', 'registered', '08:00', { object: course }),
  ];

  it('and no-show are of those of whom something is told; who was excused is neither', () => {
    const world = worldOf(statements);
    const excluded = { excused: 1, unrecorded: 1 };
    expect(cellOf(world, 'attendance.rate')).toMatchObject({ num: 2, den: 3, excluded });
    expect(cellOf(world, 'attendance.no_show')).toMatchObject({ num: 1, den: 3, excluded });
  });
});

describe('statements', () => {
  const first = by('ada', 'experienced', '2026-03-02T09:00:00.100Z');
  const statements = [
    first,
    { ...first, timestamp: '2026-03-02T09:00:00.900Z' },
    { ...first, timestamp: '2026-03-02T09:00:01.000Z' },
    { ...first, result: { success: true } },
    { ...first, result: { score: { scaled: 0.5 } } },
    { ...first, result: { score: { scaled: 0.5 } } },
  ];

  it('that say the same within a second count once, whatever their order', () => {
    for (const some of [statements, [...statements].reverse()])
      expect(cellOf(worldOf(some), 'events.count')).toMatchObject({
        value: 4,
        persons: 1,
        excluded: { semanticDuplicates: 2 },
      });
    const raw = cellOf(worldOf(statements), 'events.count', { params: { dedupe: 'none' } });
    expect(raw).toMatchObject({ value: 6 });
    expect(raw.excluded).toBeUndefined();
  });

  it('are the same in any order, for every metric', () => {
    const some = [
      by('ada', 'passed', '09:00', { result: { score: { scaled: 0.5 }, success: true, duration: 'PT5M' } }),
      by('ada', 'failed', '09:00', { result: { score: { scaled: 0.7 }, success: false, duration: 'PT6M' } }),
      by('ada', 'scored', '09:00', { result: { score: { scaled: 0.6 } } }),
      by('bob', 'attended', '09:00'),
    ].map((statement, at) => ({ ...statement, id: `00000000-0000-4000-8000-00000000010${at}` }));
    const metrics = [
      'assessment.score',
      'assessment.pass_rate',
      'assessment.attempts_to_pass',
      'time.spent',
      'events.count',
      'quality.issues',
      'attendance.rate',
    ];
    const told = (list: readonly Part[]) => JSON.stringify(metrics.map((id) => cellOf(worldOf(list), id)));
    const expected = told(some);
    for (const other of orders(some)) expect(told(other)).toBe(expected);
  });

  it('have qualities', () => {
    const world = worldOf([
      by('ada', 'experienced', '2027-01-01T00:00:00Z'),
      by('ada', 'experienced', '1999-12-31T00:00:00Z'),
      by('ada', 'scored', '09:00', { result: { score: { raw: 1 } } }),
      by('bob', 'https://e.example/frobnicated', '09:00', {
        context: { registration: '3f1c2b70-0000-4000-8000-000000000001', platform: 'kiosk' },
      }),
    ]);
    const items = (id: string) => cellOf(world, id)['items'] as Part[];
    const counts = Object.fromEntries(items('quality.issues').map(({ issue, statements: n }) => [issue, n]));
    expect(counts).toEqual({
      future: 1,
      past: 1,
      unscaled: 1,
      dateUnknown: 0,
      missingRegistration: 3,
      missingActivity: 0,
      semanticDuplicates: 0,
    });
    expect(items('quality.unmapped_verbs')).toEqual([
      { verb: 'https://e.example/frobnicated', statements: 1, share: 0.25 },
    ]);
    const late = items('quality.lateness').find(({ platform }) => platform === 'kiosk');
    const seconds = (Date.parse('2026-07-01T00:00:00Z') - Date.parse('2026-03-02T09:00:00Z')) / 1000;
    expect(late).toMatchObject({
      statements: 1,
      p50: seconds,
      max: seconds,
      newest: '2026-03-02T09:00:00.000Z',
    });
    const bySkew = cellsBy(world, 'events.count', { dimensions: ['skew'] });
    expect([bySkew.get('future')?.value, bySkew.get('past')?.value]).toEqual([1, 1]);
    const since = cellOf(world, 'events.count', { time: { range: ['1990-01-01', '2027-01-01'] } });
    expect(since.value).toBe(3);
    const bySignal = cellsBy(world, 'events.count', { dimensions: ['signal'] });
    expect([
      bySignal.get('experienced')?.value,
      bySignal.get('submitted')?.value,
      bySignal.get(null)?.value,
    ]).toEqual([2, 1, 1]);
  });
});
