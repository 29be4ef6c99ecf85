import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, readText, type SourceFile, sourceFiles } from './source-files.ts';
import {
  atMostLines,
  namedByMainExport,
  noDefaultExport,
  noOpenEnd,
  noVagueName,
  type SourceRule,
} from './source-rules.ts';

type Override = { includes: string[]; linter?: { rules?: { style?: { noExcessiveLinesPerFile?: string } } } };

const overrides = (JSON.parse(readText('biome.json')) as { overrides: Override[] }).overrides;
const dataTables = overrides
  .filter(({ linter }) => linter?.rules?.style?.noExcessiveLinesPerFile === 'off')
  .flatMap(({ includes }) => includes);
const entries = [...readText('scripts/build.mjs').matchAll(/'(src\/[^']+\.ts)'/g)].map(
  ([, path]) => path ?? '',
);

const source = sourceFiles('src');
const everything = [...source, ...sourceFiles('test')];
const planted = (path: string, text: string): SourceFile => ({ path, text });

const RULES: [name: string, rule: SourceRule, files: SourceFile[], bad: SourceFile[]][] = [
  [
    'has at most 250 lines unless it is a data table',
    atMostLines(250, dataTables),
    source,
    [planted('src/xapi/long.ts', 'x\n'.repeat(251))],
  ],
  [
    'is named by its main export',
    namedByMainExport(entries),
    source,
    [
      planted('src/xapi/one.ts', 'export const two = 2;\n'),
      planted('src/xapi/nothing.ts', 'const nothing = 0;\n'),
      planted('src/xapi/readstatement.ts', 'export const readStatement = 0;\n'),
    ],
  ],
  [
    'says by its path what it holds',
    noVagueName,
    everything,
    [planted('src/util/x.ts', ''), planted('src/xapi/shared.ts', ''), planted('test/iri-helpers.ts', '')],
  ],
  [
    'has no default export',
    noDefaultExport,
    everything,
    [
      planted('src/a.ts', 'export default 1;\n'),
      planted('src/a.ts', 'const a = 1;\nexport { a as default };\n'),
    ],
  ],
  [
    'leaves nothing open',
    noOpenEnd,
    everything,
    [planted('src/a.ts', `// ${'TO'}${'DO'}: later`), planted('src/a.ts', `/* ${'FIX'}${'ME'} */`)],
  ],
];

describe('every source file', () => {
  it.each(RULES)('%s', (_name, rule, files) => {
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap(rule)).toEqual([]);
  });
});

describe('a planted file is refused by the rule that it', () => {
  it.each(RULES)('%s', (_name, rule, _files, bad) => {
    for (const file of bad) expect(rule(file)).toHaveLength(1);
  });
});

describe('the name of a file', () => {
  it.each([
    ['src/xapi/read-statements.ts', 'export const readStatements = 0;'],
    ['src/xapi/iri.ts', 'export type IRI = string;'],
    ['src/xapi/is-iri.ts', 'export const isIRI = 0;'],
    ['src/xapi/language-tags.ts', 'export const LANGUAGE_TAGS = [];'],
    ['src/xapi/table-1.ts', 'export const table1 = [];'],
    ['src/xapi/rejection.ts', 'export type Reason = string;\nexport class Rejection {}'],
    ['src/xapi/listed.ts', 'const listed = 0;\nexport { other, listed };'],
    ['src/storage/sqlite/statements.ts', 'export const openSqliteStatements = 0;'],
  ])('%s goes with %s', (path, text) => {
    expect(namedByMainExport([])({ path, text })).toEqual([]);
  });
});

describe('what is listed', () => {
  it('as a data table exists and needs to be listed', () => {
    const needless = dataTables.filter((path) => readText(path).split('\n').length <= 250);
    expect(needless).toEqual([]);
  });

  it('in the build exists and is known to knip', () => {
    const { knip } = JSON.parse(readText('package.json')) as { knip: { entry: string[] } };
    expect(entries).toContain('src/main.ts');
    expect(entries.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(entries.filter((path) => !knip.entry.includes(path))).toEqual([]);
  });
});
