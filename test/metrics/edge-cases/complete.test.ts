import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Proven elsewhere: certificates, erasure, hiding, and another backend. */
const ELSEWHERE = [4, 37, 39, 41, 43];

it('every case of metrics.md §10 has a description here, once', () => {
  const texts = readdirSync(__dirname).map((name) => readFileSync(join(__dirname, name), 'utf8'));
  const numbers = texts.flatMap((text) =>
    [...text.matchAll(/^describe\('(\d+) /gm)].map(([, n]) => Number(n)),
  );
  const all = Array.from({ length: 45 }, (_, at) => at + 1).filter((one) => !ELSEWHERE.includes(one));
  expect(numbers.sort((a, b) => a - b)).toEqual(all);
});
