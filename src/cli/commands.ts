import { backupCommand } from './backup-command.ts';
import type { Command } from './command.ts';
import { doctorCommand } from './doctor-command.ts';
import { exportCommand } from './export-command.ts';
import { forwardsCommands } from './forwards-commands.ts';
import { importCommand } from './import-command.ts';
import { keysCommands } from './keys-commands.ts';
import { peopleCommands } from './people-commands.ts';
import { queryCommand } from './query-command.ts';
import { rebuildCommand } from './rebuild-command.ts';
import { restoreCommand } from './restore-command.ts';
import { rosterCommand } from './roster-command.ts';
import { serveCommand } from './serve.ts';

/** Every command, in the order in which `--help` lists them. */
export const commands: readonly Command[] = [
  serveCommand,
  ...keysCommands,
  rosterCommand,
  ...peopleCommands,
  queryCommand,
  importCommand,
  exportCommand,
  backupCommand,
  restoreCommand,
  ...forwardsCommands,
  rebuildCommand,
  doctorCommand,
];
