import { existsSync } from 'node:fs';
import { killChildren } from './children.mjs';

const INTERRUPTED = 130;

/** Progress, beside the figures. @param {string} what */
export const tell = (what) => console.error(`… ${what}`);

const runMain = async ({ help, readOptions, run }, stopped) => {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(help);
    return 0;
  }
  let options;
  try {
    options = readOptions(args);
  } catch (error) {
    console.error(`${error.message}\n\n${help}`);
    return 2;
  }
  if (options.program !== undefined && !existsSync(options.program))
    throw new Error(`there is no ${options.program}; run npm run build first`);
  return (await run(options, stopped)) ? 0 : 1;
};

/**
 * Runs a command of `npm run`. Exit code: 0 if all was right, 1 if anything was wrong or the run was broken off, 2 for
 * wrong options, 130 after a signal. Its processes end with it.
 * @param {object} command
 * @param {string} command.help
 * @param {(args: readonly string[]) => object} command.readOptions throws an Error that says which is wrong
 * @param {(options: object, stopped: AbortSignal) => Promise<boolean>} command.run whether all was right
 * @param {boolean} [command.reports] whether, told by `stopped`, it still reports what it has; a second signal ends it
 */
export const runCommand = async ({ help, readOptions, run, reports = false }) => {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      if (reports && !stopping.signal.aborted) return stopping.abort();
      killChildren();
      process.exit(INTERRUPTED);
    });
  }
  try {
    process.exitCode = await runMain({ help, readOptions, run }, stopping.signal);
  } catch (error) {
    console.error(`The run was broken off: ${error instanceof Error ? error.stack : error}`);
    process.exitCode = 1;
  } finally {
    killChildren();
  }
};
