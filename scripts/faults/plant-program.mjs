import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const BUILT = [
  'main.js',
  'log-writer.js',
  'index-writer.js',
  'log-reader.js',
  'metrics-thread.js',
  'scrubber.js',
];

/** Commits are not flushed, neither those of the process nor those of its thread. */
export const NORMAL = {
  'main.js': [/(const log = openLog\(await openDatabase\([^;]+), "FULL"/, '$1, "NORMAL"'],
  'log-writer.js': [/(var database = await openDatabase\(\w+), "FULL"/, '$1, "NORMAL"'],
};

/**
 * Writes a changed copy of the built program into a folder of its own and answers its path.
 * @param {string} folder
 * @param {Readonly<Record<string, readonly [RegExp, string]>>} changes by file
 * @param {string} [built] the folder of the built program
 */
export const plantProgram = (folder, changes, built = 'dist') => {
  const place = join(folder, 'planted');
  mkdirSync(place);
  symlinkSync(resolve('node_modules'), join(place, 'node_modules'));
  writeFileSync(join(place, 'package.json'), '{ "type": "module" }');
  for (const name of BUILT) {
    const text = readFileSync(join(built, name), 'utf8');
    const [from, to] = changes[name] ?? [/^/, ''];
    if (!from.test(text)) throw new Error(`${from} does not stand in ${built}/${name}`);
    writeFileSync(join(place, name), text.replace(from, to));
  }
  return join(place, 'main.js');
};
