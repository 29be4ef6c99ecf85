import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './commands/run-command.mjs';
import { HELP, readOptions } from './demo/options.mjs';
import { createStreams } from './demo/streams.mjs';

const linesIn = (text) => text.split('\n').length - 1;

const run = async ({ out, seed }) => {
  mkdirSync(out, { recursive: true });
  for (const [name, text] of Object.entries(createStreams(seed))) {
    writeFileSync(join(out, name), text);
    console.log(`${name}: ${linesIn(text)} lines`);
  }
  return true;
};

await runCommand({ help: HELP, readOptions, run });
