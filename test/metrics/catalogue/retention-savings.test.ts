import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvFormat } from '../../../src/cli/convert/csv-format.ts';
import { ROOT } from '../../house/source-files.ts';
import { DATA, golden, withGolden } from '../statistics/golden.ts';
import { cellOf, worldOf } from './ask.ts';

const RAW = join(DATA, 'murre_dros_2015_raw.csv');
const MAPPINGS = join(ROOT, 'test/fixtures/murre-dros');
const withRaw = existsSync(RAW) ? describe : describe.skip;

/** Everything of the raw file, as `cairn import --as csv` makes it. */
const statements = async (): Promise<Record<string, unknown>[]> => {
  const made: Record<string, unknown>[] = [];
  for (const mapping of ['learning.json', 'relearning.json']) {
    const options = { name: undefined, mapping: join(MAPPINGS, mapping) };
    for await (const { bytes, row } of csvFormat.open(RAW, options).elements) {
      if (row?.refusal !== undefined) throw row.refusal;
      made.push(JSON.parse(bytes.toString('utf8')));
    }
  }
  return made;
};

/** By seconds of delay, the sums over the lists of the file. */
const sums = (learn: number, relearn: number): Map<number, [number, number]> => {
  const found = new Map<number, [number, number]>();
  for (const line of readFileSync(RAW, 'utf8').trim().split('\n').slice(1)) {
    const cells = line.split(',').map(Number);
    const [l, again] = found.get(cells[1] as number) ?? [0, 0];
    found.set(cells[1] as number, [l + (cells[learn] as number), again + (cells[relearn] as number)]);
  }
  return found;
};

const EXACT = { bins: 'exact', minPersons: 1, fit: null };

withRaw('the lists that Dros learnt and learnt again', () => {
  it.each([
    ['trials', 3, 4],
    ['time', 5, 6],
  ])('saves by %s what the file says', async (effort, learn, relearn) => {
    const cell = cellOf(worldOf(await statements()), 'retention.savings', { ...EXACT, effort });
    const byDelay = [...sums(learn, relearn)].sort(([a], [b]) => a - b);
    expect(cell.n).toBe(69);
    expect(cell.points.map(({ at }: { at: number }) => Math.round(at * 86_400))).toEqual(
      byDelay.map(([seconds]) => seconds),
    );
    cell.points.forEach(({ value }: { value: number }, at: number) => {
      const [, [l, again]] = byDelay[at] as [number, [number, number]];
      expect(value).toBeCloseTo(1 - again / l, 6);
    });
    if (effort === 'trials') expect(cell.points.at(-1).value.toFixed(5)).toBe('0.03934');
  });
});

withGolden('the published savings', () => {
  it.each(['Ebbinghaus', 'Mack', 'Seitz', 'Dros'])('give the published curve of %s', (who) => {
    const { interval_s, savings, power_fit_seconds_mu_a_ssd_published: published } = golden().ebbinghaus;
    const statements = interval_s.flatMap((seconds, at) => {
      const kept = savings[who]?.[at] as number;
      return [mastered(at, 0, 1), mastered(at, seconds, 1 - kept)];
    });
    const fit = { unit: 'seconds', loss: 'ssd', bounds: 'none', evenIfFew: true };
    const cell = cellOf(worldOf(statements), 'retention.savings', { ...EXACT, fit });
    const [mu, a, ssd] = published[who] as readonly [number, number, number];
    const rounded = (value: number): number => Number(value.toPrecision(3));
    const { parameters } = cell.fit;
    expect([parameters.m, parameters.a, cell.fit.ssd].map(rounded)).toEqual([mu, a, ssd]);
    expect(cell.fit.halfLife).toBeCloseTo(2 ** (1 / parameters.a) - 1, 6);
  });
});

const mastered = (list: number, seconds: number, trials: number) => ({
  actor: { mbox: 'mailto:learner@example.org' },
  verb: { id: 'http://adlnet.gov/expapi/verbs/mastered' },
  object: { id: `https://example.org/lists/${list}` },
  result: { success: true, extensions: { 'urn:cairn:trials': trials } },
  timestamp: new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString(),
});

/** One item for each delay (days): mastered, and then tested with a score. */
const tested = (delays: readonly number[], scores: readonly number[]) =>
  delays.flatMap((days, at) =>
    [
      [0, 1],
      [days * 86_400, scores[at] as number],
    ].map(([seconds = 0, scaled]) => ({
      actor: { mbox: 'mailto:learner@example.org' },
      verb: { id: 'http://adlnet.gov/expapi/verbs/answered' },
      object: { id: `https://example.org/items/${at}` },
      result: { success: true, score: { scaled } },
      timestamp: new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString(),
    })),
  );

withGolden('published curves of retention', () => {
  const SQUARES = { unit: 'days', loss: 'ssd', bounds: 'none', evenIfFew: true };
  const fitOf = (delays: readonly number[], scores: readonly number[], model: string) =>
    cellOf(worldOf(tested(delays, scores)), 'retention.curve', {
      ...EXACT,
      measure: 'score',
      fit: { ...SQUARES, model },
    }).fit;

  it('are told of the scores of Carpenter and others (2008)', () => {
    const { delay_days, recall, power_a_b_c: published, ssd } = golden().carpenter2008;
    const fit = fitOf(delay_days, recall, 'wickelgren');
    const { m, b, c } = fit.parameters;
    expect([m, b, c].map((value: number) => Number(value.toFixed(6)))).toEqual(published);
    expect(fit.ssd).toBeCloseTo(ssd, 5);
  });

  it('are told of FSRS-6, by the stability that they were made with', () => {
    const fit = fitOf([1, 7, 10, 30, 100], golden().fsrs_curve['decay_0.1542'].R, 'fsrs');
    expect(fit.parameters.S).toBeCloseTo(10, 3);
    expect(fit.ssd).toBeLessThan(1e-10);
  });
});
