import { cellOf, worldOf } from '../asked-world.ts';
import { ADL_TYPE, activity, type Part } from '../facts-of.ts';
import { by, QUIZ, scaled } from './said-by.ts';

describe('who sat it', () => {
  const course = activity('course', `${ADL_TYPE}course`);
  const inCourse = (registration: string) => ({
    context: { registration, contextActivities: { grouping: [course] } },
  });
  const [ONE, TWO] = [
    '3f1c2b70-0000-4000-8000-000000000001',
    '3f1c2b70-0000-4000-8000-000000000002',
  ] as const;
  const exam = activity('exam', `${ADL_TYPE}assessment`, { 'urn:cairn:kind': 'Exam' });

  it('is told of all who were enrolled where it was given', () => {
    const world = worldOf([
      by('ada', 'registered', '08:00', { object: course, context: { registration: ONE } }),
      by('bob', 'registered', '08:00', { object: course, context: { registration: TWO } }),
      by('cy', 'registered', '08:00', { object: activity('other', `${ADL_TYPE}course`) }),
      by('ada', 'scored', '09:00', { object: exam, ...scaled(0.5), ...inCourse(ONE) }),
    ]);
    const sat = (params: Part) => cellOf(world, 'assessment.sat_rate', { params });
    expect(sat({})).toMatchObject({ num: 1, den: 2, excluded: { notGiven: 1 } });
    expect(sat({ kind: 'Exam' })).toMatchObject({ num: 1, den: 2 });
    expect(sat({ kind: 'TMA' })).toMatchObject({ value: null, den: 0, excluded: { notGiven: 3 } });
    expect(sat({ activity: 'https://lms.example/exam' })).toMatchObject({ num: 1, den: 2 });
  });
});

describe('learning gain', () => {
  const test = (name: string, kind: string, at: string, score: number): Part =>
    by(name, 'scored', at, {
      object: activity(kind, `${ADL_TYPE}assessment`, { 'urn:cairn:kind': kind }),
      ...scaled(score),
    });
  const statements = [
    test('ada', 'pretest', '09:00', 0.4),
    test('ada', 'posttest', '12:00', 0.7),
    test('bob', 'pretest', '09:00', 0.2),
    test('bob', 'posttest', '12:00', 0.9),
    test('cy', 'pretest', '09:00', 0.1),
    test('dee', 'posttest', '12:00', 1),
  ];

  it('is the mean of differences of the same persons; who has one only is counted', () => {
    const gain = cellOf(worldOf(statements), 'learning.gain');
    expect(gain).toMatchObject({ n: 2, persons: 2, excluded: { noPre: 1, noPost: 1 } });
    expect(gain.value).toBeCloseTo(0.5, 10);
    expect(gain['normalisedGain']).toBeCloseTo((0.8 - 0.3) / (1 - 0.3), 10);
    const byIri = { pre: 'https://lms.example/pretest', post: 'https://lms.example/posttest' };
    expect(cellOf(worldOf(statements), 'learning.gain', { params: byIri }).value).toBeCloseTo(0.5, 10);
  });
});

describe('item analysis', () => {
  const question = (name: string): Part => ({
    id: `https://lms.example/${name}`,
    definition: { type: `${ADL_TYPE}cmi.interaction`, interactionType: 'choice' },
  });
  const answered = (name: string, item: string, success: boolean, response: string, at = '09:00'): Part =>
    by(name, 'answered', at, {
      object: question(item),
      result: { success, response },
      context: { contextActivities: { parent: [QUIZ] } },
    });

  it('tells facility, discrimination, reliability and distractors', () => {
    // Good ones answer both rightly; of the others half have q1 right. 40 persons, 20 of them good.
    const statements = Array.from({ length: 40 }, (_, at) => {
      const isGood = at < 20;
      const q1 = isGood || at % 2 === 0;
      return [
        answered(`p${at}`, 'q1', q1, q1 ? 'a' : 'b'),
        answered(`p${at}`, 'q2', isGood, isGood ? 'c' : 'd'),
        answered(`p${at}`, 'q2', true, 'c', '10:00'),
      ];
    }).flat();
    const cell = cellOf(worldOf(statements), 'assessment.items');
    // KR-20 = 2 · (1 − (0.75 · 0.25 + 0.5 · 0.5) / σ²); scores: 20 times 2, 10 times 1, 10 times 0.
    const variance = (20 * 4 + 10) / 40 - (50 / 40) ** 2;
    expect(cell.value).toBeCloseTo(2 * (1 - 0.4375 / variance), 10);
    const phi = (20 * 10 - 0 * 10) / Math.sqrt(30 * 10 * 20 * 20);
    const [q1, q2] = cell['items'] as Part[];
    expect(q1).toMatchObject({
      item: { id: 'https://lms.example/q1' },
      facility: 0.75,
      answered: 40,
      responses: [
        { response: 'a', count: 30, correct: 30 },
        { response: 'b', count: 10, correct: 0 },
      ],
    });
    expect(q1?.['discrimination']).toBeCloseTo(phi, 10);
    expect(q2).toMatchObject({ facility: 0.5 });
    expect(cell).toMatchObject({ persons: 40, excluded: { repeatedAnswers: 40 } });
    const last = cellOf(worldOf(statements), 'assessment.items', { params: { answers: 'last' } });
    expect((last['items'] as Part[])[1]).toMatchObject({ facility: 1, discrimination: null });
  });
});
