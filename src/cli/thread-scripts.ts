import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the threads' scripts: they are built beside the program that runs. */
export const threadScripts = (): { readonly threads?: string } => {
  const program = process.argv[1];
  if (program === undefined || !existsSync(program)) return {};
  const threads = dirname(realpathSync(program));
  return existsSync(join(threads, 'log-writer.js')) ? { threads } : {};
};
