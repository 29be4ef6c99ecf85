import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The script of the thread that commits large groups: it is built beside the program that runs. */
export const writerScript = (): { readonly writerScript?: string } => {
  const program = process.argv[1];
  if (program === undefined || !existsSync(program)) return {};
  const script = join(dirname(realpathSync(program)), 'log-writer.js');
  return existsSync(script) ? { writerScript: script } : {};
};
