import { setFlagsFromString } from 'node:v8';
import packageJson from '../../package.json' with { type: 'json' };
import { suggestName } from '../xapi/suggest-name.ts';
import { type Command, EXIT } from './command.ts';
import { commands } from './commands.ts';
import { helpText, overview } from './help-text.ts';
import { readCall } from './read-call.ts';

/** Runs what the words behind `cairn` ask for and answers the exit code. Never throws. */
export const runCommand = async (
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> => {
  const [first = '', second = ''] = words;
  if (['--help', '-h', 'help'].includes(first)) return say(overview(commands));
  if (['--version', '-v', 'version'].includes(first)) return say(packageJson.version);
  const command = commands.find(({ name }) => name === first || name === `${first} ${second}`);
  if (command !== undefined) return run(command, words.slice(command.name.split(' ').length), environment);
  const group = commands.filter(({ name }) => name.startsWith(`${first} `));
  if (group.length > 0 && ['--help', '-h', ''].includes(second)) return say(overview(group));
  return misused(first === '' ? overview(commands) : unknown(words, group));
};

const run = async (
  command: Command,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> => {
  const reading = readCall(command, args, environment);
  if (reading === 'help') return say(helpText(command));
  if ('problem' in reading) return misused(reading.problem);
  // What is written is about people: files are their owner's alone.
  process.umask(0o077);
  // Left to itself the heap grows to four times what lives in it before it is swept.
  setFlagsFromString('--heap-growing-percent=60');
  try {
    return await command.run(reading.call);
  } catch (error) {
    console.error(`cairn ${command.name}: ${(error as Error).message}`);
    return EXIT.failed;
  }
};

const unknown = ([first = '', second = '']: readonly string[], group: readonly Command[]): string => {
  const asked = group.length > 0 ? `${first} ${second}` : first;
  const groups = commands.map(({ name }) => name.split(' ', 1)[0] as string);
  const meant = suggestName(asked, group.length > 0 ? group.map(({ name }) => name) : [...new Set(groups)]);
  const hint = meant === undefined ? 'See cairn --help.' : `Did you mean cairn ${meant}?`;
  return `There is no command cairn ${asked}. ${hint}`;
};

const say = (text: string): number => {
  console.info(text);
  return EXIT.ok;
};

const misused = (text: string): number => {
  console.error(text);
  return EXIT.misused;
};
