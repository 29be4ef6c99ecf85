import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder that holds package.json. */
export const ROOT = resolve(__dirname, '../..');

/** A file of the project; `path` is relative to its root, with slashes. */
export type SourceFile = { readonly path: string; readonly text: string };

export const readText = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Every TypeScript file below a folder, but for what `npm run generate` writes. */
export const sourceFiles = (folder: string): SourceFile[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ts$/.test(name))
    .map((name) => join(folder, name))
    .filter((path) => !path.startsWith('src/xapi/compiled/'))
    .map((path) => ({ path, text: readText(path) }));

/** The rows of every Markdown table in a text, as trimmed cells, without the lines of dashes. */
export const tableRows = (markdown: string): string[][] =>
  markdown
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^[|\s:-]+$/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
