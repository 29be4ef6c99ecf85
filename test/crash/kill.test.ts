import { type Crashes, runCrashes } from './run-crashes.ts';

const KILLS = 6;

describe('a server that is killed six times under load and started again', () => {
  let crashes: Crashes;
  beforeAll(async () => {
    crashes = await runCrashes(KILLS, Math.floor(Math.random() * 1_000_000));
  }, 300_000);

  it('has every acknowledged statement and document once and byte-equal, and nothing by halves', () => {
    expect({ seed: crashes.seed, wrong: crashes.violations }).toEqual({ seed: crashes.seed, wrong: [] });
    expect(crashes.counts['lost']).toBe(0);
  });

  it('was killed that often, under load and before it listened', () => {
    expect(crashes.kills).toBe(KILLS);
    expect(crashes.moments['start']).toBe(1);
    expect(Object.values(crashes.moments).reduce((sum, times) => sum + times, 0)).toBe(KILLS);
  });

  it('had acknowledged something, had left requests unanswered, and was looked at', () => {
    const { statements, documents, unanswered, checks, read } = crashes.counts;
    for (const count of [statements, documents, unanswered, read]) expect(count).toBeGreaterThan(0);
    expect(checks).toBeGreaterThanOrEqual(KILLS - 2);
    expect(crashes.storeChecks).toBe(2);
  });
});
