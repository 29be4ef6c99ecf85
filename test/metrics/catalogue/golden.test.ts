import type { SurvivalCell } from '../../../src/metrics/views.ts';
import type { AnyCell } from '../asked-world.ts';
import { golden, withGolden } from '../statistics/golden.ts';
import { cellOf, cellsBy, startAnswering, stopAnswering } from './golden-answers.ts';

jest.setTimeout(120_000);

const WHOLE_COURSE = { origin: 'course', horizon: 'course' };
const TO_80 = { criterion: { score: 0.8 }, prior: 'zero', competing: ['withdrawn'] };

const atOf = (cell: AnyCell) => (cell as unknown as SurvivalCell).at ?? [];

withGolden('metrics of the Open University', () => {
  beforeAll(startAnswering);
  afterAll(stopAnswering);

  const totalOf = (id: string, params: object = {}, rest: object = {}): Promise<AnyCell> =>
    cellOf('oulad', id, { params, ...rest });

  it('scores', async () => {
    const score = await totalOf('assessment.score');
    const { assessments } = golden().oulad;
    const { mean_score: mean, median, q1, q3, scored, null_score: unscored } = assessments;
    expect(score.value).toBeCloseTo(mean, 8);
    expect(score).toMatchObject({ median, q1, q3, min: 0, max: 100, n: scored, excluded: { unscored } });
    const { edges, counts } = score['histogram'] as { edges: number[]; counts: number[] };
    expect(edges).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(scored);
  });

  it('scores without those that were banked', async () => {
    const { assessments } = golden().oulad;
    const score = await totalOf('assessment.score', { includeCarriedOver: false });
    expect(score.value).toBeCloseTo(75.8157, 4);
    expect(score.excluded).toMatchObject({ carriedOver: expect.any(Number) });
    expect((await totalOf('assessment.score', { unit: 'scaled' })).value).toBeCloseTo(
      assessments.mean_score / 100,
      10,
    );
  });

  it('scores by kind', async () => {
    const byKind = await cellsBy('oulad', 'assessment.score', { dimensions: ['activity.kind'] });
    for (const [kind, [n, mean]] of Object.entries(golden().oulad.assessments.by_type)) {
      expect(byKind.get(kind)).toMatchObject({ n });
      expect(byKind.get(kind)?.value).toBeCloseTo(mean, 4);
    }
  });

  it('scores of 40 and more', async () => {
    const rate = await totalOf('assessment.threshold_rate', { threshold: 0.4 });
    expect(rate.value).toBeCloseTo(golden().oulad.assessments.share_ge_40, 8);
  });

  it('submissions', async () => {
    const { assessments } = golden().oulad;
    expect((await totalOf('submissions.count')).value).toBe(assessments.submissions);
    const byScored = await cellsBy('oulad', 'submissions.count', {
      dimensions: ['scored'],
      filters: { dim: 'activity.kind', op: 'known' },
    });
    expect([byScored.get(true)?.value, byScored.get(false)?.value]).toEqual([
      assessments.scored,
      assessments.null_score,
    ]);
    const [num, den] = assessments.late_share_nonbanked_with_due_date;
    expect(await totalOf('submissions.late')).toMatchObject({ num, den });
    const byBanked = await cellsBy('oulad', 'submissions.count', { dimensions: ['carried_over'] });
    expect(byBanked.get(true)?.value).toBe(assessments.banked);
  });

  it('who comes again', async () => {
    expect(await totalOf('enrolments.repeated')).toMatchObject({
      num: golden().oulad.quirks.re_enrolled_learner_x_module,
    });
    expect(await totalOf('enrolments.repeated', { of: 'course' })).toMatchObject({
      num: 0,
      den: golden().oulad.rows,
    });
    expect((await totalOf('learners.count')).value).toBe(golden().oulad.unique_learners);
  });

  it('who stays enrolled', async () => {
    const { n, events, S } = golden().oulad.km_stay_enrolled;
    const days = Object.keys(S).map(Number);
    const cell = await totalOf('enrolment.survival', { ...WHOLE_COURSE, days });
    expect(cell).toMatchObject({ n, events, competing: 0, excluded: { prior: golden().oulad.rows - n } });
    for (const { day, value } of atOf(cell)) expect(value?.toFixed(6)).toBe(S[day]?.toFixed(6));
    expect((cell as unknown as SurvivalCell).time.length).toBeLessThanOrEqual(400);
  });

  it.each(['AAA-2013J', 'BBB-2014J'] as const)(
    'who comes to a score of 80, and when, in %s',
    async (name) => {
      const [n, events, competing, censored, naive, km, cif, at] =
        golden().oulad.time_to_first_score_ge_80[name];
      const course = `https://oulad.example/modules/${name.replace('-', '/presentations/')}`;
      const cell = await totalOf(
        'competency.time',
        { ...WHOLE_COURSE, ...TO_80, days: Object.keys(at).map(Number) },
        { filters: { dim: 'course', values: [course] } },
      );
      expect(cell).toMatchObject({ n, events, competing, censored, value: cif, survivalMedian: km });
      expect(cell).toMatchObject({ incidence: { median: cif }, beside: { medianOfThoseWhoMetIt: naive } });
      const told = atOf(cell).map(({ day, value, incidence }) => [
        day,
        [(1 - Number(value)).toFixed(4), Number(incidence?.value).toFixed(4)],
      ]);
      expect(told).toEqual(
        Object.entries(at).map(([day, shares]) => [Number(day), shares.map((share) => share.toFixed(4))]),
      );
    },
  );
});

withGolden('metrics of a video player', () => {
  beforeAll(startAnswering);
  afterAll(stopAnswering);
  const raw = { params: { dedupe: 'none' } };

  it('statements by verb and by day', async () => {
    const { mooc_video: video } = golden();
    expect(await cellOf('mooc', 'events.count', raw)).toMatchObject({
      value: video.statements,
      persons: video.actors,
    });
    const byVerb = await cellsBy('mooc', 'events.count', { ...raw, dimensions: ['verb'] });
    const counts = [...byVerb].map(([verb, { value }]) => [String(verb).split('/').pop(), value]);
    expect(Object.fromEntries(counts)).toEqual(video.verbs);
    const completed = [...byVerb].find(([verb]) => String(verb).endsWith('/completed'))?.[1];
    expect(completed).toMatchObject({ value: video.completed.statements, persons: video.completed.actors });
    const byDay = await cellsBy('mooc', 'events.count', { ...raw, time: { grain: 'day' } });
    expect(Object.fromEntries([...byDay].map(([day, { value }]) => [day, value]))).toEqual(
      video.statements_per_day,
    );
  });

  it('who was active', async () => {
    expect((await cellOf('mooc', 'learners.active')).value).toBe(golden().mooc_video.actors);
  });
});
