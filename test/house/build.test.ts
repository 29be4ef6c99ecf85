import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './source-files.ts';

let folder = '';
const build = () =>
  spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { cwd: folder, encoding: 'utf8' });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-build-'));
  mkdirSync(join(folder, 'src/storage/sqlite'), { recursive: true });
  for (const name of [
    'log-writer',
    'index-writer',
    'log-reader',
    'backup-writer',
    'metrics-thread',
    'scrubber',
  ]) {
    writeFileSync(join(folder, `src/storage/sqlite/${name}.ts`), 'export {};\n');
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('npm run build', () => {
  it('makes one program that can be executed, with a source map and packages left out', () => {
    writeFileSync(join(folder, 'src/answer.ts'), 'export const answer: number = 42;\n');
    const main = "import express from 'express';\nimport { answer } from './answer.ts';\n";
    writeFileSync(
      join(folder, 'src/main.ts'),
      `${main}if (process.argv[2]) express();\nconsole.log(answer);\n`,
    );
    expect(build().status).toBe(0);

    const program = join(folder, 'dist/main.js');
    expect(readFileSync(program, 'utf8')).toMatch(
      /^#!\/usr\/bin\/env node\n[^#]*import express from "express";/,
    );
    expect(readFileSync(program, 'utf8')).not.toContain('./answer');
    expect(statSync(program).mode & 0o111).toBe(0o111);
    expect(JSON.parse(readFileSync(`${program}.map`, 'utf8')).sources).toContain('../src/answer.ts');
  });

  it('makes a program that runs', () => {
    writeFileSync(
      join(folder, 'src/main.ts'),
      'const words: string[] = process.argv.slice(2);\nconsole.log(words.join());\n',
    );
    build();
    expect(execFileSync(join(folder, 'dist/main.js'), ['a', 'b'], { encoding: 'utf8' })).toBe('a,b\n');
  });

  it('fails on a source that cannot be bundled', () => {
    writeFileSync(join(folder, 'src/main.ts'), "import './absent.ts';\n");
    expect(build().status).not.toBe(0);
  });
});
