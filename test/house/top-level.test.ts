import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, readText, tableRows } from './source-files.ts';

/** All that a visitor sees first; what git ignores stands in .gitignore. */
const TOP_LEVEL = [
  '.ci',
  '.dockerignore',
  '.gitignore',
  'Dockerfile',
  'README.md',
  'biome.json',
  'jest.config.ts',
  'package-lock.json',
  'package.json',
  'scripts',
  'specs',
  'src',
  'test',
  'tsconfig.json',
];

const ignored = readText('.gitignore')
  .split('\n')
  .map((line) => line.replaceAll('/', ''));

describe('the top level', () => {
  it('holds what the design names, and nothing else', () => {
    const names = readdirSync(ROOT).filter(
      (name) => name !== '.git' && !ignored.includes(name) && !name.endsWith('.log'),
    );
    expect(names.sort()).toEqual([...TOP_LEVEL].sort());
  });
});

describe('specs/decisions', () => {
  const files = readdirSync(join(ROOT, 'specs/decisions')).filter((name) => name !== 'README.md');

  it('holds files that are numbered without gaps', () => {
    expect(files.filter((name) => !/^\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md$/.test(name))).toEqual([]);
    expect(files.sort().map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_name, at) => at + 1));
  });

  it('are all listed in their README, by their names', () => {
    const [, ...rows] = tableRows(readText('specs/decisions/README.md'));
    const listed = rows.map(([link]) => /^\[([^\]]+)\]\(\1\.md\)$/.exec(link ?? '')?.[1]);
    expect(listed.map((name) => `${name}.md`)).toEqual(files.sort());
  });
});
