import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ouladFormat } from '../../../src/cli/convert/oulad-format.ts';
import type { World } from '../../../src/metrics/state/world.ts';
import { DATA, golden } from '../statistics/golden.ts';
import { cellOf, followTexts } from './asked-world.ts';

jest.setTimeout(120_000);

const FOLDER = join(DATA, 'oulad');
const withData = existsSync(FOLDER) ? describe : describe.skip;

const iriOf = (presentation: string): string =>
  `https://oulad.example/modules/${presentation.replace('-', '/presentations/')}`;

/** Scores are looked at in these only. */
const PRESENTATIONS = ['AAA-2013J', 'BBB-2014J'] as const;
const SCORED = PRESENTATIONS.map(iriOf);

/** Whoever imports says that it is complete. */
const IMPORT = '{"account":{"homePage":"https://lrs.example","name":"import"}}';

async function* texts(): AsyncGenerator<string> {
  const { elements } = ouladFormat.open(FOLDER, { name: undefined, mapping: undefined });
  for await (const { bytes } of elements) {
    const text = bytes.toString('utf8');
    if (!text.includes('/scored') || SCORED.some((iri) => text.includes(iri)))
      yield text.replace(/\}$/, `,"authority":${IMPORT}}`);
  }
}

const COURSE = { origin: 'course', horizon: 'course' };
const TO_80 = { ...COURSE, criterion: { score: 0.8 }, prior: 'zero', competing: ['withdrawn'] };

withData('times in the Open University data set', () => {
  let world: World;
  beforeAll(async () => {
    ({ world } = await followTexts(texts()));
  });

  it('stays enrolled as golden.json has it', () => {
    const { n, events, S } = golden().oulad.km_stay_enrolled;
    const days = Object.keys(S).map(Number);
    const cell = cellOf(world, 'enrolment.survival', { ...COURSE, days });
    expect(cell).toMatchObject({ n, events, competing: 0, excluded: { prior: 32_593 - n } });
    for (const { day, value } of cell.at) expect([day, value.toFixed(6)]).toEqual([day, S[day]?.toFixed(6)]);
    expect(cell.time.length).toBeLessThanOrEqual(400);
  });

  it.each(PRESENTATIONS)('takes as long to a score of 80 in %s', (presentation) => {
    const [n, events, competing, censored, naive, km, cif, at] =
      golden().oulad.time_to_first_score_ge_80[presentation];
    const days = Object.keys(at).map(Number);
    const course = { dim: 'course', values: [iriOf(presentation)] };
    const cell = cellOf(world, 'competency.time', { ...TO_80, days }, { filters: course });
    expect(cell).toMatchObject({ n, events, competing, censored, value: cif, survivalMedian: km });
    expect(cell.incidence.median).toBe(cif);
    expect(cell.beside.medianOfThoseWhoMetIt).toBe(naive);
    for (const { day, value, incidence } of cell.at) {
      const [notSurvived, reached] = at[String(day)] as readonly [number, number];
      expect([day, (1 - value).toFixed(4), incidence.value.toFixed(4)]).toEqual([
        day,
        notSurvived.toFixed(4),
        reached.toFixed(4),
      ]);
    }
  });
});
