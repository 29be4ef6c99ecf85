import fc from 'fast-check';
import { answerQuestion } from '../../../src/metrics/answer-question.ts';
import { CATALOGUE } from '../../../src/metrics/catalogue.ts';
import type { FollowedEntry, Follower } from '../../../src/metrics/follower.ts';
import { fed, stated, who } from '../fed-world.ts';
import { HOUR, MOMENTS, NOW } from './arbitrary-learning.ts';
import { logOf, streams } from './arbitrary-stream.ts';
import { followStream } from './follow-stream.ts';

const RUNS = Number(process.env['CAIRN_RUNS'] ?? 40);
const SEED = Number(process.env['CAIRN_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** What is described as due is due at any moment, whoever said so when. */
const BY_DESCRIPTION = ['completion.on_time', 'submissions.late'];
const METRICS = CATALOGUE.ids.filter((id) => id !== 'list.transcript' && !BY_DESCRIPTION.includes(id));
const QUESTIONS = [
  { metrics: ['enrolments.count'], dimensions: ['outcome', 'grade', 'course'] },
  { metrics: ['enrolments.count'], time: { by: 'validUntil', grain: 'day' } },
  { metrics: ['assessment.pass_rate', 'assessment.score'], dimensions: ['activity', 'success'] },
  { metrics: ['submissions.count'], time: { by: 'ended', grain: 'day' } },
  ...METRICS.flatMap((id) => [{ metrics: [id] }, { metrics: [id], time: { grain: 'day' } }]),
];

const told = ({ world }: Follower, query: object, asOf: number): unknown => {
  const access = { small: true, names: true };
  const asked = { ...query, asOf: new Date(asOf).toISOString() };
  const outcome = answerQuestion({ kind: 'query', query: asked, access }, world, NOW);
  if (!('json' in outcome)) return outcome.rejected;
  const { rows, totals } = JSON.parse(outcome.json) as { rows: unknown; totals: unknown };
  return { query, rows, totals };
};

/** The log without what happened after a moment: in its place stand entries that say nothing. */
const withoutLater = (log: readonly FollowedEntry[], { world }: Follower, moment: number) => {
  const { facts } = world.log;
  const later = new Set<number>();
  for (let fact = 0; fact < facts.rows; fact += 1)
    if ((facts.time[fact] as number) > moment) later.add(facts.position[fact] as number);
  return log.map((entry): FollowedEntry => (later.has(entry.position) ? { ...entry, kind: 'other' } : entry));
};

describe(`a question about an earlier moment (seed ${SEED})`, () => {
  it('is answered as if nothing had happened since', () => {
    const moments = fc.constantFrom(...MOMENTS.flatMap((moment) => [moment, moment + HOUR, moment - 1]));
    fc.assert(
      fc.property(streams, moments, (stream, moment) => {
        const log = logOf(stream);
        const whole = followStream(log);
        const before = followStream(withoutLater(log, whole, moment));
        for (const query of QUESTIONS)
          expect(told(whole, query, moment)).toEqual(told(before, query, moment));
      }),
      { numRuns: RUNS, seed: SEED, interruptAfterTimeLimit: RUNS * 500 },
    );
  }, 3_600_000);

  it('counts what is said of a group once for a person who turned out to be two of it', () => {
    const said = {
      timestamp: '2026-01-03T12:00:00Z',
      context: { extensions: { 'urn:cairn:due': '2026-02-01' } },
    };
    const asked = { time: { by: 'due', range: ['2026-02-01', '2026-02-03'] }, asOf: '2026-05-01T00:00:00Z' };
    const registration = 'ec531277-b57b-4c15-8d91-d292c5b2b8f7';
    const entries = [
      stated('ann', 'experienced', 'c', '2026-01-01'),
      stated('bob', 'registered', 'c', '2026-01-02', { context: { registration } }),
      stated('', 'attended', 'c', '2026-01-03', {
        actor: { objectType: 'Group', member: [who('bob'), who('ann')] },
        ...said,
      }),
      stated('zoe', 'registered', 'c', '2026-06-01'),
    ];
    const merge = { record: 'merge', identifiers: [who('ann'), who('bob')], why: 'w' } as const;
    const fresh = fed([...entries, merge]);
    const lived = fed(entries);
    const due = (world: typeof fresh) => world.cell('enrolments.count', {}, asked).value;
    expect(due(lived)).toBe(2);
    lived.add(merge);
    expect([due(lived), due(fresh)]).toEqual([1, 1]);
  });

  it('does not take the result of another attempt for that of one which was judged later', () => {
    const sessionid = 'https://w3id.org/xapi/cmi5/context/extensions/sessionid';
    const ofSession = { context: { extensions: { [sessionid]: 'two' } } };
    const world = fed([
      stated('ann', 'initialized', 'u', '2026-01-05T09:00:00Z', ofSession),
      stated('ann', 'terminated', 'u', '2026-01-05T09:01:00Z'),
      stated('ann', 'failed', 'u', '2026-01-05T09:10:00Z'),
      stated('ann', 'passed', 'u', '2026-01-06T09:00:00Z', ofSession),
    ]);
    const judged = (asOf: string) => {
      const { num, den, excluded } = world.cell('assessment.pass_rate', {}, { asOf });
      return { num, den, ...excluded };
    };
    expect(judged('2026-01-05T10:00:00Z')).toEqual({ num: 0, den: 1, unjudged: 1 });
    expect(judged('2026-01-07T10:00:00Z')).toEqual({ num: 1, den: 1 });
  });
});
