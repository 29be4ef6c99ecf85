import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

const BUILT = join(ROOT, 'dist');

/** The built program, as it ships. */
export const PROGRAM = join(BUILT, 'main.js');

/** A change of what was built: what has to stand in a file exactly once, and what stands there instead. */
export type Change = readonly [from: RegExp, to: string, file?: (typeof FILES)[number]];

/** What is started by itself, process or thread. */
const FILES = [
  'main.js',
  'log-writer.js',
  'index-writer.js',
  'log-reader.js',
  'backup-writer.js',
  'metrics-thread.js',
  'scrubber.js',
] as const;

/**
 * Writes a mutated copy of the built program into a folder of its own and answers its path.
 *
 * @throws Error when what is to be changed does not stand in its file exactly once.
 */
export const plantProgram = (folder: string, changes: readonly Change[]): string => {
  const place = join(folder, 'mutant');
  mkdirSync(place);
  symlinkSync(join(ROOT, 'node_modules'), join(place, 'node_modules'));
  writeFileSync(join(place, 'package.json'), '{ "type": "module" }');
  for (const name of FILES) {
    const own = changes.filter(([, , file = 'main.js']) => file === name);
    writeFileSync(join(place, name), own.reduce(changeOnce, readFileSync(join(BUILT, name), 'utf8')));
  }
  return join(place, 'main.js');
};

const changeOnce = (text: string, [from, to]: Change): string => {
  const found = text.match(new RegExp(from, 'g'))?.length ?? 0;
  if (found !== 1) throw new Error(`${from} stands ${found} times in what npm run build has made.`);
  return text.replace(from, to);
};

/** Statements are acknowledged before their transaction has begun, and it begins a little later. */
export const ANSWERS_EARLY: readonly Change[] = [
  [
    /return queue\.add\(\s*(\(\) => store\(parts, batch, \w+\)[^;]*)\);/,
    'queue.add($1).catch(() => {}); return batch.statements.map(({ idAsSent }) => idAsSent);',
  ],
  [/setImmediate\(flush\)/, 'setTimeout(flush, 30)'],
];
