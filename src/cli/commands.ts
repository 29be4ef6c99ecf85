import type { Command } from './command.ts';
import { exportCommand } from './export-command.ts';
import { forwardsCommands } from './forwards-commands.ts';
import { importCommand } from './import-command.ts';
import { keysCommands } from './keys-commands.ts';
import { rebuildCommand } from './rebuild-command.ts';
import { serveCommand } from './serve.ts';

/** Every command, in the order in which `--help` lists them. */
export const commands: readonly Command[] = [
  serveCommand,
  ...keysCommands,
  importCommand,
  exportCommand,
  ...forwardsCommands,
  rebuildCommand,
];
