import { answerQuestion } from '../../../src/metrics/answer-question.ts';
import { cellOf, cellsBy, worldOf } from '../asked-world.ts';
import { ADL_TYPE, activity, type Part } from '../facts-of.ts';
import { by, orders, scaled } from './said-by.ts';

const quizOf = (extensions: Part): Part => activity('due', `${ADL_TYPE}assessment`, extensions);

describe('scores', () => {
  const ADA = [
    by('ada', 'scored', '09:00', scaled(0.4)),
    by('ada', 'scored', '11:00', scaled(0.9)),
    by('ada', 'scored', '13:00', scaled(0.5)),
  ];
  const statements = [...ADA, by('bob', 'scored', '10:00', scaled(0.7))];

  it.each([
    ['all', [40, 90, 50, 70]],
    ['first', [40, 70]],
    ['best', [90, 70]],
    ['last', [50, 70]],
    ['mean', [60, 70]],
  ])('%s of each person', (attempts, values) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    for (const some of orders(statements)) {
      const cell = cellOf(worldOf(some), 'assessment.score', { params: { attempts } });
      expect(cell).toMatchObject({ value: mean, n: values.length, persons: 2, max: Math.max(...values) });
    }
  });

  it('that are voided do not count, whichever came first', () => {
    const id = '7a1f0c3e-0000-4000-8000-000000000001';
    const wrong = { id, ...by('bob', 'scored', '15:00', scaled(0.1)) };
    const taken = {
      ...by('teacher', 'http://adlnet.gov/expapi/verbs/voided', '16:00'),
      object: { objectType: 'StatementRef', id },
    };
    for (const some of orders([...ADA, wrong, taken]))
      expect(cellOf(worldOf(some), 'assessment.score')).toMatchObject({ n: 3, persons: 1, value: 60 });
    expect(cellOf(worldOf([wrong, taken]), 'quality.voids')).toMatchObject({ value: 1, persons: 1 });
    expect(cellOf(worldOf([wrong, taken]), 'events.count')).toMatchObject({ value: 0 });
  });

  it('below 0 are kept, and widen the histogram', () => {
    const world = worldOf([
      by('ada', 'scored', '09:00', scaled(-0.5)),
      by('bob', 'scored', '09:00', scaled(1)),
    ]);
    const cell = cellOf(world, 'assessment.score');
    expect(cell).toMatchObject({ value: 25, min: -50, max: 100 });
    const { edges, counts } = cell['histogram'] as { edges: number[]; counts: number[] };
    expect(edges).toHaveLength(21);
    expect([counts[5], counts[19]]).toEqual([1, 1]);
  });

  it('without a range, or without a score, are in no mean and counted', () => {
    const world = worldOf([
      by('ada', 'scored', '09:00', { result: { score: { raw: 17 } } }),
      by('bob', 'scored', '09:00'),
      by('cy', 'scored', '09:00', { result: { score: { raw: 8, max: 10 } } }),
    ]);
    expect(cellOf(world, 'assessment.score')).toMatchObject({
      value: 80,
      n: 1,
      ci: null,
      sd: null,
      excluded: { unscaled: 1, unscored: 1 },
    });
    expect(cellOf(world, 'submissions.count').value).toBe(3);
  });

  it('of nobody are null, not 0', () => {
    const world = worldOf([by('ada', 'initialized', '09:00')]);
    expect(cellOf(world, 'assessment.score')).toMatchObject({ value: null, n: 0, ci: null, histogram: null });
    expect(cellOf(world, 'assessment.threshold_rate')).toMatchObject({
      value: null,
      num: 0,
      den: 0,
      ci: null,
    });
    expect(cellOf(world, 'assessment.attempts_to_pass')).toMatchObject({ value: null, n: 0, time: [] });
    expect(cellOf(world, 'learning.gain')).toMatchObject({ value: null, n: 0 });
    expect(cellOf(world, 'assessment.items')).toMatchObject({ value: null, items: [] });
    expect(cellOf(world, 'time.per_person')).toMatchObject({ value: null, n: 0 });
    expect(
      cellOf(world, 'learners.stickiness', { time: { range: ['2020-01-01', '2021-01-01'] } }).value,
    ).toBeNull();
  });

  it('of teams are no scores of persons', () => {
    const team = { objectType: 'Group', account: { homePage: 'https://hr.example', name: 'team' } };
    const world = worldOf([
      by('ada', 'scored', '09:00', scaled(0.5)),
      { ...by('ada', 'scored', '10:00', scaled(1)), actor: team },
    ]);
    expect(cellOf(world, 'assessment.score')).toMatchObject({
      value: 50,
      persons: 1,
    });
    expect(cellOf(world, 'learners.active')).toMatchObject({ value: 1, excluded: { notTheirOwn: 1 } });
    expect(cellOf(world, 'learners.count')).toMatchObject({ value: 1 });
  });

  it('are those of the moment of the question, even if another came later in the same attempt', () => {
    const regraded = [
      by('ada', 'scored', '09:00', scaled(0.3)),
      by('ada', 'scored', '09:20', scaled(0.6)),
      by('ada', 'scored', '09:40', scaled(0.9)),
    ];
    const at = (asOf: string) =>
      cellOf(worldOf([...regraded].reverse()), 'assessment.score', { asOf: `2026-03-02T${asOf}:00Z` });
    expect(at('08:00')).toMatchObject({ value: null, n: 0 });
    expect(at('09:10')).toMatchObject({ value: 30, n: 1 });
    expect(at('09:30')).toMatchObject({ value: 60, n: 1 });
    expect(at('10:00')).toMatchObject({ value: 90, n: 1 });
  });

  it('reach a threshold that they equal', () => {
    const world = worldOf(
      ['ada', 'bob', 'cy'].map((name, at) =>
        by(name, 'scored', '09:00', { result: { score: { raw: 6 + at, min: 0, max: 10 } } }),
      ),
    );
    const rate = cellOf(world, 'assessment.threshold_rate', { params: { threshold: 0.7 } });
    expect(rate).toMatchObject({ num: 2, den: 3 });
  });
});

describe('what is handed in', () => {
  it('is late after the date, not on it; without a date nobody knows', () => {
    const due = { object: quizOf({ 'urn:cairn:due': '2026-03-02T10:00:00Z' }) };
    const world = worldOf([
      by('ada', 'scored', '10:00', { ...due, ...scaled(0.5) }),
      by('bob', 'scored', '10:01', due),
      by('cy', 'scored', '10:01', { ...due, context: { extensions: { 'urn:cairn:carried-over': true } } }),
      by('dee', 'scored', '10:01'),
    ]);
    expect(cellOf(world, 'submissions.late')).toMatchObject({
      num: 1,
      den: 2,
      excluded: { carriedOver: 1, noDueDate: 1 },
    });
    const byLate = cellsBy(world, 'submissions.count', { dimensions: ['late'] });
    expect([true, false, null].map((late) => byLate.get(late)?.value)).toEqual([2, 1, 1]);
  });
});

describe('passing', () => {
  const verdicts = (name: string, ...said: readonly string[]): Part[] =>
    said.map((verb, at) => by(name, verb, `1${at}:00`));
  const RETRIED = [
    ...verdicts('ada', 'failed', 'failed', 'passed', 'failed'),
    ...verdicts('bob', 'passed'),
    ...verdicts('cy', 'failed'),
    by('dee', 'initialized', '09:00'),
  ];

  it('counts each once, whatever became of later attempts', () => {
    const world = worldOf(RETRIED);
    expect(cellOf(world, 'assessment.pass_rate')).toMatchObject({
      num: 2,
      den: 3,
      excluded: { unjudged: 1 },
    });
    const perAttempt = cellOf(world, 'assessment.pass_rate', { params: { per: 'attempt' } });
    expect(perAttempt).toMatchObject({ num: 2, den: 6, persons: 3 });
    expect(cellOf(world, 'assessment.first_time_pass')).toMatchObject({
      num: 1,
      den: 3,
      excluded: { laterAttempts: 3, unjudged: 1 },
    });
  });

  it('takes as many attempts as it takes; who gave up is censored', () => {
    // Of 3 at the first attempt one passes; cy gives up behind it; of 1 at the second none, at the third all.
    const cell = cellOf(worldOf([...RETRIED].reverse()), 'assessment.attempts_to_pass');
    expect(cell).toMatchObject({ n: 3, events: 2, censored: 1, unit: 'attempts', time: [1, 3], value: 3 });
    const { survival, atRisk } = cell as unknown as { survival: number[]; atRisk: number[] };
    expect(survival[0]).toBeCloseTo(2 / 3, 10);
    expect([survival[1], atRisk]).toEqual([0, [3, 1]]);
    // The one end that is known is told: half of so few may pass at once, or never.
    expect(cell.ci).toMatchObject({ lo: 1, hi: null, method: 'brookmeyer-crowley' });
  });

  it('has edges: nobody, everybody, and one alone', () => {
    const rate = (...said: Part[]) => cellOf(worldOf(said), 'assessment.pass_rate');
    expect(rate(...verdicts('ada', 'failed'))).toMatchObject({ value: 0, den: 1, ci: { lo: 0 } });
    expect(rate(...verdicts('ada', 'passed'))).toMatchObject({ value: 1, den: 1, ci: { hi: 1 } });
    const censored = cellOf(worldOf(verdicts('ada', 'failed', 'failed')), 'assessment.attempts_to_pass');
    expect(censored).toMatchObject({ value: null, events: 0, censored: 1, time: [] });
    const atOnce = worldOf(['a', 'b', 'c'].flatMap((name) => verdicts(name, 'passed')));
    expect(cellOf(atOnce, 'assessment.attempts_to_pass')).toMatchObject({
      value: 1,
      time: [1],
      survival: [0],
    });
  });

  it('is counted by attempt, with the first and the last', () => {
    const world = worldOf(RETRIED);
    const byNumber = cellsBy(world, 'assessment.pass_rate', {
      params: { per: 'attempt' },
      dimensions: ['number'],
    });
    expect(byNumber.get(3)).toMatchObject({ num: 1, den: 1 });
    const last = cellsBy(world, 'assessment.pass_rate', { params: { per: 'attempt' }, dimensions: ['last'] });
    expect(last.get(true)).toMatchObject({ num: 1, den: 3 });
    const before = cellsBy(world, 'assessment.pass_rate', {
      params: { per: 'attempt' },
      dimensions: ['last'],
      asOf: '2026-03-02T12:30:00Z',
    });
    expect(before.get(true)).toMatchObject({ num: 2, den: 3 });
  });
});

describe('items', () => {
  it('and responses of few people are only for who may see those', () => {
    const quiz = (name: string) => activity(name, `${ADL_TYPE}cmi.interaction`);
    const answers = (item: string, people: number, response: string, from = 0) =>
      Array.from({ length: people }, (_, at) =>
        by(`p${from + at}`, 'answered', '09:00', {
          object: quiz(item),
          result: { success: response === 'right', response },
        }),
      );
    const world = worldOf([
      ...answers('a', 5, 'right'),
      ...answers('a', 1, 'odd', 5),
      ...answers('b', 4, 'right'),
    ]);
    const told = (small: boolean) => {
      const access = { small, names: false };
      const query = { metrics: ['assessment.items'] };
      const outcome = answerQuestion({ kind: 'query', query, access }, world, Date.parse('2026-07-01'));
      if ('rejected' in outcome) throw new Error('turned away');
      const [{ items }] = JSON.parse(outcome.json).totals;
      return items.map(({ answered, responses, completeResponders }: Part) => [
        answered,
        (responses as Part[]).map(({ response }) => response),
        completeResponders,
      ]);
    };
    expect(told(true)).toEqual([
      [6, ['right', 'odd'], 4],
      [4, ['right'], 4],
    ]);
    expect(told(false)).toEqual([[6, ['right'], null]]);
  });
});
