import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** The built program, as it ships. */
export const PROGRAM = join(ROOT, 'dist/main.js');

/** A change of the built program: what has to stand in it exactly once, and what stands there instead. */
export type Change = readonly [from: RegExp, to: string];

/**
 * Writes a mutated copy of the built program into a folder of its own and answers its path.
 *
 * @throws Error when what is to be changed does not stand in the program exactly once.
 */
export const plantProgram = (folder: string, changes: readonly Change[]): string => {
  const place = join(folder, 'mutant');
  mkdirSync(place);
  symlinkSync(join(ROOT, 'node_modules'), join(place, 'node_modules'));
  writeFileSync(join(place, 'package.json'), '{ "type": "module" }');
  const program = join(place, 'main.js');
  writeFileSync(program, changes.reduce(changeOnce, readFileSync(PROGRAM, 'utf8')));
  return program;
};

const changeOnce = (text: string, [from, to]: Change): string => {
  const found = text.match(new RegExp(from, 'g'))?.length ?? 0;
  if (found !== 1)
    throw new Error(`${from} stands ${found} times in the built program, which npm run build makes.`);
  return text.replace(from, to);
};

/** Statements are acknowledged before their transaction has begun, and it begins a little later. */
export const ANSWERS_EARLY: readonly Change[] = [
  [
    /return queue\.add\(\(\) => store\(parts, batch\)\);/,
    'queue.add(() => store(parts, batch)).catch(() => {}); return batch.statements.map(({ idAsSent }) => idAsSent);',
  ],
  [/setImmediate\(flush\)/, 'setTimeout(flush, 30)'],
];
