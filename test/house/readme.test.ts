import { readText, sourceFiles, tableRows } from './source-files.ts';

const settingsIn = (text: string): string[] => text.match(/\bCAIRN_[A-Z0-9]+(?:_[A-Z0-9]+)*\b/g) ?? [];
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

describe('README.md', () => {
  it('has a row for every setting that src/cli reads, and no other', () => {
    const used = sorted(sourceFiles('src/cli').flatMap(({ text }) => settingsIn(text)));
    const rows = tableRows(readText('README.md'));
    expect(used).toContain('CAIRN_STORAGE');
    expect(sorted(rows.flatMap(([first]) => settingsIn(first ?? '')))).toEqual(used);
  });

  it('names only npm scripts that exist, and says how to install, start and test', () => {
    const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };
    const text = readText('README.md');
    const named = [...text.matchAll(/\bnpm (?:run ([a-z][\w:-]*)|(start|test)\b)/g)].map(
      ([, run, short]) => run ?? short,
    );
    expect(named.filter((name) => !(name ?? '' in scripts))).toEqual([]);
    expect(named).toEqual(expect.arrayContaining(['start', 'test']));
    expect(text).toContain('npm ci');
  });
});
