import fc from 'fast-check';
import { answerOf, idAt, worldOf } from './ask.ts';
import { aboutSkill, applied, did, part, trainedIn } from './learning.ts';

type Part = Readonly<Record<string, unknown>>;

const trials = (count: number) => ({ success: true, extensions: { 'urn:cairn:trials': count } });

/** Some of everything that these metrics look at, each with an id of its own. */
const STORY: readonly Part[] = [
  did('a', 'registered', 0),
  did('b', 'registered', 0),
  did('a', 'unregistered', 10),
  did('b', 'passed', 20),
  did('a', 'answered', 1, { ...part('q'), result: { success: false } }),
  did('a', 'answered', 2, { ...part('q'), result: trials(3) }),
  did('a', 'answered', 9, { ...part('q'), result: { success: false } }),
  did('a', 'answered', 10, { ...part('q'), result: trials(2) }),
  did('b', 'answered', 2, { ...part('q'), result: { success: true, duration: 'PT90S' } }),
  did('b', 'answered', 3, { ...part('q'), result: { success: true, duration: 'PT30S' } }),
  trainedIn('a', 'weld', 0, 2),
  applied('a', 'weld', 4, 'boss'),
  did('b', 'had-opportunity', 3, { context: aboutSkill('weld') }),
  trainedIn('b', 'weld', 1),
].map((one, at) => ({ id: idAt(at), ...one }));

const METRICS = [
  'enrolment.survival',
  'completion.incidence',
  'competency.time',
  'retention.curve',
  'retention.savings',
  'application.rate',
  'application.time',
  'application.net_rate',
];

const voidOf = (at: number): Part => ({
  id: idAt(1000 + at),
  actor: { mbox: 'mailto:admin@example.org' },
  verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
  object: { objectType: 'StatementRef', id: idAt(at) },
});

const told = (entries: readonly Part[]) => {
  const world = worldOf(entries);
  const { rows, totals } = answerOf(world, { metrics: METRICS, asOf: '2026-09-01T00:00:00Z' });
  return { rows, totals };
};

it('says the same whatever came in which order, and nothing of what was voided, before or after', () => {
  const order = fc.shuffledSubarray([...STORY.keys()], { minLength: STORY.length });
  const voided = fc.subarray([...STORY.keys()]);
  fc.assert(
    fc.property(order, voided, fc.boolean(), (places, taken, isBefore) => {
      const entries = places.map((at) => STORY[at] as Part);
      const voids = taken.map(voidOf);
      const left = STORY.filter((_, at) => !taken.includes(at));
      expect(told(isBefore ? [...voids, ...entries] : [...entries, ...voids])).toEqual(told(left));
    }),
    { numRuns: 20 },
  );
});

it('counts what it took at first and what it took again, by tries', () => {
  const savings = answerOf(worldOf(STORY), {
    metrics: [{ id: 'retention.savings', params: { minPersons: 1, fit: null } }],
  }).totals[0];
  // a: 1 + 3 tries at first and 1 + 2 again, after 7 days; b: 1 and 1, after one.
  expect(savings.points.map(({ at, value }: { at: number; value: number }) => [at, value])).toEqual([
    [1, 0],
    [7, 0.25],
  ]);
});

it('by time leaves out what does not say how long it took', () => {
  const savings = answerOf(worldOf(STORY), {
    metrics: [{ id: 'retention.savings', params: { minPersons: 1, fit: null, effort: 'time' } }],
  }).totals[0];
  expect(savings).toMatchObject({ n: 1, excluded: { untold: 1 } });
  expect(savings.points[0].value).toBeCloseTo(2 / 3, 6);
});
